// RUN: %check_concord %s %t concord-ineffective-guard -- %qt6 -Wno-vexing-parse
// REQUIRES: qt6, boost, abseil

#include <QMutex>
#include <absl/synchronization/mutex.h>
#include <boost/thread/lock_guard.hpp>
#include <boost/thread/mutex.hpp>

QMutex QtMutex;
boost::mutex BoostMutex;
absl::Mutex AbslMutex;
int Value;

void qt() {
  QMutexLocker{&QtMutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'QtMutex' has no name
  // CHECK-FIXES:   QMutexLocker lock{&QtMutex};
  ++Value;
}

void boostGuards() {
  boost::mutex::scoped_lock(BoostMutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this declares a new guard called 'BoostMutex' that locks nothing
  // CHECK-FIXES:   boost::mutex::scoped_lock lock(BoostMutex);
  ++Value;
}

void deferred() {
  boost::unique_lock<boost::mutex> Lock(BoostMutex, boost::defer_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: guard 'Lock' starts without the lock and never takes it
  ++Value;
}

void abslGuard() {
  absl::MutexLock{&AbslMutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'AbslMutex' has no name
  // CHECK-FIXES:   absl::MutexLock lock{&AbslMutex};
  ++Value;
}

void right() {
  QMutexLocker Qt(&QtMutex);
  boost::lock_guard<boost::mutex> Boost(BoostMutex);
  absl::MutexLock Absl(&AbslMutex);
  ++Value;
}

// A guard of the project's own.
class Hold {
public:
  explicit Hold(QMutex &Mutex) : mutex(Mutex) { mutex.lock(); }
  ~Hold() { mutex.unlock(); }

private:
  QMutex &mutex;
};

void ownGuard() {
  Hold{QtMutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'QtMutex' has no name
  // CHECK-FIXES:   Hold lock{QtMutex};
  Hold Named(QtMutex);
  ++Value;
}
