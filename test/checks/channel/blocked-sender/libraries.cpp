// RUN: %check_concord %s %t concord-blocked-sender
// REQUIRES: boost-fiber, tbb

#include <boost/fiber/all.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <tbb/concurrent_queue.h>
#include <thread>
#include <vector>

int work();

int unbuffered() {
  boost::fibers::unbuffered_channel<int> results;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&results] { results.push(work()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 3 tasks send to 'results', which has room for 0 and from which 1 value is received
  return results.value_pop();
}

int closes() {
  boost::fibers::unbuffered_channel<int> results;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&results] { results.push(work()); });
  const int first = results.value_pop();
  results.close();
  return first;
}

int bounded() {
  boost::sync_bounded_queue<int> results(2);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&results] { results.push_back(work()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 4 tasks send to 'results', which has room for 2
  int value = 0;
  results.pull_front(value);
  return value;
}

int tbbBounded(const std::vector<int> &numbers) {
  tbb::concurrent_bounded_queue<int> results;
  results.set_capacity(1);
  std::vector<std::thread> threads;
  for (const int number : numbers)
    threads.emplace_back([&results, number] { results.push(number); });
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: a task for each round of this loop sends to 'results', which has room for 1
  int value = 0;
  results.pop(value);
  return value;
}

int tbbUnbounded(const std::vector<int> &numbers) {
  tbb::concurrent_bounded_queue<int> results;
  std::vector<std::thread> threads;
  for (const int number : numbers)
    threads.emplace_back([&results, number] { results.push(number); });
  int value = 0;
  results.pop(value);
  return value;
}
