// RUN: %check_concord %s %t concord-check-then-act --std=c++17,c++20,c++23

#include <atomic>
#include <mutex>

std::atomic<int> Count;
std::atomic<unsigned> Mask;
std::mutex Mutex;

void increment(int By) {
  Count = Count + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Count' is atomic, but is read and written in two steps here, and what others write in between is lost; use one read-modify-write operation [concord-check-then-act]
  // CHECK-FIXES:   Count += 1;
  Count = Count - By;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Count' is atomic
  // CHECK-FIXES:   Count -= By;
  Mask = Mask | 4u;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Mask' is atomic
  // CHECK-FIXES:   Mask |= 4u;
}

void withoutFix() {
  Count = 2 * Count;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Count' is atomic
  Count.store(Count.load() + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Count' is atomic
}

void right(int By) {
  Count += By;
  ++Count;
  Count.fetch_add(1);
  Count = By;
  Mask = unsigned(By);
  std::atomic<int> Own{0};
  Own = Own + 1;
  // Only one thread writes, and says so.
  Count.store(Count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  std::lock_guard<std::mutex> Lock(Mutex);
  Count = Count + 1;
}

// Found only with the option.
void tested() {
  if (Count == 0)
    Count = 1;
}
