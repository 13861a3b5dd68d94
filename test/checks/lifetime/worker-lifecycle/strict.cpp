// RUN: %check_concord %s %t concord-worker-lifecycle --config='{CheckOptions: {concord-worker-lifecycle.Strict: true}}'
// The option Strict wants a destructor that needs no help.
#include <atomic>
#include <thread>

void poll();

// Wrong.

class Stoppable {
public:
  Stoppable() : thread_([this] { run(); }) {}
  ~Stoppable() {
    if (thread_.joinable())
      thread_.join();
      // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the destructor waits for 'thread_' without setting 'stop_', which its task waits for; set it first [concord-worker-lifecycle]
      // CHECK-MESSAGES: note: the thread is started here
      // CHECK-MESSAGES: note: its task goes on until this changes
      // CHECK-MESSAGES: note: the signal is given here, which the destructor does not call
  }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Right.

class Good {
public:
  Good() : thread_([this] { run(); }) {}
  ~Good() { stop(); }
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
