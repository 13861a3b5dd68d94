// RUN: %check_concord %s %t concord-detached-thread

#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

class Poller {
public:
  void start() {
    std::thread([this] { run(); }).detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: thread is detached while it uses the object that started it; keep the handle as a member and join it in the destructor [concord-detached-thread]
  }

private:
  void run();
};

class ByMemberFunction {
public:
  ByMemberFunction() {
    std::thread worker(&ByMemberFunction::run, this);
    worker.detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: thread 'worker' is detached while it uses the object that started it
  }
  ~ByMemberFunction() {}

private:
  void run();
};

class InDestructor {
public:
  InDestructor() : thread_([this] { run(); }) {}
  ~InDestructor() {
    thread_.detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread 'thread_' is detached while it uses the object that started it
  }

private:
  void run();
  std::thread thread_;
};

// Right.

class Shared : public std::enable_shared_from_this<Shared> {
public:
  void start() {
    std::thread([this, self = shared_from_this()] { run(); }).detach();
    std::thread([self = shared_from_this()] { self->run(); }).detach();
    std::thread(&Shared::run, shared_from_this()).detach();
  }

private:
  void run();
};

class WaitsInDestructor {
public:
  void start() {
    ++running_;
    std::thread([this] {
      run();
      std::lock_guard<std::mutex> lock(mutex_);
      --running_;
      ended_.notify_all();
    }).detach();
  }
  ~WaitsInDestructor() {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, [this] { return running_ == 0; });
  }

private:
  void run();
  std::mutex mutex_;
  std::condition_variable ended_;
  int running_ = 0;
};

class NeverDies {
public:
  static NeverDies &instance() {
    static NeverDies *it = new NeverDies;
    return *it;
  }
  void start() {
    std::thread(&NeverDies::run, this).detach();
  }
  ~NeverDies() { std::abort(); }

private:
  void run();
};

class CopiesItself {
public:
  void start() {
    std::thread([*this] { use(value_); }).detach();
  }

private:
  static void use(int);
  int value_ = 0;
};
