// REQUIRES: tbb, moodycamel
// RUN: %check_concord %s %t concord-unbounded-queue

// Queues of libraries that have no capacity.
#include <concurrentqueue/blockingconcurrentqueue.h>
#include <tbb/concurrent_queue.h>

#include <semaphore>
#include <thread>

struct Server {
  tbb::concurrent_queue<int> jobs;
  tbb::concurrent_bounded_queue<int> bounded;
  moodycamel::BlockingConcurrentQueue<int> log{100}; // a hint
  moodycamel::ConcurrentQueue<int> preallocated{100};
  tbb::concurrent_queue<int> tested, counted;
  std::counting_semaphore<8> places{8};

  void add(int job) {
    jobs.push(job);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'jobs' grows without a bound
    bounded.push(job);
    log.enqueue(job);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'log' grows without a bound
    if (!preallocated.try_enqueue(job))
      return;
  }
  void addIfRoom(int job) {
    if (tested.unsafe_size() < 100)
      tested.push(job);
  }
  void addToOne(int job) {
    places.acquire();
    counted.push(job);
  }
};

int alone() {
  tbb::concurrent_queue<int> queue;
  queue.push(1);
  int value = 0;
  return queue.try_pop(value) ? value : 0;
}

void betweenThreads() {
  tbb::concurrent_queue<int> queue;
  std::thread sender([&] {
    for (int i = 0; i < 100; ++i)
      queue.push(i);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'queue' grows without a bound
  });
  sender.join();
}
