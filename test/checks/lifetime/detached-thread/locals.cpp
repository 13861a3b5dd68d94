// RUN: %check_concord %s %t concord-detached-thread --std=c++17,c++20,c++23

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

void work();
void use(int);
void fill(std::vector<int> &);
void print(const std::string &);

void captured() {
  std::queue<int> queue;
  std::thread poller([&queue] { queue.pop(); });
  poller.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'poller' is detached while it uses local 'queue' by reference; keep the handle and join it before 'queue' dies [concord-detached-thread]
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE-5]]:19: note: 'queue' is declared here
}

void temporary(int n) {
  std::thread([&] { use(n); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: thread is detached while it uses local 'n' by reference; keep the handle and join it before 'n' dies [concord-detached-thread]
}

void byRef() {
  std::vector<int> values;
  std::thread filler(fill, std::ref(values));
  filler.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'filler' is detached while it uses local 'values' by reference
}

void byPointer() {
  int result = 0;
  std::thread([p = &result] { *p = 1; }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: thread is detached while it uses local 'result' by pointer
}

void elements() {
  int total = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&total] { ++total; });
  for (auto &thread : threads)
    thread.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: a thread in 'threads' is detached while it uses local 'total' by reference
}

void timedOut() {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  std::thread worker([&promise] { promise.set_value(1); });
  worker.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'worker' is detached while it uses local 'promise' by reference
  if (future.wait_for(std::chrono::seconds(1)) == std::future_status::ready)
    use(future.get());
}

// Right.

void joined() {
  int n = 0;
  std::thread worker([&n] { ++n; });
  worker.join();
}

void owns(std::string text) {
  std::thread(print, text).detach();
  std::thread([text] { print(text); }).detach();
  auto shared = std::make_shared<int>(1);
  std::thread([shared] { use(*shared); }).detach();
  std::thread(work).detach();
}

int global;

void staticStorage() {
  static int counter = 0;
  std::thread([&] {
    ++counter;
    ++global;
  }).detach();
}

void outlives(std::vector<int> &values) {
  std::thread([&values] { fill(values); }).detach();
}

void waitsByPromise() {
  int result = 0;
  std::promise<void> promise;
  std::future<void> done = promise.get_future();
  std::thread([&] {
    result = 1;
    promise.set_value();
  }).detach();
  done.wait();
  use(result);
}

void waitsByCondition() {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  std::thread([&] {
    std::lock_guard<std::mutex> lock(mutex);
    done = true;
    changed.notify_one();
  }).detach();
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [&] { return done; });
}

void waitsByFlag() {
  std::atomic<bool> done{false};
  std::thread([&] { done = true; }).detach();
  while (!done)
    std::this_thread::yield();
}

void joinOrDetach(bool wait) {
  auto state = std::make_shared<int>(0);
  std::thread worker([state] { ++*state; });
  if (wait)
    worker.join();
  else
    worker.detach();
}

class Thread {
public:
  template <typename Function>
  explicit Thread(Function function) : thread_(function) {}
  void join() { thread_.join(); }
  void detach() { thread_.detach(); }

private:
  std::thread thread_;
};

struct Texture {
  void detach();
};

void otherDetach(Texture &texture) { texture.detach(); }
