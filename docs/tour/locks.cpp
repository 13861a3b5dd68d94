// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Locks that are taken and not given back, not held at all, or held twice:
// release-with-raii, no-reentrant-lock, order-locks, no-lock-around-io.

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tour::locks {

namespace wrong {

class Account {
public:
  void deposit(long amount) {
    mutex.lock();              // finding: concord-manual-lock
    history.push_back(amount); // throws, and the mutex stays locked
    mutex.unlock();
  }

  bool withdraw(long amount) {
    mutex.lock();
    if (amount > limit)
      return false; // finding: concord-unbalanced-lock
    history.push_back(-amount);
    mutex.unlock();
    return true;
  }

  void setLimit(long amount) {
    std::lock_guard<std::mutex>{mutex}; // finding: concord-ineffective-guard
    limit = amount;
  }

  long balance() {
    const std::scoped_lock lock(mutex);
    long sum = 0;
    for (const long amount : history)
      sum += amount;
    return sum;
  }

  long available() {
    const std::scoped_lock lock(mutex);
    return balance() + limit; // finding: concord-relock
  }

  void transferTo(Account &other, long amount) {
    const std::scoped_lock mine(mutex);
    const std::scoped_lock theirs(other.mutex); // finding: concord-lock-order
    history.push_back(-amount);
    other.history.push_back(amount);
  }

  void settle() {
    const std::scoped_lock lock(mutex);
    // finding: concord-blocking-under-lock
    std::this_thread::sleep_for(std::chrono::seconds(1));
    history.clear();
  }

private:
  std::mutex mutex;
  std::vector<long> history;
  long limit = 0;
};

} // namespace wrong

namespace right {

class Account {
public:
  void deposit(long amount) {
    const std::scoped_lock lock(mutex);
    history.push_back(amount);
  }

  bool withdraw(long amount) {
    const std::scoped_lock lock(mutex);
    if (amount > limit)
      return false;
    history.push_back(-amount);
    return true;
  }

  void setLimit(long amount) {
    const std::scoped_lock lock(mutex);
    limit = amount;
  }

  long balance() const {
    const std::scoped_lock lock(mutex);
    return sumLocked();
  }

  long available() const {
    const std::scoped_lock lock(mutex);
    return sumLocked() + limit;
  }

  void transferTo(Account &other, long amount) {
    if (this == &other)
      return;
    const std::scoped_lock both(mutex, other.mutex);
    history.push_back(-amount);
    other.history.push_back(amount);
  }

  void settle() {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const std::scoped_lock lock(mutex);
    history.clear();
  }

private:
  /// Called with 'mutex' held.
  long sumLocked() const {
    long sum = 0;
    for (const long amount : history)
      sum += amount;
    return sum;
  }

  mutable std::mutex mutex;
  std::vector<long> history;
  long limit = 0;
};

} // namespace right

} // namespace tour::locks
