// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-channel-capacity

// One place per write explains the number.
#include <boost/fiber/buffered_channel.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <thread>
#include <vector>

using Queue = boost::sync_bounded_queue<int>;
using Numbers = boost::fibers::buffered_channel<int>;

int work(int item);

void onePerWorker() {
  Queue results(10);
  std::vector<std::thread> workers;
  for (int i = 0; i < 10; ++i)
    workers.emplace_back([&results, i] { results.push(work(i)); });
  for (auto &worker : workers)
    worker.join();
}

void powerOfTwo() {
  Numbers results(16); // the smallest that holds ten
  std::vector<std::thread> workers;
  for (int i = 1; i <= 10; i++)
    workers.emplace_back([&results, i] { results.push(work(i)); });
  for (auto &worker : workers)
    worker.join();
}

void oneAfterTheOther() {
  Queue results(3);
  std::thread a([&results] { results.push(work(1)); });
  std::thread b([&results] { results.push(work(2)); });
  std::thread c([&results] { results.push(work(3)); });
  a.join();
  b.join();
  c.join();
}

void overAnArray() {
  const int items[] = {3, 1, 4, 1, 5};
  Queue results(5);
  std::vector<std::thread> workers;
  for (int item : items)
    workers.emplace_back([&results, item] { results.push(work(item)); });
  for (auto &worker : workers)
    worker.join();
}

void filledFirst() {
  Queue places(4);
  for (int i = 0; i < 4; ++i)
    places.push(i);
}

void anotherNumber() {
  Queue results(20);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capacity 20 of channel
  std::vector<std::thread> workers;
  for (int i = 0; i < 10; ++i)
    workers.emplace_back([&results, i] { results.push(work(i)); });
  for (auto &worker : workers)
    worker.join();
}

void unknownNumber(int count) {
  Queue results(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capacity 10 of channel
  std::vector<std::thread> workers;
  for (int i = 0; i < count; ++i)
    workers.emplace_back([&results, i] { results.push(work(i)); });
  for (auto &worker : workers)
    worker.join();
}
