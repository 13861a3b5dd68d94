// RUN: %check_concord %s %t concord-manual-lock -- %qt6
// REQUIRES: qt6

#include <QMutex>
#include <QReadWriteLock>
#include <pthread.h>

int compute();

void qt(QMutex &Mutex, QReadWriteLock *Table) {
  {
    Mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Mutex' stays locked for ever
    // CHECK-FIXES:     const QMutexLocker lock(&Mutex);
    compute();
    Mutex.unlock();
  }
  Table->lockForRead();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*Table' stays locked for ever
  // CHECK-FIXES:   const QReadLocker lock(Table);
  compute();
  Table->unlock();
}

// There is no guard to offer.
void posix(pthread_mutex_t *Mutex) {
  pthread_mutex_lock(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*Mutex' stays locked for ever
  compute();
  pthread_mutex_unlock(Mutex);
}

void guarded(QMutex &Mutex) {
  const QMutexLocker held(&Mutex);
  compute();
}
