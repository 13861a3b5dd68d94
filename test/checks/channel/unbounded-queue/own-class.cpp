// RUN: %check_concord %s %t concord-unbounded-queue --std=c++17,c++20,c++23
// RUN: %if libc++ %{ %check_concord %s %t concord-unbounded-queue -- -stdlib=libc++ %}

// A container behind a mutex and a condition variable.
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <queue>
#include <stack>
#include <thread>
#include <vector>

template <typename T> class Queue {
public:
  void push(T value) {
    std::lock_guard<std::mutex> lock(mutex_);
    items_.push(std::move(value));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'items_' grows without a bound if its receivers are slower than its senders; wait or refuse when it is full [concord-unbounded-queue]
    // CHECK-MESSAGES: :[[@LINE+13]]:17: note: the queue is declared here
    filled_.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    filled_.wait(lock, [this] { return !items_.empty(); });
    T value = std::move(items_.front());
    items_.pop();
    return value;
  }

private:
  std::mutex mutex_;
  std::queue<T> items_;
  std::condition_variable filled_;
};
template class Queue<int>;

// No method takes out: the worker does.
class Pool {
public:
  void submit(std::function<void()> task) {
    {
      std::lock_guard lock(mutex);
      tasks.emplace_back(std::move(task));
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'tasks' grows without a bound
    }
    wake.notify_one();
  }
  void work() {
    std::unique_lock lock(mutex);
    wake.wait(lock, [this] { return !tasks.empty(); });
    auto task = std::move(tasks.front());
    tasks.pop_front();
    lock.unlock();
    task();
  }

private:
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> tasks;
};

class Waiting {
public:
  void push(int value) {
    std::unique_lock lock(mutex);
    drained.wait(lock, [this] { return items.size() < limit; });
    items.push_back(value);
    filled.notify_one();
  }
  int pop() {
    std::unique_lock lock(mutex);
    filled.wait(lock, [this] { return !items.empty(); });
    int value = items.front();
    items.pop_front();
    drained.notify_one();
    return value;
  }

private:
  static constexpr std::size_t limit = 8;
  std::mutex mutex;
  std::condition_variable filled, drained;
  std::list<int> items;
};

class Refusing {
public:
  bool push(int value) {
    std::lock_guard lock(mutex);
    if (items.size() >= 8)
      return false;
    items.push_back(value);
    filled.notify_one();
    return true;
  }
  int pop() {
    std::unique_lock lock(mutex);
    filled.wait(lock, [this] { return !items.empty(); });
    int value = items.front();
    items.pop_front();
    return value;
  }

private:
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<int> items;
};

// Free lists: last in, first out.
class Buffers {
public:
  void give(char *buffer) {
    std::lock_guard lock(mutex);
    deque.push_back(buffer);
    stack.push(buffer);
    given.notify_one();
  }
  char *take() {
    std::unique_lock lock(mutex);
    given.wait(lock, [this] { return !deque.empty(); });
    char *buffer = deque.back();
    deque.pop_back();
    return buffer;
  }

private:
  std::mutex mutex;
  std::condition_variable given;
  std::deque<char *> deque;
  std::stack<char *> stack;
};

// One function fills and drains it.
class Scan {
public:
  void run(int root) {
    std::unique_lock lock(mutex);
    pending.push(root);
    while (!pending.empty()) {
      int next = pending.front();
      pending.pop();
      if (next > 1)
        pending.push(next / 2);
    }
    done.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable done;
  std::queue<int> pending;
};
