// RUN: %check_concord %s %t concord-lost-wakeup --std=c++17,c++20,c++23
// Stop flags that a sleeping thread never sees.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>
#include <vector>

void use(int);

// Wrong: the wait does not ask for the flag.

class NotInPredicate {
public:
  NotInPredicate() : thread_([this] { run(); }) {}
  ~NotInPredicate() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  void push(int item) {
    const std::lock_guard<std::mutex> lock(mutex_);
    items_.push(item);
    changed_.notify_one();
  }

private:
  void run() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return !items_.empty(); });
      // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: wait on 'changed_' does not test 'stop_', so a thread that sleeps here does not see the stop; make 'stop_' part of the condition [concord-lost-wakeup]
      // CHECK-MESSAGES: :[[@LINE-17]]:7: note: it is set here
      // CHECK-MESSAGES: :[[@LINE-5]]:13: note: it is tested here
      use(items_.front());
      items_.pop();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class InnerLoop {
public:
  void start() { thread_ = std::make_unique<std::thread>(&InnerLoop::run, this); }
  void stop();
  ~InnerLoop() { stop(); }

private:
  void run();
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool running_ = true;
  std::unique_ptr<std::thread> thread_;
};

void InnerLoop::stop() {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    running_ = false;
  }
  changed_.notify_one();
  thread_->join();
}

void InnerLoop::run() {
  for (;;) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (items_.empty())
      changed_.wait(lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: wait on 'changed_' does not test 'running_', so a thread that sleeps here does not see the stop; make 'running_' part of the condition
      // CHECK-MESSAGES: :[[@LINE-12]]:5: note: it is set here
      // CHECK-MESSAGES: :[[@LINE+1]]:10: note: it is tested here
    if (!running_)
      break;
    use(items_.front());
    items_.pop();
  }
}

class InCallee {
public:
  InCallee() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back([this] {
        while (!done_.load()) {
          auto item = pop();
          use(item);
        }
      });
  }
  ~InCallee() {
    done_.store(true);
    changed_.notify_all();
    for (auto &thread : threads_)
      thread.join();
  }

private:
  int pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return !items_.empty(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: wait on 'changed_' does not test 'done_', so a thread that sleeps here does not see the stop; make 'done_' part of the condition
    // CHECK-MESSAGES: :[[@LINE-11]]:5: note: it is set here
    // CHECK-MESSAGES: :[[@LINE-19]]:23: note: it is tested here
    int item = items_.front();
    items_.pop();
    return item;
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  std::atomic<bool> done_{false};
  std::vector<std::thread> threads_;
};

// Wrong: nobody wakes the thread.

class NoNotify {
public:
  NoNotify() : thread_([this] { run(); }) {}
  ~NoNotify() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'stop_' is set and the thread joined without a notify of 'changed_', on which the thread may sleep for ever; notify it after setting the flag
      // CHECK-MESSAGES: :[[@LINE+10]]:16: note: the thread waits here
      // CHECK-MESSAGES: :[[@LINE+2]]:13: note: the thread is joined here
    }
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stop_ || !items_.empty(); });
      if (stop_)
        return;
      items_.pop();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::thread thread_;
};

class NotifyBefore {
public:
  NotifyBefore() : thread_([this] { run(); }) {}
  ~NotifyBefore() {
    changed_.notify_all();
    signalStop();
    thread_.join();
  }

private:
  void signalStop() {
    std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' is set and the thread joined without a notify of 'changed_', on which the thread may sleep for ever; notify it after setting the flag
    // CHECK-MESSAGES: :[[@LINE+6]]:16: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE-9]]:13: note: the thread is joined here
  }
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stop_)
      changed_.wait(lock);
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::thread thread_;
};

class OtherCondition {
public:
  OtherCondition() : thread_([this] { run(); }) {}
  ~OtherCondition() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'stop_' is set and the thread joined without a notify of 'filled_', on which the thread may sleep for ever; notify it after setting the flag
      // CHECK-MESSAGES: :[[@LINE+10]]:13: note: the thread waits here
      // CHECK-MESSAGES: :[[@LINE+3]]:13: note: the thread is joined here
    }
    drained_.notify_all();
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    filled_.wait(lock, [this] { return stop_; });
  }
  std::mutex mutex_;
  std::condition_variable filled_, drained_;
  bool stop_ = false;
  std::thread thread_;
};

