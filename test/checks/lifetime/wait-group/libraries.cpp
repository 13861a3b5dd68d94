// RUN: %check_concord %s %t concord-wait-group
// REQUIRES: boost, abseil

#include <absl/synchronization/blocking_counter.h>
#include <boost/thread/barrier.hpp>
#include <boost/thread/latch.hpp>
#include <boost/thread/thread.hpp>
#include <thread>

bool prepare();

void boostLatch() {
  boost::latch done(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'done' is made for 2 arrivals, but there are 1
  boost::thread first([&] { done.count_down(); });
  done.wait();
  first.join();
}

void boostBarrier() {
  boost::barrier meeting(2);
  boost::thread first([&] {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody counts down 'meeting'
    meeting.wait();
  });
  meeting.wait();
  first.join();
}

void abslCounter() {
  absl::BlockingCounter counter(1);
  std::jthread first([&] {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody counts down 'counter'
    counter.DecrementCount();
  });
  counter.Wait();
}
