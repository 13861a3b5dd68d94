// RUN: %check_concord %s %t concord-blocking-under-lock --std=c++20,c++23
#include <coroutine>
#include <mutex>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct Ready {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 1; }
};
Ready arrives();
std::mutex m;
int n;

Task suspended() {
  std::lock_guard<std::mutex> lock(m);
  n = co_await arrives();
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'm' is held, and may go on in another thread; release the lock first
}
Task yields() {
  std::unique_lock lock(m);
  co_yield 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the coroutine is suspended while 'm' is held
}
Task byHand() {
  m.lock();
  Ready ready;
  int k = co_await ready;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the coroutine is suspended while 'm' is held
  n = k;
  m.unlock();
}
// Right: released before.
Task released() {
  std::unique_lock lock(m);
  ++n;
  lock.unlock();
  co_await arrives();
}
Task scoped() {
  {
    std::lock_guard lock(m);
    ++n;
  }
  co_await arrives();
}
Task deferred() {
  std::unique_lock lock(m, std::defer_lock);
  co_await arrives();
  lock.lock();
}
