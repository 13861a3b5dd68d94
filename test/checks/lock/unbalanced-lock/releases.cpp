// RUN: %check_concord %s %t concord-unbalanced-lock
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

void work();

class Store {
public:
  void twice() {
    m.lock();
    work();
    m.unlock();
    m.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'm' is released although it is not held any more; remove one of the two releases [concord-unbalanced-lock]
    // CHECK-MESSAGES: :[[@LINE-3]]:7: note: already released here
  }
  void guardTwice() {
    std::unique_lock<std::mutex> lock(m);
    lock.unlock();
    lock.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'm' is released although it is not held any more
  }
  void wrongMode() {
    s.lock_shared();
    work();
    s.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 's' is released in exclusive mode, but was not taken so; release it in the mode it was taken in
    // CHECK-MESSAGES: :[[@LINE-4]]:7: note: taken here
  }
  void wrongModeToo() {
    s.lock();
    s.unlock_shared();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 's' is released in shared mode, but was not taken so
  }
  void owned() {
    std::lock_guard<std::mutex> lock(m);
    work();
    m.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'm' is released by hand while guard 'lock' owns it and will release it again; release it through the guard, or end the guard's scope
    // CHECK-MESSAGES: :[[@LINE-4]]:33: note: the guard takes it here
  }
  void throughGetter() {
    std::unique_lock<std::mutex> lock(m);
    lock.mutex()->unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'm' is released by hand while guard 'lock' owns it
  }
  void adoptsReleased() {
    m.lock();
    m.unlock();
    std::lock_guard<std::mutex> lock(m, std::adopt_lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'm' is adopted as if it were held, but it is not; lock it first, or let the guard lock it
    // CHECK-MESSAGES: :[[@LINE-3]]:7: note: released here
  }
  void adopts() {
    std::lock_guard<std::mutex> lock(q, std::adopt_lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'q' is adopted as if it were held, but it is not
  }
  void dropped() {
    std::unique_lock<std::mutex> lock(d);
    work();
    lock.release();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'release' gives up guard 'lock' without unlocking 'd', which stays locked; unlock the guard instead
  }
  void never() {
    work();
    n.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'n' is released here, but no path has taken it; lock it first, or remove this
  }

  // Right: a hand-made window in the scope of a guard.
  void window() {
    std::lock_guard<std::mutex> lock(m);
    m.unlock();
    work();
    m.lock();
  }
  // Right: a window in a function that something unknown enters with the lock.
  void enteredWindow() {
    n.unlock();
    work();
    n.lock();
  }
  // Right: part of a protocol.
  void open() { p.lock(); }
  void close() { p.unlock(); }
  void adoptsOpen() { std::lock_guard<std::mutex> lock(p, std::adopt_lock); }
  // Right: entered with the lock by a caller in this unit.
  void caller() {
    r.lock();
    finish();
  }
  // Right: a wait for an entered lock gives it back.
  void wait(std::mutex &held) {
    std::unique_lock<std::mutex> lock(held, std::adopt_lock);
    changed.wait(lock);
    lock.release();
  }
  // Right: the released mutex is unlocked, or handed to the caller.
  void releasedByHand() {
    std::unique_lock<std::mutex> lock(m);
    lock.release()->unlock();
    std::unique_lock<std::mutex> other(m);
    other.release();
    m.unlock();
  }
  std::mutex *handed() {
    std::unique_lock<std::mutex> lock(m);
    return lock.release();
  }
  // Right: each path once.
  void either(bool early) {
    m.lock();
    if (early)
      m.unlock();
    work();
    if (!early)
      m.unlock();
  }
  // Right: recursive locks nest.
  void nested() {
    recursive.lock();
    recursive.lock();
    recursive.lock();
    recursive.unlock();
    recursive.unlock();
    recursive.unlock();
  }
  // Right: std::try_lock takes both.
  void tried() {
    if (std::try_lock(q, r) == -1) {
      std::lock_guard<std::mutex> first(q, std::adopt_lock);
      std::lock_guard<std::mutex> second(r, std::adopt_lock);
    }
  }

private:
  void finish() {
    work();
    r.unlock();
  }
  std::mutex m, p, q, r, d, n;
  std::recursive_mutex recursive;
  std::shared_mutex s;
  std::condition_variable changed;
};

// A mutex of the function's own is held by nobody else.
void ownMutex() {
  std::mutex mine;
  mine.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'mine' is released here, but no path has taken it
}

// A thread begins with nothing held.
extern std::mutex shared;
std::thread entered() {
  return std::thread([] {
    shared.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'shared' is released here, but no path has taken it
  });
}
// Right: another unit may lock it.
void unlockOnly() { shared.unlock(); }