void locals() {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  std::thread thread([&] {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return done; });
  });
  {
    std::lock_guard<std::mutex> lock(mutex);
    done = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'done' is set and the thread joined without a notify of 'changed', on which the thread may sleep for ever; notify it after setting the flag
    // CHECK-MESSAGES: :[[@LINE-6]]:13: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+2]]:10: note: the thread is joined here
  }
  thread.join();
}

std::mutex globalMutex;
std::condition_variable globalChanged;
bool globalDone = false;
void waitGlobal() {
  std::unique_lock<std::mutex> lock(globalMutex);
  globalChanged.wait(lock, [] { return globalDone; });
}
void globals() {
  std::thread thread(waitGlobal);
  {
    std::lock_guard<std::mutex> lock(globalMutex);
    globalDone = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'globalDone' is set and the thread joined without a notify of 'globalChanged', on which the thread may sleep for ever; notify it after setting the flag
    // CHECK-MESSAGES: :[[@LINE-8]]:17: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+2]]:10: note: the thread is joined here
  }
  thread.join();
}

// Wrong: one of several.

class OnlyOne {
public:
  explicit OnlyOne(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back(&OnlyOne::run, this);
  }
  ~OnlyOne() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_one();
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: only one of the threads that wait on 'changed_' for 'stop_' is woken, the others sleep on; notify all of them
    // CHECK-MESSAGES: :[[@LINE+10]]:16: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE-5]]:7: note: it is set here
    for (std::thread &thread : threads_)
      thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stop_ || !items_.empty(); });
      if (stop_)
        return;
      items_.pop();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

// Right.

class Good {
public:
  explicit Good(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back(&Good::run, this);
  }
  ~Good() { stop(); }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    wake();
    join();
  }

private:
  void wake() { changed_.notify_all(); }
  void join() {
    for (std::thread &thread : threads_)
      if (thread.joinable())
        thread.join();
  }
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stop_) {
      changed_.wait(lock, [this] { return stop_ || !items_.empty(); });
      if (!items_.empty())
        items_.pop();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

// The last item ends the thread.
class Poison {
public:
  Poison() : thread_([this] { run(); }) {}
  ~Poison() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
      items_.push(-1);
    }
    changed_.notify_all();
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return !items_.empty(); });
      items_.pop();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// A wait with a time limit comes back.
class Timed {
public:
  Timed() : thread_([this] { run(); }) {}
  ~Timed() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait_for(lock, std::chrono::milliseconds(10), [this] { return !items_.empty(); });
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The flag is asked by a function.
class Getter {
public:
  Getter() : thread_([this] { run(); }) {}
  ~Getter() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

private:
  bool ready() const { return isStopped() || !items_.empty(); }
  bool isStopped() const { return stop_; }
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!isStopped()) {
      changed_.wait(lock, std::bind(&Getter::ready, this));
      while (!ready())
        changed_.wait(lock);
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::thread thread_;
};

// What wakes is not seen.
void wakeUp(std::condition_variable *changed);
class WokenElsewhere {
public:
  WokenElsewhere() : thread_([this] { run(); }) {}
  ~WokenElsewhere() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    wakeUp(&changed_);
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

// Each thread wakes the next.
class Chain {
public:
  explicit Chain(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back(&Chain::run, this);
  }
  ~Chain() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_one();
    for (std::thread &thread : threads_)
      thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_; });
    changed_.notify_one();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

// One notify for each thread; one thread only; a flag that one thread takes.
class OneForEach {
public:
  explicit OneForEach(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back(&OneForEach::run, this);
    single_ = std::thread(&OneForEach::runSingle, this);
  }
  void wakeOne() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      wake_ = true;
    }
    other_.notify_one();
  }
  ~OneForEach() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    for (std::size_t i = 0; i < threads_.size(); ++i)
      changed_.notify_one();
    once_.notify_one();
    other_.notify_all();
    for (std::thread &thread : threads_)
      thread.join();
    single_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_; });
    other_.wait(lock, [this] { return wake_ || stop_; });
    wake_ = false;
  }
  void runSingle() {
    std::unique_lock<std::mutex> lock(mutex_);
    once_.wait(lock, [this] { return stop_; });
  }
  std::mutex mutex_;
  std::condition_variable changed_, once_, other_;
  bool stop_ = false;
  bool wake_ = false;
  std::vector<std::thread> threads_;
  std::thread single_;
};
