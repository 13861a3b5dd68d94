// REQUIRES: boost, qt6, abseil
// RUN: %check_concord %s %t concord-wait-without-predicate --std=c++17 -- %qt6
#include <QMutex>
#include <QWaitCondition>
#include <absl/synchronization/mutex.h>
#include <boost/thread/condition_variable.hpp>
#include <boost/thread/mutex.hpp>

int value;
bool ready;
void use(int);

struct WithQt {
  QMutex m;
  QWaitCondition c;
  void wrong() {
    m.lock();
    if (!ready)
      c.wait(&m);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait may wake up
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: the condition is tested once
    // CHECK-FIXES: while (!ready)
    m.unlock();
  }
  bool right() {
    m.lock();
    while (!ready)
      c.wait(&m);
    const bool in = c.wait(&m, 100);
    m.unlock();
    return in;
  }
};

struct WithBoost {
  boost::mutex m;
  boost::condition_variable c;
  void wrong() {
    boost::unique_lock<boost::mutex> lock(m);
    c.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    use(value);
  }
  void right() {
    boost::unique_lock<boost::mutex> lock(m);
    c.wait(lock, [] { return ready; });
    while (!ready)
      c.wait(lock);
  }
};

struct WithAbsl {
  absl::Mutex m;
  absl::CondVar c;
  void wrong() {
    absl::MutexLock lock(&m);
    c.Wait(&m);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    use(value);
  }
  void right() {
    absl::MutexLock lock(&m);
    while (!ready)
      c.Wait(&m);
    m.Await(absl::Condition(&ready));
  }
};
