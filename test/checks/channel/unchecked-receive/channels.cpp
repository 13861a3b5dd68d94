// REQUIRES: boost-fiber, tbb
// RUN: %check_concord %s %t concord-unchecked-receive --std=c++17 -- -Wno-unused-result
#include <boost/fiber/buffered_channel.hpp>
#include <tbb/concurrent_queue.h>

void process(int);

void endless(boost::fibers::buffered_channel<int> &jobs) {
  int job = 0;
  while (true) {
    jobs.pop(job);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this receive may give nothing, and nobody tests whether it did; test its result before the value is used [concord-unchecked-receive]
    // CHECK-MESSAGES: :[[@LINE+1]]:13: note: this relies on its success
    process(job);
  }
}

int tried(tbb::concurrent_queue<int> &queue) {
  int value = 0;
  queue.try_pop(value);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this receive may give nothing
  // CHECK-MESSAGES: :[[@LINE+1]]:10: note: this relies
  return value;
}

void right(boost::fibers::buffered_channel<int> &jobs,
           tbb::concurrent_queue<int> &queue) {
  int job = 0;
  while (jobs.pop(job) == boost::fibers::channel_op_status::success)
    process(job);
  for (int each : jobs)
    process(each);
  const auto status = jobs.try_pop(job);
  if (status == boost::fibers::channel_op_status::success)
    process(job);
  process(jobs.value_pop()); // throws
  if (queue.try_pop(job))
    process(job);
  int last = -1;
  queue.try_pop(last);
  if (last >= 0)
    process(last);
}
