// The callable has a name before it is launched.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <vector>

void use(int);

void lambdas(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    auto work = [&i] { use(i); };
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: loop variable 'i' is captured by reference in a task that may run after the iteration; capture it by value
    threads.emplace_back(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: note: the task is launched here
    const auto copy = [i] { use(i); };
    threads.emplace_back(copy);
    std::function<void()> wrapped = [&] { use(i); };
    // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: loop variable 'i' is captured
    threads.emplace_back(std::move(wrapped));
  }
  for (auto &t : threads)
    t.join();
}

void packagedTasks(int n) {
  std::vector<std::thread> threads;
  std::vector<std::future<int>> results;
  for (int i = 0; i < n; ++i) {
    std::packaged_task<int()> task([&i] { return i; });
    // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: loop variable 'i' is captured
    results.push_back(task.get_future());
    threads.emplace_back(std::move(task));
    auto shared = std::make_shared<std::packaged_task<int()>>([&i] { return i; });
    // CHECK-MESSAGES: :[[@LINE-1]]:65: warning: loop variable 'i' is captured
    results.push_back(shared->get_future());
    threads.emplace_back([shared] { (*shared)(); });
  }
  for (auto &t : threads)
    t.join();
}

// A callable that another one captures.
void capturedCallables(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    auto inner = [&i] { use(i); };
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: loop variable 'i' is captured
    threads.emplace_back([inner] { inner(); });
  }
  for (auto &t : threads)
    t.join();
}

// Called where it stands.
void called(int n) {
  for (int i = 0; i < n; ++i) {
    auto work = [&i] { use(i); };
    work();
    std::function<void()> wrapped = work;
    wrapped();
  }
}
