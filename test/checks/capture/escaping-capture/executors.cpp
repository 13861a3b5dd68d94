// Pools whose tasks nobody waits for.
// RUN: %check_concord %s %t concord-escaping-capture
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

void use(int);
int work();

class ThreadPool {
public:
  explicit ThreadPool(int n);
  ~ThreadPool() {
    for (auto &worker : workers)
      worker.join();
  }
  template <class F> std::future<void> submit(F f) {
    auto task = std::make_shared<std::packaged_task<void()>>(std::move(f));
    auto result = task->get_future();
    std::lock_guard lock(mutex);
    tasks.push([task] { (*task)(); });
    return result;
  }
  void post(std::function<void()> f) {
    std::lock_guard lock(mutex);
    tasks.push(std::move(f));
  }
  void waitAll();

private:
  std::vector<std::thread> workers;
  std::queue<std::function<void()>> tasks;
  std::mutex mutex;
};

void dropped(ThreadPool &pool) {
  int local = work();
  pool.submit([&] { use(local); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: local 'local' is captured by reference in a task that can outlive it; capture it by value, or wait for the task
  pool.post([&local] { local = work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: local 'local' is captured by reference in a task that can outlive it; let the task own what it uses, or wait for it
  pool.post([local] { use(local); });
}

void neverAsked(ThreadPool &pool) {
  int local = work();
  auto result = pool.submit([&] { use(local); });
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: local 'local' is captured
}

int givesUp(ThreadPool &pool, int error) {
  int local = 0;
  auto result = pool.submit([&] { local = work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: local 'local' is captured by reference in a task that is still running when the timed wait gives up
  if (result.wait_for(std::chrono::seconds(1)) != std::future_status::ready)
    return error;
  return local;
}

void waits(ThreadPool &pool) {
  int local = work();
  auto result = pool.submit([&] { use(local); });
  result.get();
  pool.submit([&] { use(local); }).wait();
  pool.post([&] { use(local); });
  pool.waitAll();
}

void many(ThreadPool &pool) {
  std::vector<int> slots(8);
  std::vector<std::future<void>> results;
  for (int i = 0; i < 8; ++i)
    results.push_back(pool.submit([&slots, i] { slots[i] = work(); }));
  for (auto &result : results)
    result.get();
}

// The pool ends before the local does.
void ownPool() {
  int local = 0;
  ThreadPool pool(4);
  pool.post([&] { use(local); });
}

void poolDiesLast() {
  ThreadPool pool(4);
  std::string local;
  pool.post([&] { use(local.size()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: local 'local' is captured
}
