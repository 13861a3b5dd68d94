// A timed wait gives up, the task goes on.
// RUN: %check_concord %s %t concord-escaping-capture
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;
int work();

int limited(int error) {
  int result = 0;
  std::promise<void> done;
  auto finished = done.get_future();
  std::thread([&result, done = std::move(done)]() mutable {
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: local 'result' is captured by reference in a task that is still running when the timed wait gives up; move it into shared state owned by the task [concord-escaping-capture]
    // CHECK-MESSAGES: :[[@LINE+4]]:16: note: this wait gives up after its time
    result = work();
    done.set_value();
  }).detach();
  if (finished.wait_for(2s) == std::future_status::timeout)
    return error;
  return result;
}

int readyFirst(int error) {
  int result = 0;
  std::promise<void> done;
  auto finished = done.get_future();
  std::thread t([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: locals 'result' and 'done' are captured by reference in a task that is still running when the timed wait gives up; move them into shared state owned by the task
    result = work();
    done.set_value();
  });
  t.detach();
  if (finished.wait_for(2s) == std::future_status::ready)
    return result;
  return error;
}

int condition(int error) {
  int result = 0;
  bool done = false;
  std::mutex mutex;
  std::condition_variable ready;
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: locals 'mutex', 'result', 'done' and 'ready' are captured by reference in a task that is still running when the timed wait gives up
    int value = work();
    std::lock_guard lock(mutex);
    result = value;
    done = true;
    ready.notify_one();
  }).detach();
  std::unique_lock lock(mutex);
  if (!ready.wait_for(lock, 1s, [&] { return done; }))
    return error;
  return result;
}

// After the timeout the function waits all the same.
int waitsAnyway() {
  int result = 0;
  std::promise<void> done;
  auto finished = done.get_future();
  std::thread t([&] {
    result = work();
    done.set_value();
  });
  if (finished.wait_for(2s) == std::future_status::timeout)
    result = -1;
  t.join();
  return result;
}

int keepsWaiting() {
  int result = 0;
  std::promise<void> done;
  auto finished = done.get_future();
  std::thread([&] {
    result = work();
    done.set_value();
  }).detach();
  while (finished.wait_for(100ms) != std::future_status::ready)
    work();
  return result;
}

// The state is shared.
int owned(int error) {
  struct State {
    int result = 0;
    std::promise<void> done;
  };
  auto state = std::make_shared<State>();
  auto finished = state->done.get_future();
  std::thread([state] {
    state->result = work();
    state->done.set_value();
  }).detach();
  if (finished.wait_for(2s) == std::future_status::timeout)
    return error;
  return state->result;
}
