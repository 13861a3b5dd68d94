// RUN: %check_concord %s %t concord-exposed-primitive --config="{CheckOptions: {concord-exposed-primitive.Strict: true}}"

// A class whose purpose is concurrency may show its primitives. Nothing here is
// named after it where the comment says so: the structure decides.

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__
#else
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

// Can be locked.
class Traced {
public:
  void lock() { native.lock(); }
  void unlock() { native.unlock(); }
  std::mutex native;
};

// Locks while it lives.
class InScope {
public:
  explicit InScope(std::mutex &m) : held(m) { held.lock(); }
  ~InScope() { held.unlock(); }
  std::mutex &held;
};

// A queue between threads.
template <typename T> class Mails {
public:
  void push(T value) {
    const std::lock_guard<std::mutex> lock(m);
    values.push_back(value);
    filled.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(m);
    filled.wait(lock, [this] { return !values.empty(); });
    T value = values.front();
    values.pop_front();
    return value;
  }
  std::mutex m;
  std::condition_variable filled;
  std::deque<T> values;
};
inline int take() { return Mails<int>().pop(); }

// A condition to wait for.
class Ready {
public:
  void wait(std::unique_lock<std::mutex> &lock) { changed.wait(lock); }
  void notify() { changed.notify_all(); }
  std::condition_variable changed;
};

// Runs what it is given.
class Crew {
public:
  template <typename F> void submit(F task);
  std::mutex m;
  std::vector<std::thread> members;
};
class Kitchen {
public:
  void post(std::function<void()> order);
  std::condition_variable orders;
};

// Gives access while it holds the lock.
template <typename T> class Access {
public:
  Access(T &value, std::mutex &m) : lock(m), value(value) {}
  T *operator->() { return &value; }
  std::unique_lock<std::mutex> lock;

private:
  T &value;
};
inline void lockAll(int &i, std::mutex &m) { Access<int>(i, m); }

// Named for it.
class ThreadPool {
public:
  std::mutex m;
};
class BlockingQueue {
public:
  std::mutex m;
};
struct CountDownLatch {
  std::mutex m;
  std::condition_variable zero;
};

// The parts of one.
class TaskScheduler {
public:
  struct Slot {
    std::mutex m;
  };
  Slot &slot(int number);
};

// Opaque pointers.
class Window;
class WindowPrivate {
public:
  std::mutex m;
};
struct Widget {
  struct Impl;
};
struct Widget::Impl {
  std::mutex m;
};

// Wrong: a queue that is not shared is no reason.
class Menu {
public:
  void push(int dish);
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Menu'; {{.*}} [concord-exposed-primitive]
};
// Wrong: one of many functions waits, one wakes.
class Decoder {
public:
  void start();
  void stop();
  void seek(long position);
  long position() const;
  bool isIdle() const;
  bool lockIsIdle() const;
  void exitThread();
  void waitUntilStarted();
  void setFile(const char *name);
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Decoder'; {{.*}} [concord-exposed-primitive]
};
// Wrong: a thread of its own does not make it a pool.
class Poller {
public:
  void start();
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Poller'; {{.*}} [concord-exposed-primitive]
private:
  std::thread thread;
};

#endif
