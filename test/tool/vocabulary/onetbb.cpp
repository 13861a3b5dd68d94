// REQUIRES: tbb
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 -DTBB_PREVIEW_MUTEXES=1 | FileCheck %s
#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/rw_mutex.h>
#include <tbb/collaborative_call_once.h>
#include <tbb/concurrent_priority_queue.h>
#include <tbb/concurrent_queue.h>
#include <tbb/concurrent_map.h>
#include <tbb/concurrent_unordered_map.h>
#include <tbb/flow_graph.h>
#include <tbb/null_rw_mutex.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_reduce.h>
#include <tbb/queuing_mutex.h>
#include <tbb/queuing_rw_mutex.h>
#include <tbb/spin_mutex.h>
#include <tbb/spin_rw_mutex.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

void mutexes() {
  // CHECK-DAG: 'A' is tbb::mutex: mutex (exclusive)
  tbb::mutex A;
  // CHECK-DAG: 'B' is tbb::rw_mutex: mutex (exclusive shared)
  oneapi::tbb::rw_mutex B;
  // CHECK-DAG: 'C' is tbb::spin_mutex: mutex (exclusive spin)
  tbb::spin_mutex C;
  // CHECK-DAG: 'D' is tbb::spin_rw_mutex: mutex (exclusive shared spin)
  tbb::spin_rw_mutex D;
  // CHECK-DAG: 'E' is tbb::queuing_mutex: mutex (exclusive)
  tbb::queuing_mutex E;
  // CHECK-DAG: 'F' is tbb::queuing_rw_mutex: mutex (exclusive shared)
  tbb::queuing_rw_mutex F;
  // CHECK-DAG: 'G' is tbb::null_mutex: mutex (exclusive null)
  tbb::null_mutex G;
  // CHECK-DAG: 'S' is tbb::{{speculative_spin_mutex|spin_mutex}}: mutex (exclusive spin)
  tbb::speculative_spin_mutex S;
  // CHECK-DAG: lock tbb::mutex on 'A', blocks
  A.lock();
  // CHECK-DAG: unlock tbb::mutex on 'A'
  A.unlock();
  // CHECK-DAG: lock-shared tbb::spin_rw_mutex on 'D', blocks
  D.lock_shared();
  // CHECK-DAG: 'L' is tbb::unique_scoped_lock: guard (), guards
  // CHECK-DAG: lock tbb::unique_scoped_lock on 'A', locks 'A', blocks
  tbb::mutex::scoped_lock L(A);
  // CHECK-DAG: unlock tbb::unique_scoped_lock on 'L'
  L.release();
  // CHECK-DAG: lock tbb::unique_scoped_lock on 'L' lock 'A', blocks
  L.acquire(A);
  // CHECK-DAG: lock tbb::queuing_mutex::scoped_lock on 'E', locks 'E', blocks
  tbb::queuing_mutex::scoped_lock Q(E);
  // CHECK-DAG: lock tbb::rw_scoped_lock on 'D', locks 'D', blocks
  tbb::spin_rw_mutex::scoped_lock W(D, true);
  // CHECK-DAG: lock tbb::rw_scoped_lock on 'D', locks shared 'D', blocks
  tbb::spin_rw_mutex::scoped_lock R(D, false);
  // CHECK-DAG: convert-lock tbb::rw_scoped_lock on 'R'
  R.upgrade_to_writer();
  // CHECK-DAG: none tbb::unique_scoped_lock, empty
  tbb::spin_mutex::scoped_lock Nothing;
}

void queues() {
  // CHECK-DAG: 'Q' is tbb::concurrent_queue: channel (), capacity none
  tbb::concurrent_queue<int> Q;
  // CHECK-DAG: send tbb::concurrent_queue on 'Q' [
  Q.push(1);
  int V;
  // CHECK-DAG: try-receive tbb::concurrent_queue on 'Q' out 'V' [
  Q.try_pop(V);
  // CHECK-DAG: 'B' is tbb::concurrent_bounded_queue: channel (), capacity member
  tbb::concurrent_bounded_queue<int> B;
  // CHECK-DAG: set-capacity tbb::concurrent_bounded_queue on 'B'
  B.set_capacity(4);
  // CHECK-DAG: send tbb::concurrent_bounded_queue on 'B', blocks
  B.push(1);
  // CHECK-DAG: receive tbb::concurrent_bounded_queue on 'B' out 'V', blocks
  B.pop(V);
  // CHECK-DAG: abort tbb::concurrent_bounded_queue on 'B'
  B.abort();
  // CHECK-DAG: 'P' is tbb::concurrent_priority_queue: channel (), capacity none
  tbb::concurrent_priority_queue<int> P;
  // CHECK-DAG: 'M' is tbb::concurrent_map: concurrent-map ()
  tbb::concurrent_map<int, int> M;
  // CHECK-DAG: 'U' is tbb::concurrent_unordered_map: concurrent-map ()
  tbb::concurrent_unordered_map<int, int> U;
}

void tasks() {
  // CHECK-DAG: 'G' is tbb::task_group: executor task-group (), destructor throw
  tbb::task_group G;
  // CHECK-DAG: launch tbb::task_group on 'G' callable '[] {}'
  G.run([] {});
  // CHECK-DAG: wait-all tbb::task_group on 'G', blocks
  G.wait();
  // CHECK-DAG: parallel tbb::task_group on 'G' callable '[] {}'
  G.run_and_wait([] {});
  // CHECK-DAG: 'A' is tbb::task_arena: executor (), destructor no-wait
  tbb::task_arena A;
  // CHECK-DAG: parallel tbb::task_arena on 'A' callable '[] {}'
  A.execute([] {});
  // CHECK-DAG: launch tbb::task_arena on 'A' callable '[] {}'
  A.enqueue([] {});
  // CHECK-DAG: parallel callable '[](int) {}'
  tbb::parallel_for(0, 10, [](int) {});
  // CHECK-DAG: parallel callable '[] { return 1; }' callable '[] { return 2; }'
  tbb::parallel_invoke([] { return 1; }, [] { return 2; });
  // CHECK-DAG: 'F' is tbb::flow::graph: executor scheduler ()
  tbb::flow::graph F;
  // CHECK-DAG: wait-all tbb::flow::graph on 'F', blocks
  F.wait_for_all();
  // CHECK-DAG: 'O' is tbb::collaborative_once_flag: once-flag ()
  tbb::collaborative_once_flag O;
  // CHECK-DAG: call-once tbb::collaborative_once_flag on 'O' callable '[] {}'
  tbb::collaborative_call_once(O, [] {});
}
