// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One map, many threads: choose-channel-or-mutex, avoid-concurrent-map,
// guard-internal-state, match-lock-mode.

#include "channel.h"

#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>

namespace tour::shared_map {

using Ages = std::map<std::string, int>;

namespace wrong {

// Correct and roundabout: a thread that runs functions one after the other is
// a mutex with a queue, two context switches per call, and a shutdown.
class ManagedMap {
public:
  ~ManagedMap() { requests.close(); }

  void update(const std::string &name, int age) {
    requests.send([name, age](Ages &ages) { ages[name] = age; });
  }

  std::optional<int> read(const std::string &name) {
    std::promise<std::optional<int>> answer;
    auto result = answer.get_future();
    requests.send([&answer, &name](Ages &ages) {
      const auto found = ages.find(name);
      answer.set_value(found == ages.end() ? std::nullopt
                                           : std::optional(found->second));
    });
    return result.get();
  }

private:
  Channel<std::function<void(Ages &)>> requests; // finding: concord-function-channel
  std::jthread manager{[this] {
    Ages ages;
    while (const auto request = requests.receive())
      (*request)(ages);
  }};
};

class LockedMap {
public:
  // Between the question and the act somebody else may insert.
  void insertOnce(const std::string &name, int age) {
    if (!contains(name))
      update(name, age); // finding: concord-check-then-act
  }

  void update(const std::string &name, int age) {
    const std::scoped_lock lock(mutex);
    ages[name] = age;
  }

  bool contains(const std::string &name) {
    const std::shared_lock lock(mutex);
    return ages.contains(name);
  }

  // operator[] inserts, under a lock that others share.
  int read(const std::string &name) {
    const std::shared_lock lock(mutex);
    return ages[name]; // finding: concord-shared-lock-write
  }

  // The lock is gone before the caller has read a single age.
  const Ages &all() {
    const std::shared_lock lock(mutex);
    return ages; // finding: concord-escaping-guarded-state
  }

private:
  std::shared_mutex mutex;
  Ages ages;
};

} // namespace wrong

namespace right {

class LockedMap {
public:
  void insertOnce(const std::string &name, int age) {
    const std::scoped_lock lock(mutex);
    ages.try_emplace(name, age);
  }

  void update(const std::string &name, int age) {
    const std::scoped_lock lock(mutex);
    ages[name] = age;
  }

  std::optional<int> read(const std::string &name) const {
    const std::shared_lock lock(mutex);
    const auto found = ages.find(name);
    if (found == ages.end())
      return std::nullopt;
    return found->second;
  }

  Ages all() const {
    const std::shared_lock lock(mutex);
    return ages;
  }

private:
  mutable std::shared_mutex mutex;
  Ages ages;
};

} // namespace right

} // namespace tour::shared_map
