// RUN: %check_concord %s %t concord-plain-stop-flag --std=c++17,c++20
#include <condition_variable>
#include <mutex>
#include <thread>
// CHECK-FIXES: #include <atomic>
// CHECK-FIXES-NEXT: #include <condition_variable>

void poll();

class Poller {
public:
  ~Poller() {
    stop = true;
    worker.join();
  }
  bool stopped() const { return stop; }

private:
  void run() {
    while (!stop)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'stop'
      poll();
  }

  bool stop = false;
  // CHECK-FIXES: {{^}}  std::atomic<bool> stop = false;
  std::thread worker{[this] { run(); }};
};

class Volatile {
public:
  Volatile() : running(true) {}
  ~Volatile() {
    running = false;
    worker.join();
  }

private:
  void run() {
    while (running)
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: task polls 'running'
      poll();
  }

  volatile bool running;
  // CHECK-FIXES: {{^}}  std::atomic<bool> running;
  std::thread worker{[this] { run(); }};
};

static bool quit = false;
// CHECK-FIXES: {{^}}static std::atomic<bool> quit = false;
void global() {
  std::thread t([] {
    for (;;) {
      if (quit)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: task polls 'quit'
        return;
      poll();
    }
  });
  quit = true;
  t.join();
}

void local() {
  bool done{false};
  // CHECK-FIXES: {{^}}  std::atomic<bool> done{false};
  std::thread t([&] {
    while (done == false)
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: task polls 'done'
      poll();
  });
  done = true;
  t.join();
}
