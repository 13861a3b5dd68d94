// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-use-after-end --std=c++17
#include <boost/fiber/buffered_channel.hpp>

void late(boost::fibers::buffered_channel<int> &jobs) {
  jobs.push(1);
  jobs.close();
  jobs.push(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' is used here after it was closed; let the last sender close it, once
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was closed here
}

int drain(boost::fibers::buffered_channel<int> &jobs) {
  int job = 0;
  jobs.close();
  while (jobs.pop(job) == boost::fibers::channel_op_status::success)
    ;
  return job;
}

void oneOf(boost::fibers::buffered_channel<int> &jobs, bool last) {
  if (last) {
    jobs.close();
    return;
  }
  jobs.push(1);
}
