// RUN: %check_concord %s %t concord-thread-start-order --std=c++17,c++20,c++23
// Threads that start before members exist which they use.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <thread>
#include <vector>

void use(int);

// Wrong.

class InitialiserList {
public:
  InitialiserList() : thread_([this] { run(); }) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: thread starts before member 'stop_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor [concord-thread-start-order]
  // CHECK-MESSAGES: :[[@LINE+9]]:13: note: the thread uses 'stop_' here
  // CHECK-MESSAGES: :[[@LINE+13]]:21: note: 'stop_' is declared after 'thread_'
  ~InitialiserList() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      use(1);
  }

  std::thread thread_;
  std::atomic<bool> stop_{false};
};

struct DefaultInitialiser {
  ~DefaultInitialiser() { thread.join(); }
  void run() { const std::lock_guard<std::mutex> lock(mutex); }

  std::thread thread{[this] { run(); }};
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: thread starts before member 'mutex', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-4]]:55: note: the thread uses 'mutex' here
  // CHECK-MESSAGES: :[[@LINE+1]]:14: note: 'mutex' is declared after 'thread'
  std::mutex mutex;
};

class DefaultInitialiserAndConstructor {
public:
  explicit DefaultInitialiserAndConstructor(int count) : count_(count) {}
  ~DefaultInitialiserAndConstructor() { thread_.join(); }

private:
  void run() { use(count_); }
  std::thread thread_{&DefaultInitialiserAndConstructor::run, this};
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-3]]:20: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+1]]:7: note: 'count_' is declared after 'thread_'
  int count_;
};

class OutOfLine {
public:
  OutOfLine();
  ~OutOfLine();

private:
  void loop();
  void step();
  std::thread thread_;
  int count_;
};

OutOfLine::OutOfLine() : thread_(&OutOfLine::loop, this), count_(3) {}
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
// CHECK-MESSAGES: :[[@LINE+4]]:30: note: the thread uses 'count_' here
// CHECK-MESSAGES: :[[@LINE-6]]:7: note: 'count_' is declared after 'thread_'
OutOfLine::~OutOfLine() { thread_.join(); }
void OutOfLine::loop() { step(); }
void OutOfLine::step() { use(count_); }

class Async {
public:
  Async() : size_(std::async(std::launch::async, [this] { return jobs_.size(); })) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: thread starts before member 'jobs_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-2]]:66: note: the thread uses 'jobs_' here
  // CHECK-MESSAGES: :[[@LINE+4]]:19: note: 'jobs_' is declared after 'size_'

private:
  std::future<std::size_t> size_;
  std::queue<int> jobs_;
};

class Owned {
public:
  Owned() : thread_(std::make_unique<std::thread>([this] { use(jobs_.size()); })) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: thread starts before member 'jobs_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-2]]:64: note: the thread uses 'jobs_' here
  // CHECK-MESSAGES: :[[@LINE+5]]:19: note: 'jobs_' is declared after 'thread_'
  ~Owned() { thread_->join(); }

private:
  std::unique_ptr<std::thread> thread_;
  std::queue<int> jobs_;
};

class RawPointer {
public:
  RawPointer() : thread_(new std::thread(&RawPointer::run, this)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: thread starts before member 'name_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+8]]:20: note: the thread uses 'name_' here
  // CHECK-MESSAGES: :[[@LINE+9]]:15: note: 'name_' is declared after 'thread_'
  ~RawPointer() {
    thread_->join();
    delete thread_;
  }

private:
  void run() { use(name_.size()); }
  std::thread *thread_;
  std::string name_;
};

class MadeByMember {
public:
  MadeByMember() : thread_(make()) {}
  ~MadeByMember() { thread_.join(); }

private:
  std::thread make() { return std::thread([this] { use(count_); }); }
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-2]]:56: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+2]]:7: note: 'count_' is declared after 'thread_'
  std::thread thread_;
  int count_ = 1;
};

class StaticEntry {
public:
  StaticEntry() : thread_(&StaticEntry::entry, this) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+6]]:20: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+7]]:7: note: 'count_' is declared after 'thread_'
  ~StaticEntry() { thread_.join(); }

private:
  static void entry(StaticEntry *self) { self->run(); }
  void run() { use(count_); }
  std::thread thread_;
  int count_ = 0;
};

class Bound {
public:
  Bound() : thread_(std::bind(&Bound::run, this)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+5]]:20: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+6]]:7: note: 'count_' is declared after 'thread_'
  ~Bound() { thread_.join(); }

