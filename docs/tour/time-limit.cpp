// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A wait that gives up, and what becomes of the task: bound-waiting,
// cancel-cooperatively.

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace tour::time_limit {

using namespace std::chrono_literals;

namespace wrong {

// The idiom of a garbage-collected language: after the timeout the thread
// writes into a stack frame that is gone.
std::optional<int> timeLimit(std::function<int()> work) {
  int result = 0;
  std::promise<void> done;
  auto finished = done.get_future();
  // finding: concord-escaping-capture concord-detached-thread
  std::thread([&] {
    result = work();
    done.set_value();
  }).detach();
  if (finished.wait_for(2s) == std::future_status::timeout)
    return std::nullopt;
  return result;
}

// Safe, and no time limit at all: the future's destructor waits.
std::optional<int> timeLimitAsync(std::function<int()> work) {
  auto result = std::async(std::launch::async, std::move(work));
  // finding: concord-blocking-timeout
  if (result.wait_for(2s) == std::future_status::timeout)
    return std::nullopt;
  return result.get();
}

// Deaf for a minute at a time.
void report(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::puts("still there");
    std::this_thread::sleep_for(1min); // finding: concord-uncancellable-sleep
  }
}

void step(std::stop_token stop = {});

// Readers look for the token in front, and the steps never get it.
// finding: concord-stop-token-parameter
void steps(int count, std::stop_token stop) {
  for (int i = 0; i < count && !stop.stop_requested(); ++i)
    step(); // finding: concord-stop-token-parameter
}

// One path forgets the request, and the join never returns.
bool reportWhile(bool (*condition)() noexcept) {
  std::stop_source source;
  // finding: concord-unjoined-thread
  std::thread reporter([stop = source.get_token()] {
    while (!stop.stop_requested())
      std::puts("still there");
  });
  if (!condition()) {
    reporter.join(); // finding: concord-unreleased-cancel
    return false;
  }
  source.request_stop();
  reporter.join();
  return true;
}

} // namespace wrong

namespace right {

using Work = std::function<std::optional<int>(std::stop_token)>;

// The work is asked to stop, and it is what ends the wait. The promise, the
// result and the exception travel in a packaged_task, which the thread owns.
std::optional<int> timeLimit(Work work) {
  std::packaged_task<std::optional<int>(std::stop_token)> task(std::move(work));
  auto result = task.get_future();
  std::jthread worker(std::move(task));
  if (result.wait_for(2s) == std::future_status::timeout)
    worker.request_stop();
  return result.get();
}

/// Sleeps unless stopped.
class Pause {
public:
  /// \returns false if the stop was requested.
  bool wait(std::stop_token stop, std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    timer.wait_for(lock, stop, time, [&stop] { return stop.stop_requested(); });
    return !stop.stop_requested();
  }

private:
  std::mutex mutex;
  std::condition_variable_any timer;
};

std::optional<int> fiveSteps(std::stop_token stop) {
  Pause pause;
  for (int step = 1; step <= 5; ++step) {
    if (!pause.wait(stop, 1s))
      return std::nullopt;
    std::printf("%d %%\n", step * 20);
  }
  return 100;
}

std::optional<int> limitedSteps() { return timeLimit(fiveSteps); }

} // namespace right

} // namespace tour::time_limit
