// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A background thread has a stop, an end, and an owner who waits for it:
// manage-worker-lifetime, signal-stop.

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tour::ticker {

using namespace std::chrono_literals;

namespace wrong {

// No way to stop it: the destructor joins for ever.
class Ticker {
  std::jthread thread{[] {
    while (true) { // finding: concord-unstoppable-thread
      std::puts("tick");
      std::this_thread::sleep_for(100ms);
    }
  }};
};

// A flag that two threads use without any order between them.
class FlaggedTicker {
public:
  ~FlaggedTicker() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    while (!stop) { // finding: concord-plain-stop-flag
      std::puts("tick");
      std::this_thread::sleep_for(100ms);
    }
  }

  bool stop = false;
  std::thread thread{[this] { run(); }};
};

} // namespace wrong

namespace right {

// Started by whoever makes one, stopped and joined when it dies; the stop wakes
// the thread in the middle of its wait.
class Ticker {
public:
  explicit Ticker(std::chrono::milliseconds period) : period(period) {}

  void stop() { thread.request_stop(); }

private:
  void run(std::stop_token stop) {
    std::unique_lock lock(mutex);
    while (!timer.wait_for(lock, stop, period,
                           [&stop] { return stop.stop_requested(); }))
      std::puts("tick");
  }

  const std::chrono::milliseconds period;
  std::mutex mutex;
  std::condition_variable_any timer;
  std::jthread thread{[this](std::stop_token stop) { run(stop); }}; // last
};

void tickForAWhile() {
  Ticker ticker(10ms);
  std::this_thread::sleep_for(100ms);
}

} // namespace right

} // namespace tour::ticker
