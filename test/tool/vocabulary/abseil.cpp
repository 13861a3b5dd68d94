// REQUIRES: abseil
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 | FileCheck %s
#include <absl/base/call_once.h>
#include <absl/synchronization/barrier.h>
#include <absl/synchronization/blocking_counter.h>
#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>
#include <absl/time/clock.h>

bool Ready;

void mutexes() {
  // CHECK-DAG: 'M' is absl::Mutex: mutex (exclusive shared)
  absl::Mutex M;
  // CHECK-DAG: lock absl::Mutex on 'M', blocks
  M.Lock();
  // CHECK-DAG: unlock absl::Mutex on 'M'
  M.Unlock();
  // CHECK-DAG: lock-shared absl::Mutex on 'M', blocks
  M.ReaderLock();
  // CHECK-DAG: unlock-shared absl::Mutex on 'M'
  M.ReaderUnlock();
  // CHECK-DAG: try-lock absl::Mutex on 'M' [
  if (M.TryLock())
    M.Unlock();
  // CHECK-DAG: lock-when absl::Mutex on 'M' predicate 'absl::Condition(&Ready)', blocks
  M.LockWhen(absl::Condition(&Ready));
  // CHECK-DAG: await-condition absl::Mutex on 'M' predicate 'absl::Condition(&Ready)', blocks
  M.Await(absl::Condition(&Ready));
  // CHECK-DAG: assert-held absl::Mutex on 'M'
  M.AssertHeld();
}

void guards(absl::Mutex &M) {
  // CHECK-DAG: 'A' is absl::MutexLock: guard (), guards
  // CHECK-DAG: lock absl::MutexLock on 'M', locks 'M', blocks
  absl::MutexLock A(&M);
  // CHECK-DAG: 'B' is absl::ReaderMutexLock: guard (), guards shared
  // CHECK-DAG: lock-shared absl::ReaderMutexLock on 'M', locks shared 'M', blocks
  absl::ReaderMutexLock B(&M);
  // CHECK-DAG: lock absl::WriterMutexLock on 'M', locks 'M', blocks
  absl::WriterMutexLock C(&M);
  // CHECK-DAG: lock absl::MutexLockMaybe on 'M', locks 'M', blocks
  absl::MutexLockMaybe D(&M);
  // CHECK-DAG: lock absl::ReleasableMutexLock on 'M', locks 'M', blocks
  absl::ReleasableMutexLock E(&M);
  // CHECK-DAG: unlock absl::ReleasableMutexLock on 'E'
  E.Release();
}

void waits(absl::Mutex &M, absl::CondVar &C) {
  // CHECK-DAG: condition-wait absl::CondVar on 'C' lock '&M', blocks
  C.Wait(&M);
  // CHECK-DAG: condition-wait absl::CondVar on 'C' lock '&M' timeout 'absl::Seconds(1)', blocks
  C.WaitWithTimeout(&M, absl::Seconds(1));
  // CHECK-DAG: notify-one absl::CondVar on 'C'
  C.Signal();
  // CHECK-DAG: notify-all absl::CondVar on 'C'
  C.SignalAll();
  // CHECK-DAG: 'N' is absl::Notification: event ()
  absl::Notification N;
  // CHECK-DAG: set absl::Notification on 'N'
  N.Notify();
  // CHECK-DAG: wait absl::Notification on 'N', blocks
  N.WaitForNotification();
  // CHECK-DAG: timed-wait absl::Notification on 'N' timeout
  N.WaitForNotificationWithTimeout(absl::Seconds(1));
  // CHECK-DAG: 'Counter' is absl::BlockingCounter: latch ()
  absl::BlockingCounter Counter(2);
  // CHECK-DAG: arrive absl::BlockingCounter on 'Counter'
  Counter.DecrementCount();
  // CHECK-DAG: wait absl::BlockingCounter on 'Counter', blocks
  Counter.Wait();
  auto *B = new absl::Barrier(2);
  // CHECK-DAG: arrive-and-wait absl::Barrier on 'B', blocks
  B->Block();
  // CHECK-DAG: 'O' is absl::once_flag: once-flag ()
  absl::once_flag O;
  // CHECK-DAG: call-once absl::once_flag on 'O' callable '[] {}'
  absl::call_once(O, [] {});
  // CHECK-DAG: sleep, blocks
  absl::SleepFor(absl::Seconds(1));
}
