// RUN: %check_concord %s %t concord-lost-wakeup -- %qt6
// REQUIRES: boost, qt6, abseil
#include <QMutex>
#include <QThread>
#include <QWaitCondition>
#include <absl/synchronization/mutex.h>
#include <atomic>
#include <boost/thread.hpp>
#include <queue>
#include <thread>

// Wrong.

class BoostWorker {
public:
  BoostWorker() : thread_(&BoostWorker::run, this) {}
  ~BoostWorker() {
    {
      const boost::mutex::scoped_lock lock(mutex_);
      stop_ = true;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'stop_' is set and the thread joined without a notify of 'changed_', on which the thread may sleep for ever; notify it after setting the flag [concord-lost-wakeup]
      // CHECK-MESSAGES: :[[@LINE+10]]:16: note: the thread waits here
      // CHECK-MESSAGES: :[[@LINE+2]]:13: note: the thread is joined here
    }
    thread_.join();
  }

private:
  void run() {
    boost::unique_lock<boost::mutex> lock(mutex_);
    while (!stop_)
      changed_.wait(lock);
  }
  boost::mutex mutex_;
  boost::condition_variable changed_;
  bool stop_ = false;
  boost::thread thread_;
};

class QtWorker : public QThread {
public:
  void quit() {
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' is changed without 'mutex_', so a thread that has tested it and is about to sleep on 'changed_' misses the notify; hold 'mutex_' while changing it
    // CHECK-MESSAGES: :[[@LINE+9]]:16: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:14: note: the notify is here
    changed_.wakeAll();
  }

protected:
  void run() override {
    QMutexLocker lock(&mutex_);
    while (!stop_)
      changed_.wait(&mutex_);
  }

private:
  QMutex mutex_;
  QWaitCondition changed_;
  std::atomic<bool> stop_{false};
};

class AbslWorker {
public:
  AbslWorker() : thread_([this] { run(); }) {}
  ~AbslWorker() {
    {
      absl::MutexLock lock(&mutex_);
      stop_ = true;
    }
    changed_.SignalAll();
    thread_.join();
  }

private:
  void run() {
    for (;;) {
      absl::MutexLock lock(&mutex_);
      while (items_.empty())
        changed_.Wait(&mutex_);
        // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: wait on 'changed_' does not test 'stop_', so a thread that sleeps here does not see the stop; make 'stop_' part of the condition
        // CHECK-MESSAGES: :[[@LINE-13]]:7: note: it is set here
        // CHECK-MESSAGES: :[[@LINE+1]]:11: note: it is tested here
      if (stop_)
        return;
      items_.pop();
    }
  }
  absl::Mutex mutex_;
  absl::CondVar changed_;
  std::queue<int> items_;
  bool stop_ = false;
  std::thread thread_;
};

// Right.

// A mutex that tests conditions by itself wakes who waits.
class AbslCondition {
public:
  AbslCondition() : thread_([this] { run(); }) {}
  ~AbslCondition() {
    {
      absl::MutexLock lock(&mutex_);
      stop_ = true;
    }
    thread_.join();
  }

private:
  void run() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&stop_));
  }
  absl::Mutex mutex_;
  bool stop_ = false;
  std::thread thread_;
};

class QtRight : public QThread {
public:
  void quit() {
    QMutexLocker lock(&mutex_);
    stop_ = true;
    changed_.wakeAll();
  }

protected:
  void run() override {
    QMutexLocker lock(&mutex_);
    while (!stop_)
      changed_.wait(&mutex_);
  }

private:
  QMutex mutex_;
  QWaitCondition changed_;
  bool stop_ = false;
};
