// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code of others under a lock of ours: no-unknown-call-under-lock.

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace tour::callbacks {

using Listener = std::function<void(double)>;

namespace wrong {

class Thermometer {
public:
  void subscribe(Listener listener) {
    const std::scoped_lock lock(mutex);
    listeners.push_back(std::move(listener));
  }

  // A listener that subscribes another one locks the mutex again.
  void report(double degrees) {
    const std::scoped_lock lock(mutex);
    for (const Listener &listener : listeners)
      listener(degrees); // finding: concord-call-under-lock
  }

  // The parameter of a function is as unknown as a member.
  void visit(const std::function<void(const Listener &)> &visitor) {
    const std::scoped_lock lock(mutex);
    for (const Listener &listener : listeners)
      visitor(listener); // finding: concord-call-under-lock
  }

private:
  std::mutex mutex;
  std::vector<Listener> listeners;
};

} // namespace wrong

namespace right {

class Thermometer {
public:
  void subscribe(Listener listener) {
    const std::scoped_lock lock(mutex);
    listeners.push_back(std::move(listener));
  }

  // Copy under the lock, call without it.
  void report(double degrees) {
    for (const Listener &listener : subscribed())
      listener(degrees);
  }

  void visit(const std::function<void(const Listener &)> &visitor) {
    for (const Listener &listener : subscribed())
      visitor(listener);
  }

private:
  std::vector<Listener> subscribed() {
    const std::scoped_lock lock(mutex);
    return listeners;
  }

  std::mutex mutex;
  std::vector<Listener> listeners;
};

} // namespace right

} // namespace tour::callbacks
