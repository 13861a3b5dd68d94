// REQUIRES: boost
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 -DBOOST_THREAD_VERSION=4 -DBOOST_THREAD_PROVIDES_NESTED_LOCKS | FileCheck %s
#include <boost/thread.hpp>
#include <boost/thread/latch.hpp>
#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <boost/thread/sync_queue.hpp>
#include <boost/thread/thread_guard.hpp>

void run();

void locks() {
  // CHECK-DAG: 'M' is boost::mutex: mutex (exclusive)
  boost::mutex M;
  // CHECK-DAG: 'R' is boost::recursive_mutex: mutex (exclusive recursive)
  boost::recursive_mutex R;
  // CHECK-DAG: 'S' is boost::shared_mutex: mutex (exclusive shared timed upgrade)
  boost::shared_mutex S;
  // CHECK-DAG: 'A' is boost::unique_lock: guard (movable), guards
  // CHECK-DAG: lock boost::unique_lock on 'M', locks 'M', blocks
  boost::mutex::scoped_lock A(M);
  // CHECK-DAG: lock boost::lock_guard on 'M', locks 'M', blocks
  boost::lock_guard<boost::mutex> B(M);
  // CHECK-DAG: lock boost::unique_lock on 'M', defers 'M'
  boost::unique_lock<boost::mutex> C(M, boost::defer_lock);
  // CHECK-DAG: lock-shared boost::shared_lock on 'S', locks shared 'S', blocks
  boost::shared_lock<boost::shared_mutex> D(S);
  // CHECK-DAG: lock-upgrade boost::upgrade_lock on 'S', locks 'S', blocks
  boost::upgrade_lock<boost::shared_mutex> E(S);
  // CHECK-DAG: lock boost::upgrade_to_unique_lock on 'E'
  boost::upgrade_to_unique_lock<boost::shared_mutex> F(E);
  // CHECK-DAG: 'T' is boost::detail::try_lock_wrapper: guard (movable), guards
  boost::mutex::scoped_try_lock T(M);
  // CHECK-DAG: convert-lock boost::shared_mutex on 'S'
  S.unlock_upgrade_and_lock();
  // CHECK-DAG: 'V' is boost::condition_variable: condition-variable ()
  boost::condition_variable V;
  // CHECK-DAG: condition-wait boost::condition_variable on 'V' lock 'C', blocks
  V.wait(C);
  // CHECK-DAG: condition-wait boost::condition_variable on 'V' lock 'C' predicate '[] { return true; }', blocks
  V.wait(C, [] { return true; });
  // CHECK-DAG: notify-one boost::condition_variable on 'V'
  V.notify_one();
}

void threads() {
  // CHECK-DAG: 'T' is boost::thread: thread (), destructor detach-or-terminate
  // CHECK-DAG: launch boost::thread callable 'run'
  boost::thread T(run);
  // CHECK-DAG: join boost::thread on 'T', blocks
  T.join();
  const boost::thread::attributes Attributes;
  // CHECK-DAG: launch boost::thread callable 'run'
  boost::thread U(Attributes, run);
  // CHECK-DAG: timed-join boost::thread on 'U' timeout
  U.try_join_for(boost::chrono::seconds(1));
  // CHECK-DAG: interrupt boost::thread on 'U'
  U.interrupt();
  // CHECK-DAG: launch boost::scoped_thread callable '&run'
  boost::scoped_thread<> V(&run);
  // CHECK-DAG: adopt boost::thread_guard on 'T'
  boost::thread_guard<> W(T);
  // CHECK-DAG: 'G' is boost::thread_group: thread-group ()
  boost::thread_group G;
  // CHECK-DAG: launch boost::thread_group on 'G' callable 'run'
  G.create_thread(run);
  // CHECK-DAG: wait-all boost::thread_group on 'G', blocks
  G.join_all();
  // CHECK-DAG: 'F' is boost::future: future (), destructor block-if-async
  // CHECK-DAG: launch callable '[] { return 1; }'
  auto F = boost::async(boost::launch::async, [] { return 1; });
  // CHECK-DAG: get boost::future on 'F', blocks
  F.get();
  // CHECK-DAG: 'O' is boost::once_flag: once-flag ()
  static boost::once_flag O = BOOST_ONCE_INIT;
  // CHECK-DAG: call-once boost::once_flag on 'O' callable 'run'
  boost::call_once(O, run);
  // CHECK-DAG: sleep, blocks
  boost::this_thread::sleep_for(boost::chrono::seconds(1));
  // CHECK-DAG: 'L' is boost::latch: latch ()
  boost::latch L(2);
}

void queues() {
  // CHECK-DAG: 'Q' is boost::sync_queue: channel (), capacity none
  boost::sync_queue<int> Q;
  // CHECK-DAG: send boost::sync_queue on 'Q' [
  Q.push(1);
  // CHECK-DAG: receive boost::sync_queue on 'Q', blocks
  int V = Q.pull();
  // CHECK-DAG: receive boost::sync_queue on 'Q' out 'V', blocks
  Q.wait_pull(V);
  // CHECK-DAG: close boost::sync_queue on 'Q'
  Q.close();
  // CHECK-DAG: 'B' is boost::sync_bounded_queue: channel (), capacity constructor-argument
  boost::sync_bounded_queue<int> B(2);
  // CHECK-DAG: send boost::sync_bounded_queue on 'B', blocks
  B.push_back(1);
  // CHECK-DAG: try-receive boost::sync_bounded_queue on 'B' out 'V' [
  B.try_pull_front(V);
}
