// RUN: %check_concord %s %t concord-unjoined-thread

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

void work();

class NoDestructor {
public:
  NoDestructor() : thread_([this] { run(); }) {}

private:
  void run();
  std::thread thread_;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'thread_' is not joined by the destructor of 'NoDestructor', which calls std::terminate; join it there, or make it a std::jthread [concord-unjoined-thread]
  // CHECK-MESSAGES: :[[@LINE-6]]:20: note: the thread is started here
};

class OnlySignals {
public:
  void start() { thread_ = std::thread(&OnlySignals::run, this); }
  ~OnlySignals() { stop_ = true; }

private:
  void run();
  std::atomic<bool> stop_{false};
  std::thread thread_;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'thread_' is not joined by the destructor of 'OnlySignals'
};

class StopIsNotCalled {
public:
  StopIsNotCalled() { thread_ = std::thread([this] { run(); }); }
  ~StopIsNotCalled() { stop_ = true; }
  void stop() {
    stop_ = true;
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE+8]]:15: warning: thread member 'thread_' is not joined by the destructor of 'StopIsNotCalled'
    // CHECK-MESSAGES: :[[@LINE-2]]:13: note: it is joined here, which the destructor does not call
  }

private:
  void run();
  std::atomic<bool> stop_{false};

  std::thread thread_;
};

class Defaulted {
public:
  Defaulted() { workers_.emplace_back(&Defaulted::run, this); }
  ~Defaulted() = default;

private:
  void run();
  std::vector<std::thread> workers_;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: thread member 'workers_' is not joined by the destructor of 'Defaulted'
};

class Deletes {
public:
  Deletes() : thread_(new std::thread([this] { run(); })) {}
  ~Deletes() { delete thread_; }

private:
  void run();
  std::thread *thread_;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: thread member 'thread_' is not joined by the destructor of 'Deletes'
};

class UniquePointer {
public:
  void start() {
    thread_ = std::make_unique<std::thread>([this] { run(); });
  }

private:
  void run();
  std::unique_ptr<std::thread> thread_;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: thread member 'thread_' is not joined by the destructor of 'UniquePointer'
};

// Right.

class Joins {
public:
  Joins() : thread_([this] { run(); }) {}
  ~Joins() { thread_.join(); }

private:
  void run();
  std::thread thread_;
};

class StopsTwoLevelsDown {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  ~StopsTwoLevelsDown() { shutdown(); }
  void shutdown() { stop(); }

private:
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  void run();
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class OutOfLine {
public:
  OutOfLine();
  ~OutOfLine();

private:
  void run();
  std::vector<std::thread> threads_;
};

OutOfLine::OutOfLine() { threads_.emplace_back([this] { run(); }); }

OutOfLine::~OutOfLine() {
  for (auto &thread : threads_)
    thread.join();
}

class DestructorElsewhere {
public:
  DestructorElsewhere() : thread_(work) {}
  ~DestructorElsewhere();

private:
  std::thread thread_;
};

class StopElsewhere {
public:
  StopElsewhere() : thread_(work) {}
  ~StopElsewhere() { stop(); }
  void stop();

private:
  std::thread thread_;
};

class VirtualStop {
public:
  VirtualStop() : thread_(work) {}
  virtual ~VirtualStop() { stop(); }
  virtual void stop() { thread_.join(); }

private:
  std::thread thread_;
};

class Optional {
public:
  void start() { thread_.emplace([this] { run(); }); }
  ~Optional() {
    if (thread_)
      thread_->join();
  }

private:
  void run();
  std::optional<std::thread> thread_;
};

class ByAlgorithmOverPointers {
public:
  void start() { threads_.push_back(std::make_unique<std::thread>(work)); }
  ~ByAlgorithmOverPointers() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    while (!threads_.empty()) {
      threads_.back()->join();
      threads_.pop_back();
    }
  }

private:
  std::mutex mutex_;
  bool stop_ = false;
  std::vector<std::unique_ptr<std::thread>> threads_;
};

class DetachesInDestructor {
public:
  DetachesInDestructor() : thread_(work) {}
  ~DetachesInDestructor() { thread_.detach(); }

private:
  std::thread thread_;
};

class HandsOver {
public:
  HandsOver() : thread_(work) {}
  ~HandsOver() { keep(std::move(thread_)); }

private:
  static void keep(std::thread thread);
  std::thread thread_;
};

class StartsAndJoins {
public:
  void run() {
    thread_ = std::thread(work);
    thread_.join();
  }

private:
  std::thread thread_;
};

class Wrapper {
public:
  template <typename Function>
  explicit Wrapper(Function function) : thread_(function) {}
  void join() { thread_.join(); }

private:
  std::thread thread_;
};

void usesWrapper() {
  Wrapper wrapper(work);
  wrapper.join();
}

struct Slot {
  int id;
  std::thread thread;
};

void recordsOfThreads() {
  std::vector<Slot> slots(2);
  for (Slot &slot : slots)
    slot.thread = std::thread(work);
  for (Slot &slot : slots)
    slot.thread.join();
}

class Base {
protected:
  void start() { thread_ = std::thread(work); }
  std::thread thread_;
};

class Derived : Base {
public:
  Derived() { start(); }
  ~Derived() { thread_.join(); }
};

class ForDerivedClasses {
public:
  virtual ~ForDerivedClasses() {}

protected:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() { thread_.join(); }

private:
  void run();
  std::thread thread_;
};

struct StopAndDelete {
  void operator()(std::thread *thread) const;
};

class OwnDeleter {
public:
  OwnDeleter() : thread_(new std::thread([this] { run(); })) {}

private:
  void run();
  std::unique_ptr<std::thread, StopAndDelete> thread_;
};

class Joining {
public:
  Joining() : thread_([this] { run(); }) {}

private:
  void run();
  std::jthread thread_;
};

class Guarded {
  class Joiner {
  public:
    explicit Joiner(std::thread &thread) : thread(thread) {}
    ~Joiner() { thread.join(); }

  private:
    std::thread &thread;
  };

public:
  Guarded() : thread_([this] { run(); }), joiner_(thread_) {}

private:
  void run();
  std::thread thread_;
  Joiner joiner_;
};

class NeverStarted {
  std::thread thread_;
};
