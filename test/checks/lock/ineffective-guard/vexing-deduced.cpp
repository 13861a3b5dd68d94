// REQUIRES: llvm-22
// RUN: %check_concord %s %t concord-ineffective-guard
// A declaration in parentheses whose arguments clang deduces; older releases of
// clang refuse it.
#include <mutex>

class Counter {
  void deduced() {
    std::scoped_lock(mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: this declares a new guard called 'mutex'
    // CHECK-FIXES:     std::scoped_lock lock(mutex);
    ++count;
  }

  std::mutex mutex;
  int count = 0;
};
