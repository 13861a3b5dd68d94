// RUN: %check_concord %s %t concord-uncancellable-sleep --std=c++20,c++23

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>

using namespace std::chrono_literals;

void beat();

// Tokens.

void token(std::stop_token stop) {
  while (!stop.stop_requested()) {
    beat();
    std::this_thread::sleep_for(30s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a stop request does not end this sleep of 30 s, so whoever waits for the loop to end may wait as long; wait on a std::condition_variable_any with the token and a time limit [concord-uncancellable-sleep]
    // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: the loop polls the signal here
  }
}

void leavesFromWithin(const std::stop_token &stop) {
  for (;;) {
    if (stop.stop_requested())
      break;
    beat();
    std::this_thread::sleep_for(std::chrono::minutes(5));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a stop request does not end this sleep of 5 min
    // CHECK-MESSAGES: :[[@LINE-5]]:{{[0-9]+}}: note:
  }
}

void boundedSteps(std::stop_token stop) {
  for (int step = 1; step <= 5; ++step) {
    if (stop.stop_requested())
      return;
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a stop request does not end this sleep of 1 s
    // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
    beat();
  }
}

void until(std::stop_token stop) {
  do {
    std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1min);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a stop request does not end this sleep of 1 min
    // CHECK-MESSAGES: :[[@LINE+2]]:{{[0-9]+}}: note:
    beat();
  } while (!stop.stop_requested());
}

class Member {
  std::jthread thread{[](std::stop_token stop) {
    while (!stop.stop_requested()) {
      beat();
      std::this_thread::sleep_for(std::chrono::hours(1));
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: a stop request does not end this sleep of 1 h
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
    }
  }};
};

// Flags.

class Poller {
public:
  ~Poller() {
    stop_ = true;
    thread_.join();
  }

private:
  bool stopped() const { return stop_.load(std::memory_order_acquire); }
  void run() {
    while (!stop_) {
      beat();
      std::this_thread::sleep_for(std::chrono::seconds{10});
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'stop_' does not end this sleep of 10 s, so whoever waits for the loop to end may wait as long; wait on a condition variable with a time limit, and notify it with the flag
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: the loop polls the signal here
    }
    while (!stopped()) {
      std::this_thread::sleep_for(5000ms);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'stop_' does not end this sleep of 5 s
      // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note:
      beat();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_{&Poller::run, this};
};

class UnderLock {
public:
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      quit = true;
    }
    thread.join();
  }
  void start() {
    thread = std::thread([this] {
      while (true) {
        {
          std::lock_guard<std::mutex> lock(m);
          if (quit)
            break;
        }
        beat();
        std::this_thread::sleep_for(2s);
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'quit' does not end this sleep of 2 s
        // CHECK-MESSAGES: :[[@LINE-6]]:{{[0-9]+}}: note:
      }
    });
  }

private:
  std::mutex m;
  bool quit = false;
  std::thread thread;
};

void local() {
  std::atomic_bool running{true};
  std::thread t([&] {
    while (running.load()) {
      beat();
      std::this_thread::sleep_for(std::chrono::milliseconds(1500));
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'running' does not end this sleep of 1.5 s
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
    }
  });
  beat();
  running = false;
  t.join();
}

std::atomic_flag keepGoing = ATOMIC_FLAG_INIT;
void atomicFlag() {
  while (keepGoing.test_and_set()) {
    beat();
    std::this_thread::sleep_for(3s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'keepGoing' does not end
    // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
  }
}
void atomicFlagStop() { keepGoing.clear(); }

enum class State { Running, Stopped };
class States {
public:
  ~States() { state = State::Stopped; }

private:
  std::atomic<State> state{State::Running};
  std::jthread thread{[this] {
    while (state == State::Running) {
      beat();
      std::this_thread::sleep_for(3s);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'state' does not end
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
    }
  }};
};

// A future of nothing.
void future(std::future<void> end) {
  std::thread t([end = std::move(end)] {
    while (end.wait_for(0s) == std::future_status::timeout) {
      beat();
      std::this_thread::sleep_for(10s);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'end' does not end this sleep of 10 s, so whoever waits for the loop to end may wait as long; give the wait for it the time limit
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
    }
  });
  t.join();
}

// Right: the wait ends when the signal comes.

class Waits {
public:
  ~Waits() { thread.request_stop(); }

private:
  std::mutex m;
  std::condition_variable_any changed;
  std::jthread thread{[this](std::stop_token stop) {
    std::unique_lock lock(m);
    while (!stop.stop_requested()) {
      beat();
      changed.wait_for(lock, stop, 30s, [] { return false; });
    }
  }};
};

// Right: short sleeps.
void shortSleep(std::stop_token stop) {
  while (!stop.stop_requested())
    std::this_thread::sleep_for(999ms);
}

// Right: nothing asks the loop to end.
void noSignal(bool verbose) {
  for (int i = 0; i < 3; ++i) {
    if (verbose)
      return;
    std::this_thread::sleep_for(5s);
  }
  while (true)
    std::this_thread::sleep_for(5s);
}

// Right: after the sleep the loop is left.
void gracePeriod(std::stop_token stop) {
  while (!stop.stop_requested()) {
    beat();
    if (std::this_thread::get_id() == std::thread::id()) {
      std::this_thread::sleep_for(5s);
      break;
    }
  }
  std::this_thread::sleep_for(5s);
}

// Right: the loop cuts a long pause into short ones.
void divided(std::stop_token stop) {
  while (!stop.stop_requested()) {
    beat();
    for (int i = 0; i < 60 && !stop.stop_requested(); ++i)
      std::this_thread::sleep_for(1s);
  }
}
bool pause(std::stop_token stop, int seconds) {
  for (int i = 0; i < seconds; ++i) {
    if (stop.stop_requested())
      return false;
    std::this_thread::sleep_for(1s);
  }
  return true;
}

// Right: no stop signal, but what the loop waits for.
class Connection {
public:
  void onConnect() { connected = true; }
  void connect() {
    while (!connected) {
      beat();
      std::this_thread::sleep_for(5s);
    }
  }

private:
  std::atomic<bool> connected{false};
};

// Right: the loop ends by itself.
void ownFlag() {
  std::jthread t([] {
    bool done = false;
    while (!done) {
      std::this_thread::sleep_for(2s);
      done = std::this_thread::get_id() == std::thread::id();
    }
  });
}
