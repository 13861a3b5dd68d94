// RUN: %check_concord %s %t concord-function-channel --std=c++17,c++20,c++23
// RUN: %if libc++ %{ %check_concord %s %t concord-function-channel -- -stdlib=libc++ %}

// A map that one task owns, and functions that are sent to it.
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

template <typename T> class Channel {
public:
  void push(T value) {
    std::lock_guard<std::mutex> lock(mutex_);
    items_.push_back(std::move(value));
    filled_.notify_one();
  }
  std::optional<T> pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    filled_.wait(lock, [this] { return closed_ || !items_.empty(); });
    if (items_.empty())
      return std::nullopt;
    T value = std::move(items_.front());
    items_.pop_front();
    return value;
  }
  void close() {
    std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    filled_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<T> items_;
  bool closed_ = false;
};

using Map = std::map<std::string, int>;

class ConcurrentMap1 {
  using Request = std::function<void(Map &)>;

public:
  ~ConcurrentMap1() {
    requests.close();
    manager.join();
  }
  void update(std::string name, int value) {
    requests.push([name, value](Map &map) { map[name] = value; });
  }

private:
  void manage() {
    Map map;
    while (auto request = requests.pop())
      (*request)(map);
    // CHECK-MESSAGES: :[[@LINE+3]]:20: warning: 'requests' carries functions that one task runs on 'map', which is a mutex in disguise; guard 'map' by a mutex and change it in place [concord-function-channel]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{7|17}}: note: the received function runs here
  }
  Channel<Request> requests;
  std::thread manager{&ConcurrentMap1::manage, this};
};

// The state is a member, the functions are plain pointers, the queue is the
// class's own.
class Counter {
public:
  void post(void (*change)(long &)) {
    {
      std::lock_guard lock(mutex_);
      changes_.push(change);
    }
    wake_.notify_one();
  }
  void run() {
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return !changes_.empty(); });
      auto change = changes_.front();
      changes_.pop();
      lock.unlock();
      change(total_);
    }
  }

private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::queue<void (*)(long &)> changes_;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'changes_' carries functions that one task runs on 'total_'
  long total_ = 0;
};

class ConcurrentMap2 {
public:
  void update(const std::string &name, int value) {
    std::unique_lock lock(mutex);
    map[name] = value;
  }
  int read(const std::string &name) const {
    std::shared_lock lock(mutex);
    return map.at(name);
  }

private:
  mutable std::shared_mutex mutex;
  Map map;
};

// A pool: the functions bring all they need.
class Pool {
public:
  explicit Pool(unsigned size) {
    for (unsigned i = 0; i < size; ++i)
      workers.emplace_back([this] {
        while (auto task = tasks.pop())
          (*task)();
      });
  }
  ~Pool() {
    tasks.close();
    for (std::thread &worker : workers)
      worker.join();
  }

private:
  Channel<std::function<void()>> tasks;
  std::vector<std::thread> workers;
};

struct Context {
  std::string scratch;
};

// Several workers, each with a state of its own.
class ContextPool {
public:
  void start(unsigned size) {
    for (unsigned i = 0; i < size; ++i)
      workers.emplace_back([this] {
        Context context;
        while (auto task = tasks.pop())
          (*task)(context);
      });
  }

private:
  Channel<std::function<void(Context &)>> tasks;
  std::vector<std::thread> workers;
};

// What the functions get is new each time, or only looked at.
void handlers(Channel<std::function<void(Context &)>> &fresh,
              Channel<std::function<void(const Map &)>> &readers) {
  const Map map;
  while (auto handler = fresh.pop()) {
    Context context;
    (*handler)(context);
  }
  while (auto reader = readers.pop())
    (*reader)(map);
}
