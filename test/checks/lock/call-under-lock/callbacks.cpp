// RUN: %check_concord %s %t concord-call-under-lock --std=c++17,c++20,c++23
// Function objects, function pointers and callable parameters.
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <vector>

class Feed {
public:
  void each() {
    std::lock_guard<std::mutex> guard(mutex);
    for (auto &callback : callbacks)
      callback(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: callback 'callback' runs while 'mutex' is held; copy what it needs and call it after the lock is released [concord-call-under-lock]
    // CHECK-MESSAGES: :[[@LINE-4]]:33: note: 'mutex' is taken here
  }

  void member() {
    std::unique_lock guard(mutex);
    single(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'single' runs while 'mutex' is held
    if (pointer)
      pointer(2);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: callback 'pointer' runs while 'mutex' is held
    (this->*method)();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'method' runs while 'mutex' is held
  }

  void parameter(const std::function<void()> &done) {
    mutex.lock();
    done();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'done' runs while 'mutex' is held
    mutex.unlock();
  }

  void copied() {
    std::vector<std::function<void(int)>> copy;
    {
      std::lock_guard<std::mutex> guard(mutex);
      copy = callbacks;
    }
    for (auto &callback : copy)
      callback(1);
  }

  void unlocked() {
    std::unique_lock<std::mutex> guard(mutex);
    auto copy = single;
    guard.unlock();
    copy(1);
    guard.lock();
  }

  // Entered with the lock held: released around the call.
  void window() {
    mutex.unlock();
    single(1);
    mutex.lock();
  }

  void deferred() {
    std::unique_lock<std::mutex> guard(mutex, std::defer_lock);
    single(1);
  }

  void sometimes(bool exclusive) {
    std::unique_lock<std::mutex> guard(mutex, std::defer_lock);
    if (exclusive)
      guard.lock();
    single(1);
  }

  void readers() {
    std::shared_lock<std::shared_mutex> guard(shared);
    single(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'single' runs while 'shared' is held
  }

  // A thread that holds a recursive lock may come back.
  void recursive() {
    std::lock_guard<std::recursive_mutex> guard(again);
    single(1);
  }

private:
  std::mutex mutex;
  std::shared_mutex shared;
  std::recursive_mutex again;
  std::vector<std::function<void(int)>> callbacks;
  std::function<void(int)> single;
  void (*pointer)(int) = nullptr;
  void (Feed::*method)() = nullptr;
};

class Known {
public:
  void localLambda() {
    auto add = [this](int n) { total += n; };
    std::function<void(int)> wrapped = [this](int n) { total += n; };
    std::lock_guard<std::mutex> guard(mutex);
    add(1);
    wrapped(1);
    [this] { ++total; }();
  }

  void writtenHere(std::vector<std::function<void()>> &later,
                   std::function<void()> callback) {
    std::lock_guard<std::mutex> guard(mutex);
    later.push_back([callback] { callback(); });
  }

  template <typename Predicate> int count(Predicate predicate) {
    std::lock_guard<std::mutex> guard(mutex);
    int n = 0;
    for (int v : values)
      n += predicate(v);
    return n;
  }

  void forEach(const std::function<bool(int)> &filter) {
    std::lock_guard<std::mutex> guard(mutex);
    for (int v : values)
      if (filter(v))
        ++total;
  }

  // Its purpose is to run what it is given under the lock.
  template <typename F> void withValues(F f) {
    std::lock_guard<std::mutex> guard(mutex);
    f(values);
  }

private:
  std::mutex mutex;
  int total = 0;
  std::vector<int> values;
};

void useKnown(Known &known) {
  known.count([](int v) { return v > 1; });
  known.withValues([](std::vector<int> &) {});
}

template <typename Callback> class Timer {
public:
  template <typename F> void each(F f) {
    std::lock_guard<std::mutex> guard(mutex);
    f(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'f' runs while 'mutex' is held
  }

private:
  std::mutex mutex;
};

void useTimer(Timer<int> &timer) {
  timer.each([](int) {});
}

#define GUARDED(m) std::lock_guard<std::mutex> guarded_(m)
#define CALL(f) f(1)

class Macros {
  void run() {
    GUARDED(mutex);
    CALL(callback);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: callback 'callback' runs while 'mutex' is held
  }
  std::mutex mutex;
  std::function<void(int)> callback;
};
