// RUN: %check_concord %s %t concord-relock
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

class Cache {
public:
  int size() {
    std::lock_guard<std::mutex> lock(m);
    return n;
  }
  void add() {
    std::lock_guard<std::mutex> lock(m);
    n = size() + 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'size' takes 'm' while this thread holds it, which deadlocks; split off the part that expects the lock held and call that [concord-relock]
    // CHECK-MESSAGES: :[[@LINE-7]]:33: note: 'm' is taken again here
    // CHECK-MESSAGES: :[[@LINE-4]]:33: note: 'm' is taken here
  }
  void twoDeep() {
    std::unique_lock<std::mutex> lock(m);
    if (n > 10)
      middle();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'middle' takes 'm' while
    // CHECK-MESSAGES: :[[@LINE+13]]:19: note: through the call of 'size' here
    // CHECK-MESSAGES: :[[@LINE-16]]:33: note: 'm' is taken again here
  }
  void fill(std::vector<int> &v) {
    std::lock_guard<std::mutex> lock(m);
    std::for_each(v.begin(), v.end(), [this](int) { add(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lambda run here takes 'm' while
  }
  void waitsWrong() {
    std::unique_lock<std::mutex> lock(m);
    changed.wait(lock, [this] { return size() > 0; });
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the lambda run here takes 'm' while
  }
  void middle() { size(); }
  int recursion(int depth) {
    std::lock_guard<std::mutex> lock(m);
    return depth == 0 ? 0 : recursion(depth - 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'recursion' takes 'm' while
  }
  void local() {
    auto locked = [this] {
      std::lock_guard<std::mutex> lock(m);
      ++n;
    };
    std::lock_guard<std::mutex> lock(m);
    locked();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lambda run here takes 'm' while
  }

  // Right: the other object's lock.
  void merge(Cache &other) {
    std::lock_guard<std::mutex> lock(m);
    n += other.size();
  }
  // Right: the lock is free by then.
  void after() {
    std::unique_lock<std::mutex> lock(m);
    ++n;
    lock.unlock();
    size();
  }
  // Right: the part that expects the lock held.
  void right() {
    std::lock_guard<std::mutex> lock(m);
    bump();
  }
  // Right: a function entered with the lock opens a window.
  void flush() {
    m.unlock();
    ++n;
    m.lock();
  }
  void callsFlush() {
    std::lock_guard<std::mutex> lock(m);
    flush();
  }
  // Right: only an attempt.
  bool tryAdd() {
    if (!m.try_lock())
      return false;
    ++n;
    m.unlock();
    return true;
  }
  void callsTry() {
    std::lock_guard<std::mutex> lock(m);
    tryAdd();
  }
  // Right: the callee's lock depends on what it is told.
  void maybe(bool isLocked) {
    std::unique_lock<std::mutex> lock(m, std::defer_lock);
    if (!isLocked)
      lock.lock();
    ++n;
  }
  void callsMaybe() {
    std::lock_guard<std::mutex> lock(m);
    maybe(true);
  }
  // Right: runs on another thread, later.
  void launches() {
    std::lock_guard<std::mutex> lock(m);
    worker = std::thread([this] { add(); });
  }
  // Right: nobody knows what a virtual function runs.
  virtual void hook() { size(); }
  void callsHook() {
    std::lock_guard<std::mutex> lock(m);
    hook();
  }

private:
  void bump() { ++n; }
  std::mutex m;
  std::condition_variable changed;
  std::thread worker;
  int n = 0;
};

// Through a free function and its parameter.
struct Table {
  std::mutex lock;
  int rows = 0;
};
static int rowsOf(Table &t) {
  std::scoped_lock guard(t.lock);
  return t.rows;
}
int doubled(Table &table, Table &other) {
  std::scoped_lock guard(table.lock);
  rowsOf(other);
  return 2 * rowsOf(table);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'rowsOf' takes 'table.lock' while
}

// Through lock functions of the project's own.
struct Device {
  void begin() { m.lock(); }
  void end() { m.unlock(); }
  void read() {
    begin();
    begin();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'm' is locked again
    end();
  }
  void readTwice() {
    begin();
    end();
    begin();
    end();
  }
  std::mutex m;
};

// A function that says it must not be entered with the lock.
#define EXCLUDES(...) __attribute__((locks_excluded(__VA_ARGS__)))
struct __attribute__((capability("mutex"))) Mutex {
  void lock() __attribute__((acquire_capability()));
  void unlock() __attribute__((release_capability()));
};
struct Annotated {
  Mutex m;
  void outside() EXCLUDES(m);
  void inside() {
    m.lock();
    outside();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'outside' must not be called with 'm' held, which its declaration excludes; release the lock first
    m.unlock();
    outside();
  }
};
