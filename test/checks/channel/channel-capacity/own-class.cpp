// RUN: %check_concord %s %t concord-channel-capacity --std=c++17,c++20,c++23

// A class that is a channel by what it holds; its bound is a parameter.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>

template <typename T> class BoundedQueue {
public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}
  void push(T value) {
    std::unique_lock<std::mutex> lock(mutex_);
    drained_.wait(lock, [this] { return items_.size() < capacity_; });
    items_.push_back(std::move(value));
    filled_.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    filled_.wait(lock, [this] { return !items_.empty(); });
    T value = std::move(items_.front());
    items_.pop_front();
    drained_.notify_one();
    return value;
  }

private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable filled_, drained_;
  std::deque<T> items_;
};

template <typename T, std::size_t MaxSize> class FixedQueue {
public:
  bool push(T value) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (items_.size() == MaxSize)
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

constexpr std::size_t waitingOrders = 8;

struct Shop {
  BoundedQueue<int> one{1};
  BoundedQueue<int> named{waitingOrders};
  BoundedQueue<int> orders{64};
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: capacity 64 of channel 'BoundedQueue' is a number that nothing explains
  FixedQueue<int, 1> last;
  FixedQueue<int, 100> bills;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: capacity 100 of channel 'FixedQueue'
};

void run() {
  BoundedQueue<int> jobs(30);
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: capacity 30 of channel
  jobs.push(1);
}