private:
  void run() { use(count_); }
  std::thread thread_;
  int count_ = 0;
};

template <typename T> class Template {
public:
  Template() : thread_([this] { use(items_.size()); }) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: thread starts before member 'items_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-2]]:37: note: the thread uses 'items_' here
  // CHECK-MESSAGES: :[[@LINE+5]]:18: note: 'items_' is declared after 'thread_'
  ~Template() { thread_.join(); }

private:
  std::thread thread_;
  std::vector<T> items_;
};
template class Template<int>;
template class Template<char>;

// A thread of the project's own.
class JoiningThread {
public:
  explicit JoiningThread(std::function<void()> run) : thread_(std::move(run)) {}
  ~JoiningThread() { thread_.join(); }

private:
  std::thread thread_;
};

class Wrapped {
  JoiningThread thread_{[this] { use(count_); }};
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-2]]:38: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+1]]:7: note: 'count_' is declared after 'thread_'
  int count_ = 4;
};

class BaseStarts : JoiningThread {
public:
  BaseStarts() : JoiningThread([this] { use(count_); }) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-2]]:45: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+3]]:7: note: 'count_' is declared after the base class that starts the thread

private:
  int count_ = 4;
};

#define START(function) thread_([this] { function(); })
class Macro {
public:
  Macro() : START(run) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread starts before member 'count_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-5]]:25: note: expanded from macro 'START'
  // CHECK-MESSAGES: :[[@LINE+5]]:20: note: the thread uses 'count_' here
  // CHECK-MESSAGES: :[[@LINE+6]]:7: note: 'count_' is declared after 'thread_'
  ~Macro() { thread_.join(); }

private:
  void run() { use(count_); }
  std::thread thread_;
  int count_ = 0;
};

// Right.

class Last {
public:
  Last() : count_(3), thread_(&Last::run, this) {}
  ~Last() { thread_.join(); }

private:
  void run() { use(count_); }
  int count_;
  std::thread thread_;
};

class OnlyEarlier {
public:
  OnlyEarlier() : thread_([this] { use(count_); }) {}
  ~OnlyEarlier() { thread_.join(); }

private:
  int count_ = 0;
  std::thread thread_;
  int uses_ = 0;
};

class Body {
public:
  Body() {
    thread_ = std::thread([this] { use(count_); });
    threads_.emplace_back([this] { use(count_); });
  }
  ~Body() {
    thread_.join();
    threads_.front().join();
  }

private:
  std::thread thread_;
  std::vector<std::thread> threads_;
  int count_ = 0;
};

// A call of another object.
class NotThis {
public:
  NotThis() : thread_([] { use(3); }) {}
  ~NotThis() { thread_.join(); }

private:
  std::thread thread_;
  int count_ = 0;
};

// Nothing happens to the member when its turn comes.
struct Result {
  ~Result() { thread.join(); }
  std::thread thread{[this] { result = 3; }};
  int result;
};

class Deferred {
public:
  Deferred() : size_(std::async(std::launch::deferred, [this] { return jobs_.size(); })) {}

private:
  std::future<std::size_t> size_;
  std::queue<int> jobs_;
};

class Gate {
public:
  Gate()
      : thread_([this] {
          std::unique_lock<std::mutex> lock(mutex_);
          changed_.wait(lock, [this] { return ready_; });
          use(count_);
        }) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ready_ = true;
    }
    changed_.notify_one();
  }
  ~Gate() { thread_.join(); }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ready_ = false;
  std::thread thread_;
  int count_ = 0;
};

class StartedLater {
public:
  void start() { thread_ = std::thread(&StartedLater::run, this); }
  ~StartedLater() {
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() { use(count_); }
  std::thread thread_{};
  int count_ = 0;
};

// Keeps the callable until somebody starts it.
class Deferrable {
public:
  explicit Deferrable(std::function<void()> run) : run_(std::move(run)) {}
  ~Deferrable() { thread_.join(); }
  void start() { thread_ = std::thread(run_); }

private:
  std::function<void()> run_;
  std::thread thread_;
};

class UsesDeferrable {
public:
  UsesDeferrable() : thread_([this] { use(count_); }), count_(2) { thread_.start(); }

private:
  Deferrable thread_;
  int count_;
};

// The type and the size of a member are no use of it.
class Unevaluated {
public:
  Unevaluated() : thread_([this] { use(sizeof(count_)); }) {}
  ~Unevaluated() { thread_.join(); }

private:
  std::thread thread_;
  int count_ = 0;
};
