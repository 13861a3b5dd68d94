// REQUIRES: boost-fiber
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 | FileCheck %s
#include <boost/fiber/all.hpp>

void fibers() {
  // CHECK: 'M' is boost::fibers::mutex: mutex (exclusive fiber)
  boost::fibers::mutex M;
  // CHECK: lock boost::fibers::mutex on 'M' [
  M.lock();
  // CHECK: 'C' is boost::fibers::condition_variable: condition-variable ()
  boost::fibers::condition_variable C;
  // CHECK: 'F' is boost::fibers::fiber: thread (fiber), destructor terminate
  // CHECK: launch boost::fibers::fiber callable '[] {}'
  boost::fibers::fiber F([] {});
  // CHECK: launch boost::fibers::fiber callable '[] {}'
  boost::fibers::fiber G(boost::fibers::launch::dispatch, [] {});
  // CHECK: detach boost::fibers::fiber on 'F'
  F.detach();
  // CHECK: launch callable '[] { return 1; }'
  auto R = boost::fibers::async([] { return 1; });
  // CHECK: sleep [
  boost::this_fiber::sleep_for(std::chrono::seconds(1));
}

void channels() {
  // CHECK: 'C' is boost::fibers::buffered_channel: channel (fiber), destructor closes, capacity constructor-argument
  boost::fibers::buffered_channel<int> C(2);
  // CHECK: send boost::fibers::buffered_channel on 'C' [
  C.push(1);
  int V;
  // CHECK: receive boost::fibers::buffered_channel on 'C' out 'V' [
  C.pop(V);
  // CHECK: receive boost::fibers::buffered_channel on 'C' [
  V = C.value_pop();
  // CHECK: timed-receive boost::fibers::buffered_channel on 'C' out 'V' timeout
  C.pop_wait_for(V, std::chrono::seconds(1));
  // CHECK: close boost::fibers::buffered_channel on 'C'
  C.close();
  // CHECK: 'U' is boost::fibers::unbuffered_channel: channel (fiber), capacity fixed
  boost::fibers::unbuffered_channel<int> U;
}
