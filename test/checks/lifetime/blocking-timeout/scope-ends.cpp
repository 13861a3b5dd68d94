// RUN: %check_concord %s %t concord-blocking-timeout --std=c++17,c++20,c++23
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
int work();
void use(int);
void report();

std::optional<int> leaves() {
  auto result = std::async(std::launch::async, work);
  if (result.wait_for(2s) == std::future_status::timeout)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after a timeout the end of 'result' waits for the task all the same; ask the task to stop, or keep the future where somebody may wait for it [concord-blocking-timeout]
    // CHECK-MESSAGES: :[[@LINE+1]]:5: note: the future dies here, and waits
    return std::nullopt;
  return result.get();
}

int otherWay() {
  std::future<int> f = std::async(work);
  if (f.wait_for(100ms) == std::future_status::ready)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after a timeout the end of 'f' waits
    // CHECK-MESSAGES: :[[@LINE-3]]:24: note: the future of this task waits where it dies
    return f.get();
  return -1;
}

void byVariable() {
  std::future<int> f = std::async(std::launch::async, work);
  const auto status = f.wait_until(std::chrono::steady_clock::now() + 1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: after a timeout the end of 'f' waits
  // CHECK-MESSAGES: :[[@LINE+2]]:5: note: the future dies here, and waits
  if (status != std::future_status::ready)
    throw std::runtime_error("late");
  use(f.get());
}

void atTheEnd() {
  auto f = std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE+2]]:7: warning: after a timeout the end of 'f' waits
  // CHECK-MESSAGES: :[[@LINE-2]]:12: note: the future of this task waits where it dies
  if (f.wait_for(1s) == std::future_status::ready)
    use(f.get());
  else
    report();
}

std::vector<std::future<int>> late;

std::optional<int> kept() {
  auto f = std::async(std::launch::async, work);
  if (f.wait_for(1s) == std::future_status::timeout) {
    late.push_back(std::move(f));
    return std::nullopt;
  }
  return f.get();
}

int waits() {
  auto f = std::async(std::launch::async, work);
  while (f.wait_for(1s) != std::future_status::ready)
    report();
  return f.get();
}

int waitsAnyway() {
  auto f = std::async(std::launch::async, work);
  if (f.wait_for(1s) == std::future_status::timeout)
    report();
  return f.get();
}

void waitsWithoutResult() {
  auto f = std::async(std::launch::async, work);
  if (f.wait_for(1s) == std::future_status::timeout)
    report();
  f.wait();
}

void polls() {
  auto f = std::async(std::launch::async, work);
  while (f.wait_for(1s) != std::future_status::ready)
    report();
}

// The future of a promise or a packaged task does not wait.
std::optional<int> packaged() {
  std::packaged_task<int()> task(work);
  auto f = task.get_future();
  std::thread(std::move(task)).detach();
  if (f.wait_for(1s) == std::future_status::timeout)
    return std::nullopt;
  return f.get();
}

std::optional<int> given(std::future<int> &f) {
  if (f.wait_for(1s) == std::future_status::timeout)
    return std::nullopt;
  return f.get();
}

struct Member {
  std::future<int> f;
  std::optional<int> poll() {
    if (f.wait_for(0s) == std::future_status::timeout)
      return std::nullopt;
    return f.get();
  }
};

void early(bool skip) {
  auto f = std::async(std::launch::async, work);
  if (skip)
    return;
  if (f.wait_for(1s) == std::future_status::timeout)
    report();
  f.get();
}
