// RUN: %check_concord %s %t concord-racy-capture --std=c++17,c++20,c++23

#include <mutex>
#include <thread>
#include <vector>

#define START(list, ...) list.emplace_back(__VA_ARGS__)

int count() {
  int hits = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    START(threads, [&] { ++hits; });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'hits' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE-2]]:11: note: this launch makes several tasks
  for (auto &thread : threads)
    thread.join();
  return hits;
}

int countLocked() {
  int hits = 0;
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    START(threads, [&] {
      std::lock_guard<std::mutex> guard(mutex);
      ++hits;
    });
  for (auto &thread : threads)
    thread.join();
  return hits;
}

template <typename T> void stillDependent(T start) {
  T sum = start;
  std::thread a([&] { sum += 1; });
  std::thread b([&] { sum += 1; });
  a.join();
  b.join();
}
