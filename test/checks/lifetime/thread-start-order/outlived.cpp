// RUN: %check_concord %s %t concord-thread-start-order --std=c++20,c++23
// Threads that are waited for by their own destructor, after members that they
// use are gone.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

void use(int);

// Wrong.

class Early {
public:
  Early() {
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested())
        use(name_.size());
    });
  }

private:
  std::jthread thread_;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: thread is waited for only after member 'name_', which it uses, is destroyed; declare the thread after it, or join it in the destructor [concord-thread-start-order]
  // CHECK-MESSAGES: :[[@LINE-7]]:13: note: the thread uses 'name_' here
  // CHECK-MESSAGES: :[[@LINE+2]]:15: note: 'name_' is declared after 'thread_'
  // CHECK-MESSAGES: :[[@LINE-11]]:15: note: the thread is started here
  std::string name_;
};

class Pool {
public:
  void start(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back([this](std::stop_token stop) { run(stop); });
  }

private:
  void run(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [] { return false; });
  }
  std::vector<std::jthread> threads_;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: thread is waited for only after member 'mutex_', which it uses, is destroyed; declare the thread after it, or join it in the destructor
  // CHECK-MESSAGES: :[[@LINE-5]]:27: note: the thread uses 'mutex_' here
  // CHECK-MESSAGES: :[[@LINE+2]]:14: note: 'mutex_' is declared after 'threads_'
  // CHECK-MESSAGES: :[[@LINE-12]]:16: note: the thread is started here
  std::mutex mutex_;
  std::condition_variable_any changed_;
};

// It also starts too early; one finding says enough.
class Both {
  std::jthread thread_{[this](std::stop_token stop) {
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: thread starts before member 'name_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+3]]:11: note: the thread uses 'name_' here
  // CHECK-MESSAGES: :[[@LINE+4]]:15: note: 'name_' is declared after 'thread_'
    while (!stop.stop_requested())
      use(name_.size());
  }};
  std::string name_;
};

// Right.

class Last {
public:
  Last() {
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested())
        use(name_.size());
    });
  }

private:
  std::string name_;
  std::jthread thread_;
};

class Joins {
public:
  Joins() {
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested())
        use(name_.size());
    });
  }
  ~Joins() {
    thread_.request_stop();
    thread_.join();
  }

private:
  std::jthread thread_;
  std::string name_;
};

// Its destruction does nothing.
class Trivial {
public:
  Trivial() {
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested())
        ++count_;
    });
  }

private:
  std::jthread thread_;
  std::atomic<int> count_{0};
};

class DestructorNotSeen {
public:
  DestructorNotSeen() {
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested())
        use(name_.size());
    });
  }
  ~DestructorNotSeen();

private:
  std::jthread thread_;
  std::string name_;
};
