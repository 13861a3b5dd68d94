// RUN: %check_concord %s %t concord-worker-lifecycle --std=c++20,c++23
// Threads that look for a stop token, and those that should.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <stop_token>
#include <thread>
#include <vector>

void poll();

// Wrong.

class JoinsFirst {
public:
  JoinsFirst() : thread_([this](std::stop_token stop) { run(stop); }) {}
  ~JoinsFirst() { thread_.join(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the destructor waits for 'thread_' without requesting the stop that its task looks for; request it first [concord-worker-lifecycle]
  // CHECK-MESSAGES: :[[@LINE-3]]:18: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE+4]]:18: note: its task goes on until this changes

private:
  void run(std::stop_token stop) {
    while (!stop.stop_requested())
      poll();
  }
  std::jthread thread_;
};

class FlagForJthread {
public:
  FlagForJthread() : thread_([this] { run(); }) {}
  void stop() { stop_ = true; }

private:
  void run() {
    while (!stop_)
      poll();
  }
  std::atomic<bool> stop_{false};
  std::jthread thread_;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the destructor waits for 'thread_' without setting 'stop_', which its task waits for; set it first
  // CHECK-MESSAGES: :[[@LINE-11]]:22: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE-7]]:13: note: its task goes on until this changes
  // CHECK-MESSAGES: :[[@LINE-12]]:17: note: the signal is given here, which the destructor does not call
};

class NeverSet {
  std::atomic<bool> stop_{false};
  std::jthread thread_{[this] {
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the wait for 'thread_' never ends, as nothing gives 'stop_' the value that its task waits for; set it before waiting
  // CHECK-MESSAGES: :[[@LINE-2]]:23: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE+1]]:13: note: its task goes on until this changes
    while (!stop_)
      poll();
  }};
};

class Source {
public:
  Source() : thread_([token = source_.get_token()] {
               while (!token.stop_requested())
                 poll();
             }) {}
  ~Source() { thread_.join(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the wait for 'thread_' never ends, as nothing requests the stop that its task looks for; request it before waiting
  // CHECK-MESSAGES: :[[@LINE-6]]:14: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE-6]]:30: note: its task goes on until this changes

private:
  std::stop_source source_;
  std::thread thread_;
};

// Right.

class Token {
public:
  Token() : thread_([this](std::stop_token stop) { run(stop); }) {}

private:
  void run(std::stop_token stop) {
    while (!stop.stop_requested())
      poll();
  }
  std::jthread thread_;
};

class TokenOrFlag {
public:
  TokenOrFlag() : thread_([this](std::stop_token stop) {
                    while (!stop_ && !stop.stop_requested())
                      poll();
                  }) {}
  void stop() { stop_ = true; }

private:
  std::atomic<bool> stop_{false};
  std::jthread thread_;
};

class FlagInDestructor {
public:
  FlagInDestructor() : thread_([this] {
                         while (!stop_)
                           poll();
                       }) {}
  ~FlagInDestructor() { stop_ = true; }

private:
  std::atomic<bool> stop_{false};
  std::jthread thread_;
};

class Waits {
public:
  void add(int item) {
    {
      const std::scoped_lock lock(mutex_);
      items_.push(item);
    }
    changed_.notify_one();
  }

private:
  void run(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !items_.empty(); }))
      items_.pop();
  }
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::queue<int> items_;
  std::jthread thread_{[this](std::stop_token stop) { run(stop); }};
};

class Requests {
public:
  Requests() : thread_([this](std::stop_token stop) {
                 while (!stop.stop_requested())
                   poll();
               }) {}
  ~Requests() {
    thread_.request_stop();
    thread_.join();
  }

private:
  std::jthread thread_;
};

class SourceRequests {
public:
  SourceRequests() : thread_([token = source_.get_token()] {
                       while (!token.stop_requested())
                         poll();
                     }) {}
  ~SourceRequests() {
    source_.request_stop();
    thread_.join();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};
