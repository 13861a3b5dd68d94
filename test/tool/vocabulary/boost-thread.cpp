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
  // CHECK: 'M' is boost::mutex: mutex (exclusive)
  boost::mutex M;
  // CHECK: 'R' is boost::recursive_mutex: mutex (exclusive recursive)
  boost::recursive_mutex R;
  // CHECK: 'S' is boost::shared_mutex: mutex (exclusive shared timed upgrade)
  boost::shared_mutex S;
  // CHECK: 'A' is boost::unique_lock: guard (movable), guards
  // CHECK: lock boost::unique_lock on 'M', locks 'M', blocks
  boost::mutex::scoped_lock A(M);
  // CHECK: lock boost::lock_guard on 'M', locks 'M', blocks
  boost::lock_guard<boost::mutex> B(M);
  // CHECK: lock boost::unique_lock on 'M', defers 'M'
  boost::unique_lock<boost::mutex> C(M, boost::defer_lock);
  // CHECK: lock-shared boost::shared_lock on 'S', locks shared 'S', blocks
  boost::shared_lock<boost::shared_mutex> D(S);
  // CHECK: lock-upgrade boost::upgrade_lock on 'S', locks 'S', blocks
  boost::upgrade_lock<boost::shared_mutex> E(S);
  // CHECK: lock boost::upgrade_to_unique_lock on 'E'
  boost::upgrade_to_unique_lock<boost::shared_mutex> F(E);
  // CHECK: 'T' is boost::detail::try_lock_wrapper: guard (movable), guards
  boost::mutex::scoped_try_lock T(M);
  // CHECK: convert-lock boost::shared_mutex on 'S'
  S.unlock_upgrade_and_lock();
  // CHECK: 'V' is boost::condition_variable: condition-variable ()
  boost::condition_variable V;
  // CHECK: condition-wait boost::condition_variable on 'V' lock 'C', blocks
  V.wait(C);
  // CHECK: condition-wait boost::condition_variable on 'V' lock 'C' predicate '[] { return true; }', blocks
  V.wait(C, [] { return true; });
  // CHECK: notify-one boost::condition_variable on 'V'
  V.notify_one();
}

void threads() {
  // CHECK: 'T' is boost::thread: thread (), destructor detach-or-terminate
  // CHECK: launch boost::thread callable 'run'
  boost::thread T(run);
  // CHECK: join boost::thread on 'T', blocks
  T.join();
  const boost::thread::attributes Attributes;
  // CHECK: launch boost::thread callable 'run'
  boost::thread U(Attributes, run);
  // CHECK: timed-join boost::thread on 'U' timeout
  U.try_join_for(boost::chrono::seconds(1));
  // CHECK: interrupt boost::thread on 'U'
  U.interrupt();
  // CHECK: launch boost::scoped_thread callable '&run'
  boost::scoped_thread<> V(&run);
  // CHECK: adopt boost::thread_guard on 'T'
  boost::thread_guard<> W(T);
  // CHECK: 'G' is boost::thread_group: thread-group ()
  boost::thread_group G;
  // CHECK: launch boost::thread_group on 'G' callable 'run'
  G.create_thread(run);
  // CHECK: wait-all boost::thread_group on 'G', blocks
  G.join_all();
  // CHECK: 'F' is boost::future: future (), destructor block-if-async
  // CHECK: launch callable '[] { return 1; }'
  auto F = boost::async(boost::launch::async, [] { return 1; });
  // CHECK: get boost::future on 'F', blocks
  F.get();
  // CHECK: 'O' is boost::once_flag: once-flag ()
  static boost::once_flag O = BOOST_ONCE_INIT;
  // CHECK: call-once boost::once_flag on 'O' callable 'run'
  boost::call_once(O, run);
  // CHECK: sleep, blocks
  boost::this_thread::sleep_for(boost::chrono::seconds(1));
  // CHECK: 'L' is boost::latch: latch ()
  boost::latch L(2);
}

void queues() {
  // CHECK: 'Q' is boost::sync_queue: channel (), capacity none
  boost::sync_queue<int> Q;
  // CHECK: send boost::sync_queue on 'Q' [
  Q.push(1);
  // CHECK: receive boost::sync_queue on 'Q', blocks
  int V = Q.pull();
  // CHECK: receive boost::sync_queue on 'Q' out 'V', blocks
  Q.wait_pull(V);
  // CHECK: close boost::sync_queue on 'Q'
  Q.close();
  // CHECK: 'B' is boost::sync_bounded_queue: channel (), capacity constructor-argument
  boost::sync_bounded_queue<int> B(2);
  // CHECK: send boost::sync_bounded_queue on 'B', blocks
  B.push_back(1);
  // CHECK: try-receive boost::sync_bounded_queue on 'B' out 'V' [
  B.try_pull_front(V);
}
