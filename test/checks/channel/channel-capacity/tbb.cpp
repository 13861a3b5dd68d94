// REQUIRES: tbb
// RUN: %check_concord %s %t concord-channel-capacity

// The capacity is set after the construction.
#include <tbb/concurrent_queue.h>

struct Options {
  int capacity;
};

void set(const Options &options) {
  tbb::concurrent_bounded_queue<int> jobs;
  jobs.set_capacity(30);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: capacity 30 of channel 'tbb::concurrent_bounded_queue' is
  jobs.set_capacity(1);
  jobs.set_capacity(options.capacity);
  tbb::concurrent_queue<int> unbounded;
}
