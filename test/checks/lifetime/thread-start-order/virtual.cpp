// RUN: %check_concord %s %t concord-thread-start-order --std=c++17,c++20,c++23
// Threads that a constructor starts and that call virtual functions.
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>

void use(int);

// Wrong.

class Pure {
public:
  Pure() {
    thread_ = std::thread([this] { run(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread starts in the constructor of 'Pure' and calls 'run', which is pure virtual until a derived class is complete; start it when the object is complete [concord-thread-start-order]
    // CHECK-MESSAGES: :[[@LINE-2]]:36: note: the thread calls it here
  }
  virtual ~Pure() { thread_.join(); }
  virtual void run() = 0;

private:
  std::thread thread_;
};

class Entry {
public:
  Entry() { start(); }
  virtual ~Entry() { thread_.join(); }
  virtual void run() {}

private:
  void start() { thread_ = std::thread(&Entry::run, this); }
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: thread starts in the constructor of 'Entry' and calls virtual function 'run', which may miss the override of a derived class; start it when the object is complete, or make 'Entry' final
  std::thread thread_;
};

class InitialiserList {
public:
  InitialiserList() : thread_(&InitialiserList::loop, this) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: thread starts in the constructor of 'InitialiserList' and calls virtual function 'step', which may miss the override of a derived class; start it when the object is complete, or make 'InitialiserList' final
  // CHECK-MESSAGES: :[[@LINE+7]]:17: note: the thread calls it here
  virtual ~InitialiserList() { thread_.join(); }

protected:
  virtual void step();

private:
  void loop() { step(); }
  std::thread thread_;
};

struct Task {
  virtual ~Task() = default;
  virtual void run() = 0;
};

class Overridden : public Task {
public:
  Overridden();
  ~Overridden() override { thread_.join(); }
  void run() override {}

private:
  std::thread thread_;
};

Overridden::Overridden() {
  thread_ = std::thread([this] {
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread starts in the constructor of 'Overridden' and calls virtual function 'run', which may miss the override of a derived class; start it when the object is complete, or make 'Overridden' final
  // CHECK-MESSAGES: :[[@LINE+3]]:5: note: the thread calls it here
  // CHECK-MESSAGES: :[[@LINE+8]]:8: note: it is overridden here
    use(1);
    run();
  });
}

class Overriding : public Overridden {
public:
  void run() override { use(2); }
};

class Inherits : public Task {
public:
  Inherits() : thread_([this] { run(); }) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: thread starts in the constructor of 'Inherits' and calls 'run', which is pure virtual until a derived class is complete; start it when the object is complete
  // CHECK-MESSAGES: :[[@LINE-2]]:33: note: the thread calls it here
  ~Inherits() override { thread_.join(); }

private:
  std::thread thread_;
};

// Right.

class Final final : public Task {
public:
  Final() { thread_ = std::thread([this] { run(); }); }
  ~Final() override { thread_.join(); }
  void run() override {}

private:
  std::thread thread_;
};

class FinalFunction {
public:
  FinalFunction() { thread_ = std::thread([this] { run(); }); }
  virtual ~FinalFunction() { thread_.join(); }
  virtual void run() final {}

private:
  std::thread thread_;
};

// The last class that is known, which only implements an interface.
class Leaf : public Task {
public:
  Leaf() { thread_ = std::thread([this] { run(); }); }
  ~Leaf() override { thread_.join(); }
  void run() override {}

private:
  std::thread thread_;
};

class Qualified {
public:
  Qualified() { thread_ = std::thread([this] { Qualified::run(); }); }
  virtual ~Qualified() { thread_.join(); }
  virtual void run() {}

private:
  std::thread thread_;
};

class StartedLater {
public:
  virtual ~StartedLater() { thread_.join(); }
  void start() { thread_ = std::thread([this] { run(); }); }
  virtual void run() = 0;

private:
  std::thread thread_;
};

// There is work only when somebody who knows the whole object brings some.
class Queue {
public:
  Queue() { thread_ = std::thread(&Queue::loop, this); }
  virtual ~Queue() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  virtual void handle(int item) = 0;

private:
  void loop() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stop_ || !items_.empty(); });
      if (stop_)
        return;
      handle(items_.front());
      items_.pop();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::thread thread_;
};

class OtherObject {
public:
  explicit OtherObject(Task &task) : task_(task) {
    thread_ = std::thread([this] { task_.run(); });
  }
  virtual ~OtherObject() { thread_.join(); }

private:
  Task &task_;
  std::thread thread_;
};
