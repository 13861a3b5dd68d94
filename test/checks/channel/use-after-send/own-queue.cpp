// RUN: %check_concord %s %t concord-use-after-send --std=c++17,c++20,c++23
// RUN: %if libc++ %{ %check_concord %s %t concord-use-after-send -- -stdlib=libc++ %}

// A class that is a channel by what it holds, and a container that a class
// fills under its lock before it wakes the worker.
#include <condition_variable>
#include <deque>
#include <iostream>
#include <memory>
#include <mutex>
#include <queue>

struct Job {
  int id = 0;
};

template <typename T> class Channel {
public:
  void push(T value) {
    std::lock_guard<std::mutex> lock(mutex_);
    items_.push_back(std::move(value));
    filled_.notify_one();
  }
  bool tryPush(T &&value) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (items_.size() == 8)
      return false;
    items_.push_back(std::move(value));
    filled_.notify_one();
    return true;
  }
  T pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    filled_.wait(lock, [this] { return !items_.empty(); });
    T value = std::move(items_.front());
    items_.pop_front();
    return value;
  }

private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<T> items_;
};

Channel<std::unique_ptr<Job>> owners;
Channel<std::shared_ptr<Job>> shared;

void moved(std::unique_ptr<Job> job) {
  owners.push(std::move(job));
  std::cout << job->id;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'job' is used here after it was moved
}

void reader() {
  auto job = shared.pop();
  job->id = 5;
}

// The unit shows a receiver that changes what the sender reads.
void read(std::shared_ptr<Job> job) {
  shared.push(job);
  std::cout << job->id;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: '*job' is read here while
}

class Worker {
public:
  void add(Job *job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push(job);
    }
    wake_.notify_one();
    job->id = 3;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: '*job' is changed here while
  }
  void addNumbered(Job *job) {
    std::lock_guard lock(mutex_);
    jobs_.push(job);
    job->id = ++count_;
    wake_.notify_one();
  }

private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::queue<Job *> jobs_;
  int count_ = 0;
};

void right(std::unique_ptr<Job> job) {
  if (!owners.tryPush(std::move(job)))
    job->id = 1;
}
