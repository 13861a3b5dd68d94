// Pools and other executors.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

void use(int);

// A pool whose code is seen.
class ThreadPool {
public:
  template <class F, class... Args>
  auto enqueue(F &&f, Args &&...args)
      -> std::future<std::invoke_result_t<F, Args...>> {
    using R = std::invoke_result_t<F, Args...>;
    auto task = std::make_shared<std::packaged_task<R()>>(
        std::bind(std::forward<F>(f), std::forward<Args>(args)...));
    std::future<R> result = task->get_future();
    {
      std::lock_guard<std::mutex> lock(mutex);
      tasks.emplace([task]() { (*task)(); });
    }
    ready.notify_one();
    return result;
  }
  void post(std::function<void()> f) {
    std::lock_guard<std::mutex> lock(mutex);
    tasks.push(std::move(f));
  }
  template <class F> void forEach(int n, F f) {
    for (int i = 0; i < n; ++i)
      f(i);
  }
  ~ThreadPool();

private:
  std::vector<std::thread> workers;
  std::queue<std::function<void()>> tasks;
  std::mutex mutex;
  std::condition_variable ready;
};

void ownPool(ThreadPool &pool, int n) {
  std::vector<std::future<void>> results;
  for (int i = 0; i < n; ++i) {
    results.push_back(pool.enqueue([&] { use(i); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: loop variable 'i' is captured by reference in a task that may run after the iteration; capture it by value
    results.push_back(pool.enqueue([i] { use(i); }));
    pool.post([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: loop variable 'i' is captured
    pool.enqueue([](int &k) { use(k); }, std::ref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: loop variable 'i' is passed
  }
  for (auto &result : results)
    result.get();
}

void waitsForEach(ThreadPool &pool, int n) {
  for (int i = 0; i < n; ++i)
    pool.enqueue([&] { use(i); }).get();
  for (int i = 0; i < n; ++i) {
    auto result = pool.enqueue([&] { use(i); });
    use(n);
    result.wait();
  }
}

// Called, not launched.
void synchronous(ThreadPool &pool, std::vector<int> &numbers) {
  for (int i = 0; i < 4; ++i) {
    pool.forEach(i, [&](int k) { use(i + k); });
    std::for_each(numbers.begin(), numbers.end(), [&](int &k) { k += i; });
    std::sort(numbers.begin(), numbers.end(), [&](int a, int b) { return a % (i + 1) < b; });
  }
}

// A pool whose code is elsewhere: its name and that of the function tell.
class WorkerPool {
public:
  void submit(std::function<void()> f);
  void submitAndWait(std::function<void()> f);
  void setCallback(std::function<void()> f);
};

void hiddenPool(WorkerPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    pool.submit([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: loop variable 'i' is captured
  }
  for (int i = 0; i < n; ++i) {
    pool.submitAndWait([&i] { use(i); });
    pool.setCallback([&i] { use(i); });
  }
}

// The members tell.
class Service {
public:
  void schedule(std::function<void()> f);

private:
  std::thread worker;
};

class Form {
public:
  void submit(std::function<void()> f);
};

void byMembers(Service &service, Form &form, int n) {
  for (int i = 0; i < n; ++i) {
    service.schedule([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: loop variable 'i' is captured
    form.submit([&i] { use(i); });
  }
}

// A helper that launches, and one that only calls.
template <class F> std::thread start(F f) { return std::thread(std::move(f)); }
template <class F> void inBackground(F &&f) {
  std::thread(std::forward<F>(f)).detach();
}
template <class F> void twice(F f) {
  f();
  f();
}

void helpers(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.push_back(start([&i] { use(i); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: loop variable 'i' is captured
    inBackground([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: loop variable 'i' is captured
    twice([&i] { use(i); });
  }
  for (auto &t : threads)
    t.join();
}
