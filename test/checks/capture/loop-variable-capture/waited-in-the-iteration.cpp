// Tasks that end before the loop goes on.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <future>
#include <latch>
#include <thread>
#include <vector>

void use(int);

void joined(int n) {
  for (int i = 0; i < n; ++i) {
    std::thread t([&] { use(i); });
    use(n);
    t.join();
  }
  for (int i = 0; i < n; ++i)
    std::thread([&] { use(i); }).join();
}

void joining(int n) {
  for (int i = 0; i < n; ++i)
    std::jthread t([&] { use(i); });
  for (int i = 0; i < n; ++i) {
    std::jthread t([&] { use(i); });
    use(n);
  }
}

void future(int n) {
  for (int i = 0; i < n; ++i) {
    auto result = std::async(std::launch::async, [&] { return i; });
    use(result.get());
  }
  for (int i = 0; i < n; ++i)
    std::async([&] { use(i); }).wait();
  // The destructor of the future waits.
  for (int i = 0; i < n; ++i)
    auto result = std::async(std::launch::async, [&] { use(i); });
}

// A batch per iteration.
void batches(int n) {
  for (int i = 0; i < n; ++i) {
    std::vector<std::thread> threads;
    for (int j = 0; j < 4; ++j)
      threads.emplace_back([&, j] { use(i + j); });
    for (auto &t : threads)
      t.join();
  }
}

void rendezvous(int n) {
  for (int i = 0; i < n; ++i) {
    std::latch done(1);
    std::thread([&] {
      use(i);
      done.count_down();
    }).detach();
    done.wait();
  }
}

void afterTheLoop(int n) {
  std::vector<std::future<void>> results;
  for (int i = 0; i < n; ++i)
    results.push_back(std::async(std::launch::async, [&] { use(i); }));
  // CHECK-MESSAGES: :[[@LINE-1]]:55: warning: loop variable 'i' is captured by reference in a task that may run after the iteration
  for (auto &result : results)
    result.get();
  for (int i = 0; i < n; ++i)
    results.emplace_back(std::async(std::launch::deferred, [&i] { use(i); }));
  // CHECK-MESSAGES: :[[@LINE-1]]:62: warning: loop variable 'i' is captured
  for (auto &result : results)
    result.get();
}

// Only one of the tasks is waited for.
void another(int n) {
  std::thread first;
  for (int i = 0; i < n; ++i) {
    std::thread t([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: loop variable 'i' is captured
    if (first.joinable())
      first.join();
    first = std::move(t);
  }
  first.join();
}
