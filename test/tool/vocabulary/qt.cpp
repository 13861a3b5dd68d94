// The same classes in Qt 5 and Qt 6.
// REQUIRES: qt5, qt6
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 %qt5 | FileCheck %s
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 %qt6 | FileCheck %s
#include <QFuture>
#include <QMutex>
#include <QMutexLocker>
#include <QProcess>
#include <QReadWriteLock>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <QWaitCondition>
#include <QtConcurrent>

void locks() {
  // CHECK-DAG: 'M' is QMutex: mutex (exclusive maybe-recursive)
  QMutex M;
  // CHECK-DAG: lock QMutex on 'M', blocks
  M.lock();
  // CHECK-DAG: try-lock QMutex on 'M' [
  M.tryLock();
  // CHECK-DAG: timed-lock QMutex on 'M' timeout '10', blocks
  M.tryLock(10);
  // CHECK-DAG: timed-lock QMutex on 'M' timeout '0' [
  M.tryLock(0);
  // CHECK-DAG: unlock QMutex on 'M'
  M.unlock();
  // CHECK-DAG: 'R' is QRecursiveMutex: mutex (exclusive recursive)
  QRecursiveMutex R;
  // CHECK-DAG: 'L' is QMutexLocker: guard (movable), guards
  // CHECK-DAG: lock QMutexLocker on 'M', locks 'M', blocks
  QMutexLocker L(&M);
  // CHECK-DAG: unlock QMutexLocker on 'L'
  L.unlock();
  // CHECK-DAG: lock QMutexLocker on 'L', blocks
  L.relock();
  // CHECK-DAG: 'S' is QReadWriteLock: mutex (exclusive shared maybe-recursive)
  QReadWriteLock S;
  // CHECK-DAG: lock-shared QReadLocker on 'S', locks shared 'S', blocks
  QReadLocker SL(&S);
  // CHECK-DAG: lock QWriteLocker on 'S', locks 'S', blocks
  QWriteLocker WL(&S);
  // CHECK-DAG: lock-shared QReadWriteLock on 'S', blocks
  S.lockForRead();
  // CHECK-DAG: 'C' is QWaitCondition: condition-variable ()
  QWaitCondition C;
  // CHECK-DAG: condition-wait QWaitCondition on 'C' lock '&M', blocks
  C.wait(&M);
  // CHECK-DAG: condition-wait QWaitCondition on 'C' lock '&M' timeout '100', blocks
  C.wait(&M, 100);
  // CHECK-DAG: notify-all QWaitCondition on 'C'
  C.wakeAll();
  // CHECK-DAG: 'E' is QSemaphore: semaphore ()
  QSemaphore E(2);
  // CHECK-DAG: acquire QSemaphore on 'E', blocks
  E.acquire();
  // CHECK-DAG: none QSemaphoreReleaser, empty
  QSemaphoreReleaser Releaser(E);
}

class Worker : public QThread {
protected:
  void run() override {
    // CHECK-DAG: sleep, blocks
    msleep(10);
  }
};

void threads(QObject *Object) {
  // CHECK-DAG: 'W' is QThread: thread (), destructor terminate
  Worker W;
  // CHECK-DAG: start QThread on 'W'
  W.start();
  // CHECK-DAG: stop QThread on 'W'
  W.quit();
  // CHECK-DAG: join QThread on 'W', blocks
  W.wait();
  // CHECK-DAG: timed-join QThread on 'W' timeout '100', blocks
  W.wait(100);
  // CHECK-DAG: interrupt QThread on 'W'
  W.requestInterruption();
  // CHECK-DAG: 'P' holds QThread: thread ()
  // CHECK-DAG: launch callable '[] {}'
  QThread *P = QThread::create([] {});
  // CHECK-DAG: 'Pool' is QThreadPool: executor (), destructor drain
  QThreadPool Pool;
  // CHECK-DAG: launch QThreadPool on 'Pool' callable '[] {}'
  Pool.start([] {});
  // CHECK-DAG: wait-all QThreadPool on 'Pool', blocks
  Pool.waitForDone();
  // CHECK-DAG: 'F' is QFuture: future (), destructor no-wait
  // CHECK-DAG: launch callable '[] { return 1; }'
  QFuture<int> F = QtConcurrent::run([] { return 1; });
  // CHECK-DAG: launch callable '[] {}'
  (void)QtConcurrent::run(&Pool, [] {});
  // CHECK-DAG: wait QFuture on 'F', blocks
  F.waitForFinished();
  // CHECK-DAG: get QFuture on 'F', blocks
  (void)F.result();
  QList<int> Numbers;
  // CHECK-DAG: parallel callable '[](int &) {}'
  QtConcurrent::blockingMap(Numbers, [](int &) {});
  QTimer Timer;
  // CHECK-DAG: register {{.*}}callable '[] {}'
  QObject::connect(&Timer, &QTimer::timeout, Object, [] {});
  // CHECK-DAG: launch {{.*}}callable '[] {}'
  QMetaObject::invokeMethod(Object, [] {});
  // CHECK-DAG: register {{.*}}callable '[] {}'
  QTimer::singleShot(10, [] {});
  QProcess Process;
  // CHECK-DAG: block on 'Process', blocks
  Process.waitForFinished();
}
