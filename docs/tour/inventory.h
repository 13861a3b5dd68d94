// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a header tells its users: hide-concurrency.

#ifndef CONCORD_TOUR_INVENTORY_H
#define CONCORD_TOUR_INVENTORY_H

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

namespace tour::inventory {

namespace wrong {

// Every user has to know when to lock, in which order, and when to notify.
class Inventory {
public:
  std::mutex mutex;                // finding: concord-exposed-primitive
  std::condition_variable changed; // finding: concord-exposed-primitive
  std::map<std::string, int> stock;
};

// An accessor is no better.
class Register {
public:
  std::mutex &lockable() { return mutex; } // finding: concord-exposed-primitive

private:
  std::mutex mutex;
};

} // namespace wrong

namespace right {

class Inventory {
public:
  void add(const std::string &item, int count);

  /// \returns false if nothing of \p item is left.
  bool take(const std::string &item);

  /// Waits until there is something of \p item, and takes it.
  void await(const std::string &item);

private:
  bool takeLocked(const std::string &item);

  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, int> stock;
};

} // namespace right

} // namespace tour::inventory

#endif // CONCORD_TOUR_INVENTORY_H
