// RUN: %check_concord %s %t concord-lost-wakeup --std=c++17,c++20,c++23
// The shapes of mistakes that public projects have made and mended.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

void handle(int);

// A thread that is told to end by an atomic, without the mutex that its wait
// holds.
class Listener {
public:
  void start() {
    active_ = true;
    thread_ = std::thread([this] { main(); });
  }
  void stop() {
    active_ = false;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'active_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'wake_' misses the notify; hold 'mutex_' while changing it [concord-lost-wakeup]
    // CHECK-MESSAGES: :[[@LINE+12]]:13: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:11: note: the notify is here
    wake_.notify_all();
    if (thread_.joinable())
      thread_.join();
  }
  ~Listener() { stop(); }

private:
  void main() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (active_) {
      wake_.wait(lock, [&] { return !active_ || !events_.empty(); });
      if (!active_)
        break;
      handle(events_.front());
      events_.pop();
    }
  }
  std::mutex mutex_;
  std::condition_variable wake_;
  std::queue<int> events_;
  std::atomic<bool> active_{false};
  std::thread thread_;
};

// A pool whose wait for all tasks asks for a count that workers change outside
// of the lock.
class ThreadPool {
public:
  ThreadPool() {
    for (unsigned i = 0; i < 4; ++i)
      threads_.emplace_back(&ThreadPool::worker, this);
  }
  ~ThreadPool() {
    waitForTasks();
    running_ = false;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'running_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'available_' misses the notify; hold 'mutex_' while changing it
    // CHECK-MESSAGES: :[[@LINE+23]]:18: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:16: note: the notify is here
    available_.notify_all();
    for (std::thread &thread : threads_)
      thread.join();
  }
  void push(std::function<void()> task) {
    {
      const std::scoped_lock lock(mutex_);
      tasks_.push(std::move(task));
    }
    ++total_;
    available_.notify_one();
  }
  void waitForTasks() {
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return total_ == 0; });
  }

private:
  void worker() {
    while (running_) {
      std::unique_lock<std::mutex> lock(mutex_);
      available_.wait(lock, [&] { return !tasks_.empty() || !running_; });
      if (!running_)
        break;
      std::function<void()> task = std::move(tasks_.front());
      tasks_.pop();
      lock.unlock();
      task();
      --total_;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'total_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'done_' misses the notify; hold 'mutex_' while changing it
      // CHECK-MESSAGES: :[[@LINE-16]]:11: note: the thread waits here
      // CHECK-MESSAGES: :[[@LINE+1]]:13: note: the notify is here
      done_.notify_one();
    }
  }
  std::mutex mutex_;
  std::condition_variable available_, done_;
  std::queue<std::function<void()>> tasks_;
  std::atomic<unsigned> total_{0};
  std::atomic<bool> running_{true};
  std::vector<std::thread> threads_;
};

// A queue of pictures: the end is signalled next to the lock.
class FrameQueue {
public:
  bool wait(int &frame) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (frames_.empty() && !finished_)
      filled_.wait(lock);
    if (frames_.empty())
      return false;
    frame = frames_.front();
    frames_.pop();
    return true;
  }
  void push(int frame) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      frames_.push(frame);
    }
    filled_.notify_one();
  }
  void notifyEnd() {
    finished_.store(true);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'finished_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'filled_' misses the notify; hold 'mutex_' while changing it
    // CHECK-MESSAGES: :[[@LINE-17]]:15: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:13: note: the notify is here
    filled_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::queue<int> frames_;
  std::atomic<bool> finished_{false};
};
