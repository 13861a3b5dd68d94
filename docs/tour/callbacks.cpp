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
    last = degrees;
    for (const Listener &listener : listeners)
      listener(degrees); // finding: concord-call-under-lock
  }

  // A parameter is as unknown as a member.
  void tell(const Listener &listener) {
    const std::scoped_lock lock(mutex);
    listener(last); // finding: concord-call-under-lock
  }

private:
  std::mutex mutex;
  std::vector<Listener> listeners;
  double last = 0;
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
    for (const Listener &listener : remember(degrees))
      listener(degrees);
  }

  void tell(const Listener &listener) { listener(latest()); }

private:
  std::vector<Listener> remember(double degrees) {
    const std::scoped_lock lock(mutex);
    last = degrees;
    return listeners;
  }

  double latest() {
    const std::scoped_lock lock(mutex);
    return last;
  }

  std::mutex mutex;
  std::vector<Listener> listeners;
  double last = 0;
};

} // namespace right

} // namespace tour::callbacks
