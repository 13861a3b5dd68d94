// REQUIRES: boost-fiber
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 | FileCheck %s
#include <boost/fiber/all.hpp>

void fibers() {
  // CHECK-DAG: 'M' is boost::fibers::mutex: mutex (exclusive fiber)
  boost::fibers::mutex M;
  // CHECK-DAG: lock boost::fibers::mutex on 'M' [
  M.lock();
  // CHECK-DAG: 'C' is boost::fibers::condition_variable: condition-variable ()
  boost::fibers::condition_variable C;
  // CHECK-DAG: 'F' is boost::fibers::fiber: thread (fiber), destructor terminate
  // CHECK-DAG: launch boost::fibers::fiber callable '[] {}'
  boost::fibers::fiber F([] {});
  // CHECK-DAG: launch boost::fibers::fiber callable '[] {}'
  boost::fibers::fiber G(boost::fibers::launch::dispatch, [] {});
  // CHECK-DAG: detach boost::fibers::fiber on 'F'
  F.detach();
  // CHECK-DAG: launch callable '[] { return 1; }'
  auto R = boost::fibers::async([] { return 1; });
  // CHECK-DAG: sleep [
  boost::this_fiber::sleep_for(std::chrono::seconds(1));
}

void channels() {
  // CHECK-DAG: 'C' is boost::fibers::buffered_channel: channel (fiber), destructor closes, capacity constructor-argument
  boost::fibers::buffered_channel<int> C(2);
  // CHECK-DAG: send boost::fibers::buffered_channel on 'C' [
  C.push(1);
  int V;
  // CHECK-DAG: receive boost::fibers::buffered_channel on 'C' out 'V' [
  C.pop(V);
  // CHECK-DAG: receive boost::fibers::buffered_channel on 'C' [
  V = C.value_pop();
  // CHECK-DAG: timed-receive boost::fibers::buffered_channel on 'C' out 'V' timeout
  C.pop_wait_for(V, std::chrono::seconds(1));
  // CHECK-DAG: close boost::fibers::buffered_channel on 'C'
  C.close();
  // CHECK-DAG: 'U' is boost::fibers::unbuffered_channel: channel (fiber), capacity fixed
  boost::fibers::unbuffered_channel<int> U;
}
