// RUN: %check_concord %s %t concord-unstoppable-thread --std=c++20,c++23

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <queue>
#include <stop_token>
#include <thread>

void sample();
bool next(int &value);
void use(int);
std::atomic<bool> running{true};

// Wrong: no way out.

void sleeps() {
  std::jthread thread([] {
    while (true) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing ends this loop, so the task that runs it can never be waited for; leave it when a stop token, an atomic flag or a closed channel says so [concord-unstoppable-thread]
      sample();
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  // CHECK-MESSAGES: :[[@LINE-7]]:16: note: the task is started here
}

class Poller {
public:
  Poller() : thread(&Poller::run, this) {}
  ~Poller() { thread.join(); }

private:
  void run() {
    setUp();
    poll();
  }
  void setUp() {
    for (int i = 0; i < 3; ++i)
      sample();
  }
  void poll() {
    for (;;)
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing ends this loop
      sample();
  }
  std::thread thread;
};

// The breaks leave the inner loop and the switch only.
void innerBreaks() {
  std::thread thread([] {
    int value = 0;
    do {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing ends this loop
      while (next(value)) {
        if (value == 7)
          break;
      }
      switch (value) {
      case 1:
        use(value);
        break;
      default:
        break;
      }
    } while (1);
  });
  thread.join();
}

void deaf() {
  std::jthread thread([](std::stop_token stop) {
    // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: stop token 'stop' is never looked at while the task loops, so a stop request does nothing; test it in the loop, or wait with it [concord-unstoppable-thread]
    while (running)
      sample();
  });
}

void asynchronous() {
  auto result = std::async(std::launch::async, [] {
    while (true)
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing ends this loop
      sample();
  });
  result.wait();
}

class Member {
  std::jthread thread{[] {
    while (true)
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing ends this loop
      sample();
  }};
};

// Right: something ends it.

class StoppableMember {
  std::jthread thread{[](std::stop_token stop) {
    while (!stop.stop_requested())
      sample();
  }};
};

void stops() {
  std::jthread thread([](std::stop_token stop) {
    while (!stop.stop_requested())
      sample();
  });
  std::jthread other([](std::stop_token stop) {
    while (true) {
      if (stop.stop_requested())
        return;
      sample();
    }
  });
}

void flags() {
  std::thread thread([] {
    while (running)
      sample();
  });
  std::thread other([] {
    for (;;) {
      if (!running)
        break;
      sample();
    }
  });
  running = false;
  thread.join();
  other.join();
}

class Queue {
public:
  Queue() : thread([this] { run(); }) {}
  ~Queue() {
    {
      std::lock_guard lock(mutex);
      closed = true;
    }
    changed.notify_all();
    thread.join();
  }

private:
  void run() {
    while (true) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return closed || !values.empty(); });
      if (closed)
        return;
      values.pop();
    }
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::queue<int> values;
  bool closed = false;
  std::thread thread;
};

void checkInterruption() {
  if (!running)
    throw 1;
}

void throws() {
  std::thread thread([] {
    while (true) {
      checkInterruption();
      sample();
    }
  });
  thread.join();
}

void expectsAThrow() {
  std::thread thread([] {
    try {
      while (true)
        sample();
    } catch (int) {
    }
  });
  thread.join();
}

void finish(std::stop_token);

void handsOn() {
  std::jthread thread([](std::stop_token stop) {
    while (true)
      finish(stop);
  });
}

void exits() {
  std::thread thread([] {
    while (true) {
      if (!running)
        std::exit(0);
      sample();
    }
  });
  thread.join();
}

void jumps() {
  std::thread thread([] {
    while (true)
      while (true)
        if (!running)
          goto end;
  end:;
  });
  thread.join();
}

void declared() {
  std::thread thread([] {
    // Runs forever: the program has no other end.
    while (true)
      sample();
  });
  thread.join();
}

[[noreturn]] void serve() {
  for (;;)
    sample();
}

void noReturn() {
  std::thread thread(serve);
  thread.join();
}

void bounded() {
  std::jthread thread([](std::stop_token stop) {
    for (int i = 0; i < 3; ++i)
      sample();
  });
}

// No task.
void mainLoop() {
  while (true)
    sample();
}
