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
  // CHECK: 'M' is absl::Mutex: mutex (exclusive shared)
  absl::Mutex M;
  // CHECK: lock absl::Mutex on 'M', blocks
  M.Lock();
  // CHECK: unlock absl::Mutex on 'M'
  M.Unlock();
  // CHECK: lock-shared absl::Mutex on 'M', blocks
  M.ReaderLock();
  // CHECK: unlock-shared absl::Mutex on 'M'
  M.ReaderUnlock();
  // CHECK: try-lock absl::Mutex on 'M' [
  if (M.TryLock())
    M.Unlock();
  // CHECK: lock-when absl::Mutex on 'M' predicate 'absl::Condition(&Ready)', blocks
  M.LockWhen(absl::Condition(&Ready));
  // CHECK: await-condition absl::Mutex on 'M' predicate 'absl::Condition(&Ready)', blocks
  M.Await(absl::Condition(&Ready));
  // CHECK: assert-held absl::Mutex on 'M'
  M.AssertHeld();
}

void guards(absl::Mutex &M) {
  // CHECK: 'A' is absl::MutexLock: guard (), guards
  // CHECK: lock absl::MutexLock on 'M', locks 'M', blocks
  absl::MutexLock A(&M);
  // CHECK: 'B' is absl::ReaderMutexLock: guard (), guards shared
  // CHECK: lock-shared absl::ReaderMutexLock on 'M', locks shared 'M', blocks
  absl::ReaderMutexLock B(&M);
  // CHECK: lock absl::WriterMutexLock on 'M', locks 'M', blocks
  absl::WriterMutexLock C(&M);
  // CHECK: lock absl::MutexLockMaybe on 'M', locks 'M', blocks
  absl::MutexLockMaybe D(&M);
  // CHECK: lock absl::ReleasableMutexLock on 'M', locks 'M', blocks
  absl::ReleasableMutexLock E(&M);
  // CHECK: unlock absl::ReleasableMutexLock on 'E'
  E.Release();
}

void waits(absl::Mutex &M, absl::CondVar &C) {
  // CHECK: condition-wait absl::CondVar on 'C' lock '&M', blocks
  C.Wait(&M);
  // CHECK: condition-wait absl::CondVar on 'C' lock '&M' timeout 'absl::Seconds(1)', blocks
  C.WaitWithTimeout(&M, absl::Seconds(1));
  // CHECK: notify-one absl::CondVar on 'C'
  C.Signal();
  // CHECK: notify-all absl::CondVar on 'C'
  C.SignalAll();
  // CHECK: 'N' is absl::Notification: event ()
  absl::Notification N;
  // CHECK: set absl::Notification on 'N'
  N.Notify();
  // CHECK: wait absl::Notification on 'N', blocks
  N.WaitForNotification();
  // CHECK: timed-wait absl::Notification on 'N' timeout
  N.WaitForNotificationWithTimeout(absl::Seconds(1));
  // CHECK: 'Counter' is absl::BlockingCounter: latch ()
  absl::BlockingCounter Counter(2);
  // CHECK: arrive absl::BlockingCounter on 'Counter'
  Counter.DecrementCount();
  // CHECK: wait absl::BlockingCounter on 'Counter', blocks
  Counter.Wait();
  auto *B = new absl::Barrier(2);
  // CHECK: arrive-and-wait absl::Barrier on 'B', blocks
  B->Block();
  // CHECK: 'O' is absl::once_flag: once-flag ()
  absl::once_flag O;
  // CHECK: call-once absl::once_flag on 'O' callable '[] {}'
  absl::call_once(O, [] {});
  // CHECK: sleep, blocks
  absl::SleepFor(absl::Seconds(1));
}
