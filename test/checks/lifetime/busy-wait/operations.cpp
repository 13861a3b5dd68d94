// RUN: %check_concord %s %t concord-busy-wait --std=c++20,c++23

// Loops that try an operation that fails until another thread has acted.

#include <chrono>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

int work();
void report();
std::mutex first, second;
std::binary_semaphore slot(0);
void critical();

void asksFuture() {
  std::future<int> result = std::async(std::launch::async, work);
  while (result.wait_for(0s) != std::future_status::ready)
    std::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'result' again and again and keeps a processor busy until another thread acts; call the wait or get of the future, which sleep until it is ready [concord-busy-wait]
  result.get();
}

void asksAll(std::vector<std::future<int>> &results) {
  for (auto &result : results)
    while (result.wait_for(1ms) == std::future_status::timeout)
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop only asks 'result'
      ;
}

// A deferred task is never ready, whatever else the loop does.
void mayBeDeferred() {
  auto result = std::async(work);
  while (result.wait_for(100ms) != std::future_status::ready)
    report();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop never ends if the task is deferred, because a deferred task is never ready; launch it with std::launch::async, or wait without a limit [concord-busy-wait]
  // CHECK-MESSAGES: :[[@LINE-4]]:17: note: this launch may defer the task until somebody waits for it

  auto either = std::async(std::launch::async | std::launch::deferred, work);
  do
    report();
  while (either.wait_for(0s) != std::future_status::ready);
  // CHECK-MESSAGES: :[[@LINE-3]]:3: warning: this loop never ends if the task is deferred
}

void asksForStatus() {
  auto result = std::async(work);
  if (result.wait_for(0s) == std::future_status::deferred) {
    result.get();
    return;
  }
  while (result.wait_for(100ms) != std::future_status::ready)
    report();
}

// It shows that it is alive meanwhile.
void reportsProgress() {
  auto result = std::async(std::launch::async, work);
  while (result.wait_for(100ms) != std::future_status::ready)
    report();
}

void takesFirst() {
  while (!first.try_lock())
    std::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'first' again and again and keeps a processor busy until another thread acts; lock it in the way that waits
  critical();
  first.unlock();
}

// Gives one lock back because the other is not free.
void backsOff() {
  first.lock();
  while (!second.try_lock()) {
    first.unlock();
    std::this_thread::yield();
    first.lock();
  }
  critical();
  second.unlock();
  first.unlock();
}

void worksIfFree() {
  for (;;) {
    if (first.try_lock()) {
      critical();
      first.unlock();
      break;
    }
    std::this_thread::yield();
  }
}

void takesSlot() {
  while (!slot.try_acquire())
    std::this_thread::sleep_for(1ms);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'slot' again and again and wakes up for nothing until another thread acts; acquire it in the way that waits
}

void asksLatch(std::latch &done) {
  while (!done.try_wait())
    ;
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'done' again and again and keeps a processor busy until another thread acts; call the wait of the latch
}
