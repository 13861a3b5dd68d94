// RUN: %check_concord %s %t concord-busy-wait -- %qt6
// REQUIRES: qt6, boost, moodycamel

#include <QAtomicInt>
#include <QMutex>
#include <QThread>
#include <boost/atomic.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <boost/thread.hpp>
#include <concurrentqueue/concurrentqueue.h>

void qt(QAtomicInt &pending, QMutex &mutex) {
  while (pending.loadAcquire() > 0)
    QThread::msleep(10);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'pending' again and again and wakes up for nothing
  while (!mutex.tryLock())
    QThread::yieldCurrentThread();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'mutex'
  mutex.unlock();
}

void boostAtomic(boost::atomic<bool> &ready) {
  while (!ready.load())
    boost::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready'
  while (!ready)
    boost::this_thread::sleep_for(boost::chrono::milliseconds(1));
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready'
}

int receives(moodycamel::ConcurrentQueue<int> &queue,
             boost::lockfree::spsc_queue<int> &ring) {
  int value = 0;
  while (!queue.try_dequeue(value))
    boost::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'queue' again and again and keeps a processor busy until another thread acts; use an operation that waits, or a condition variable
  while (!ring.pop(value))
    ;
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ring'
  return value;
}
