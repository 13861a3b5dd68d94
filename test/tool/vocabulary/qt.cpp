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
  // CHECK: 'M' is QMutex: mutex (exclusive maybe-recursive)
  QMutex M;
  // CHECK: lock QMutex on 'M', blocks
  M.lock();
  // CHECK: try-lock QMutex on 'M' [
  M.tryLock();
  // CHECK: timed-lock QMutex on 'M' timeout '10', blocks
  M.tryLock(10);
  // CHECK: timed-lock QMutex on 'M' timeout '0' [
  M.tryLock(0);
  // CHECK: unlock QMutex on 'M'
  M.unlock();
  // CHECK: 'R' is QRecursiveMutex: mutex (exclusive recursive)
  QRecursiveMutex R;
  // CHECK: 'L' is QMutexLocker: guard (movable), guards
  // CHECK: lock QMutexLocker on 'M', locks 'M', blocks
  QMutexLocker L(&M);
  // CHECK: unlock QMutexLocker on 'L'
  L.unlock();
  // CHECK: lock QMutexLocker on 'L', blocks
  L.relock();
  // CHECK: 'S' is QReadWriteLock: mutex (exclusive shared maybe-recursive)
  QReadWriteLock S;
  // CHECK: lock-shared QReadLocker on 'S', locks shared 'S', blocks
  QReadLocker SL(&S);
  // CHECK: lock QWriteLocker on 'S', locks 'S', blocks
  QWriteLocker WL(&S);
  // CHECK: lock-shared QReadWriteLock on 'S', blocks
  S.lockForRead();
  // CHECK: 'C' is QWaitCondition: condition-variable ()
  QWaitCondition C;
  // CHECK: condition-wait QWaitCondition on 'C' lock '&M', blocks
  C.wait(&M);
  // CHECK: condition-wait QWaitCondition on 'C' lock '&M' timeout '100', blocks
  C.wait(&M, 100);
  // CHECK: notify-all QWaitCondition on 'C'
  C.wakeAll();
  // CHECK: 'E' is QSemaphore: semaphore ()
  QSemaphore E(2);
  // CHECK: acquire QSemaphore on 'E', blocks
  E.acquire();
  // CHECK: none QSemaphoreReleaser, empty
  QSemaphoreReleaser Releaser(E);
}

class Worker : public QThread {
protected:
  void run() override {
    // CHECK: sleep, blocks
    msleep(10);
  }
};

void threads(QObject *Object) {
  // CHECK: 'W' is QThread: thread (), destructor terminate
  Worker W;
  // CHECK: start QThread on 'W'
  W.start();
  // CHECK: stop QThread on 'W'
  W.quit();
  // CHECK: join QThread on 'W', blocks
  W.wait();
  // CHECK: timed-join QThread on 'W' timeout '100', blocks
  W.wait(100);
  // CHECK: interrupt QThread on 'W'
  W.requestInterruption();
  // CHECK: 'P' holds QThread: thread ()
  // CHECK: launch callable '[] {}'
  QThread *P = QThread::create([] {});
  // CHECK: 'Pool' is QThreadPool: executor (), destructor drain
  QThreadPool Pool;
  // CHECK: launch QThreadPool on 'Pool' callable '[] {}'
  Pool.start([] {});
  // CHECK: wait-all QThreadPool on 'Pool', blocks
  Pool.waitForDone();
  // CHECK: 'F' is QFuture: future (), destructor no-wait
  // CHECK: launch callable '[] { return 1; }'
  QFuture<int> F = QtConcurrent::run([] { return 1; });
  // CHECK: launch callable '[] {}'
  (void)QtConcurrent::run(&Pool, [] {});
  // CHECK: wait QFuture on 'F', blocks
  F.waitForFinished();
  // CHECK: get QFuture on 'F', blocks
  (void)F.result();
  QList<int> Numbers;
  // CHECK: parallel callable '[](int &) {}'
  QtConcurrent::blockingMap(Numbers, [](int &) {});
  QTimer Timer;
  // CHECK: register {{.*}}callable '[] {}'
  QObject::connect(&Timer, &QTimer::timeout, Object, [] {});
  // CHECK: launch {{.*}}callable '[] {}'
  QMetaObject::invokeMethod(Object, [] {});
  // CHECK: register {{.*}}callable '[] {}'
  QTimer::singleShot(10, [] {});
  QProcess Process;
  // CHECK: block on 'Process', blocks
  Process.waitForFinished();
}
