// RUN: %check_concord %s %t concord-worker-lifecycle --std=c++17,c++20,c++23
// Classes that wait for a thread which they do not tell to end.
#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>
#include <vector>

void poll();
bool poll(int);

// Wrong.

class NoSignal {
public:
  NoSignal() : thread_([this] { run(); }) {}
  ~NoSignal() { thread_.join(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the wait for 'thread_' never ends, as nothing gives 'stop_' the value that its task waits for; set it before waiting [concord-worker-lifecycle]
  // CHECK-MESSAGES: :[[@LINE-3]]:16: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE+4]]:13: note: its task goes on until this changes

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class OutOfLine {
public:
  void start();
  void wait();
  ~OutOfLine();

private:
  void run();
  bool isRunning() const { return running_.load(); }
  std::atomic<bool> running_{true};
  std::thread thread_;
};

void OutOfLine::start() { thread_ = std::thread(&OutOfLine::run, this); }
void OutOfLine::wait() {
  if (thread_.joinable())
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the wait for 'thread_' never ends, as nothing gives 'running_' the value that its task waits for; set it before waiting
    // CHECK-MESSAGES: :[[@LINE-5]]:37: note: the thread is started here
    // CHECK-MESSAGES: :[[@LINE-11]]:44: note: its task goes on until this changes
}
OutOfLine::~OutOfLine() { wait(); }
void OutOfLine::run() {
  while (isRunning())
    poll();
}

class Pool {
public:
  explicit Pool(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back([this] {
        std::unique_lock<std::mutex> lock(mutex_);
        while (true) {
          changed_.wait(lock, [this] { return stop_ || !items_.empty(); });
          if (stop_)
            return;
          items_.pop();
        }
      });
  }
  ~Pool() {
    changed_.notify_all();
    for (auto &thread : threads_)
      thread.join();
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the wait for 'threads_' never ends, as nothing gives 'stop_' the value that its task waits for; set it before waiting
      // CHECK-MESSAGES: :[[@LINE-15]]:16: note: the thread is started here
      // CHECK-MESSAGES: :[[@LINE-12]]:15: note: its task goes on until this changes
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

// Only somebody else's call of 'stop' ends the loop.
class TwoSteps {
public:
  TwoSteps() : thread_(std::make_unique<std::thread>(&TwoSteps::run, this)) {}
  ~TwoSteps() {
    if (thread_->joinable())
      thread_->join();
      // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the destructor waits for 'thread_' without setting 'stop_', which its task waits for; set it first
      // CHECK-MESSAGES: :[[@LINE-5]]:24: note: the thread is started here
      // CHECK-MESSAGES: :[[@LINE+8]]:17: note: its task goes on until this changes
      // CHECK-MESSAGES: :[[@LINE+2]]:17: note: the signal is given here, which the destructor does not call
  }
  void stop() { stop_.store(true); }

private:
  void run() {
    for (;;) {
      if (stop_.load())
        break;
      poll();
    }
  }
  std::atomic_bool stop_{false};
  std::unique_ptr<std::thread> thread_;
};

// The future of std::async waits in its destructor.
class Async {
public:
  Async() : done_(std::async(std::launch::async, [this] {
              while (!stop_)
                poll();
            })) {}
  void stop() { stop_ = true; }

private:
  std::atomic<bool> stop_{false};
  std::future<void> done_;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the destructor waits for 'done_' without setting 'stop_', which its task waits for; set it first
  // CHECK-MESSAGES: :[[@LINE-10]]:19: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE-10]]:23: note: its task goes on until this changes
  // CHECK-MESSAGES: :[[@LINE-8]]:17: note: the signal is given here, which the destructor does not call
};

class WrongValue {
public:
  WrongValue() { thread_ = std::thread([this] { run(); }); }
  ~WrongValue() {
    running_ = true;
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the wait for 'thread_' never ends, as nothing gives 'running_' the value that its task waits for; set it before waiting
    // CHECK-MESSAGES: :[[@LINE-5]]:28: note: the thread is started here
    // CHECK-MESSAGES: :[[@LINE+5]]:12: note: its task goes on until this changes
  }

private:
  void run() {
    while (running_)
      poll();
  }
  std::atomic<bool> running_{true};
  std::thread thread_;
};

template <typename T> class Template {
public:
  Template() : thread_([this] { run(); }) {}
  ~Template() { thread_.join(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the wait for 'thread_' never ends, as nothing gives 'stop_' the value that its task waits for; set it before waiting
  // CHECK-MESSAGES: :[[@LINE-3]]:16: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE+4]]:13: note: its task goes on until this changes

private:
  void run() {
    while (!stop_)
      poll();
  }
  T item_{};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
template class Template<int>;

class AfterTheJoin {
public:
  AfterTheJoin() : thread_([this] { run(); }) {}
  ~AfterTheJoin() {
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the destructor waits for 'thread_' without setting 'stop_', which its task waits for; set it first
    // CHECK-MESSAGES: :[[@LINE-4]]:20: note: the thread is started here
    // CHECK-MESSAGES: :[[@LINE+6]]:13: note: its task goes on until this changes
    stop_ = true;
  }

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// One function signals and waits, the destructor only waits.
class Stoppable {
public:
  Stoppable() : thread_([this] { run(); }) {}
  ~Stoppable() {
    if (thread_.joinable())
      thread_.join();
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
    signal();
    if (thread_.joinable())
      thread_.join();
  }

private:
  void signal() { stop_ = true; }
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The loop ends by itself.
class Finite {
public:
  Finite() : thread_([this] { run(); }) {}
  ~Finite() { thread_.join(); }

private:
  void run() {
    for (int i = 0; i < 3; ++i)
      poll();
    while (!done_)
      done_ = poll(1);
    while (!failed_ && poll(2))
      poll();
    while (!failed_)
      if (!poll(3))
        break;
  }
  bool done_ = false;
  std::atomic<bool> failed_{false};
  std::thread thread_;
};

// The flag may come set.
class Configured {
public:
  explicit Configured(bool once) : once_(once), thread_([this] { run(); }) {}
  ~Configured() { thread_.join(); }

private:
  void run() {
    do
      poll();
    while (!once_);
  }
  bool once_;
  std::thread thread_;
};

// Others may set it.
class PublicFlag {
public:
  PublicFlag() : thread_([this] { run(stop); }) {}
  ~PublicFlag();
  std::atomic<bool> stop{false};

private:
  void run(std::atomic<bool> &flag) {
    while (!flag)
      poll();
  }
  std::thread thread_;
};

class SetElsewhere {
public:
  SetElsewhere() : thread_([this] { run(); }) {}
  ~SetElsewhere() { thread_.join(); }
  void stop();

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

void raise(std::atomic<bool> *flag);
class AddressGiven {
public:
  AddressGiven() : thread_([this] { run(); }) {}
  ~AddressGiven() {
    raise(&stop_);
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

// A derived class gives the signal before the base waits.
class Base {
public:
  virtual ~Base() { thread_.join(); }
  void start() { thread_ = std::thread([this] { run(); }); }

protected:
  void quit() { stop_ = true; }

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// An exception ends it.
class Throws {
public:
  Throws() : thread_([this] { run(); }) {}
  ~Throws() { thread_.join(); }

private:
  void run() {
    try {
      while (!stop_)
        poll();
    } catch (...) {
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The destructor is not seen.
class NotSeen {
public:
  NotSeen() : thread_([this] { run(); }) {}
  ~NotSeen();
  void stop() { stop_ = true; }

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Other checks' findings: nothing ends the loop; nothing joins; no notify.
class Endless {
public:
  Endless() : thread_([] {
                for (;;)
                  poll();
              }) {}
  ~Endless() { thread_.join(); }

private:
  std::thread thread_;
};

class NotJoined {
public:
  NotJoined() : thread_([this] { run(); }) {}

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class NotNotified {
public:
  NotNotified() : thread_([this] { run(); }) {}
  ~NotNotified() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_; });
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::thread thread_;
};
