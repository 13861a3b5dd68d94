// RUN: %check_concord %s %t concord-lost-wakeup --std=c++17,c++20,c++23
// Flags that are changed without the mutex of the wait.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

// Wrong.

class Worker {
public:
  Worker() : thread_([this] { run(); }) {}
  ~Worker() {
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'changed_' misses the notify; hold 'mutex_' while changing it [concord-lost-wakeup]
    // CHECK-MESSAGES: :[[@LINE+9]]:14: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:14: note: the notify is here
    changed_.notify_all();
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_.load(); });
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The thread that waits is not known; the one that signals is a task.
class Counter {
public:
  void waitForAll() {
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return left_ == 0; });
  }
  void finished() {
    --left_;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'left_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'done_' misses the notify; hold 'mutex_' while changing it
    // CHECK-MESSAGES: :[[@LINE-5]]:11: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:11: note: the notify is here
    done_.notify_one();
  }

private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::atomic<int> left_{4};
};

class ByHelper {
public:
  ~ByHelper() {
    setStop();
    changed_.notify_all();
  }
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stop_.load(std::memory_order_acquire))
      changed_.wait(lock);
  }

private:
  void setStop() { stop_.store(true, std::memory_order_release); }
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'stop_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'changed_' misses the notify; hold 'mutex_' while changing it
  // CHECK-MESSAGES: :[[@LINE-6]]:16: note: the thread waits here
  // CHECK-MESSAGES: :[[@LINE-12]]:14: note: the notify is here
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic_bool stop_{false};
};

// Right.

class Locked {
public:
  Locked() : thread_([this] { run(); }) {}
  ~Locked() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_.load(); });
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The lock is taken between change and notify.
class LockBetween {
public:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_.load(); });
  }
  void stop() {
    stop_ = true;
    { const std::lock_guard<std::mutex> lock(mutex_); }
    changed_.notify_all();
  }
  void stopUnderNotify() {
    stop_ = true;
    const std::lock_guard<std::mutex> lock(mutex_);
    changed_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
};

// The caller holds it.
class CallerLocks {
public:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_.load(); });
  }
  void stop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    set();
  }

private:
  void set() {
    stop_ = true;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
};

// Before the thread runs, and in the way that does not end the wait.
class Start {
public:
  void start() {
    stop_ = false;
    go_ = true;
    thread_ = std::thread([this] {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return stop_.load() || go_.load(); });
    });
    changed_.notify_all();
  }
  void reset() {
    stop_ = false;
    changed_.notify_all();
  }
  ~Start() { thread_.join(); }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> go_{false};
  std::thread thread_;
};

// A wait with a time limit looks again by itself.
class Timed {
public:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(1), [this] { return stop_.load(); });
  }
  void stop() {
    stop_ = true;
    changed_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
};
