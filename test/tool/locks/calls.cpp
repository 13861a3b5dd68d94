// RUN: %check_debug %s %t concord-debug-locks
// What functions of the unit do to the locks of their callers.
#include <mutex>
#include <thread>

void locks_here();

class Account {
public:
  void lock_summary() { m.lock(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: acquires m always; leaves held m [
  void unlock_summary() { m.unlock(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: none; leaves released m [
  std::unique_lock<std::mutex> guard_summary() {
    // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: acquires m always; returns guard of m [
    return std::unique_lock<std::mutex>(m);
  }
  void add_summary(int n) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: acquires m always [
    std::lock_guard<std::mutex> g(m);
    total += n;
  }
  void maybe_summary(bool really) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: acquires m via add_summary [
    if (really)
      add_summary(1);
  }
  void both() {
    lock_summary();
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m [
    unlock_summary();
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none [
  }
  std::mutex m;
  int total = 0;
};

void fromOutside(Account &account) {
  account.lock_summary();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: account.m [
  account.unlock_summary();
  auto guard = account.guard_summary();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: account.m by guard [
}

void unlocks(std::unique_lock<std::mutex> &lock) { lock.unlock(); }

void passesGuard(Account &account) {
  std::unique_lock<std::mutex> lock(account.m);
  unlocks(lock);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void byPointer(std::mutex *m) {
  m->lock();
}

void passesAddress(Account &account) {
  byPointer(&account.m);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: account.m [
  account.m.unlock();
}

std::thread worker;
void joins_summary() { worker.join(); }
// CHECK-MESSAGES: :[[@LINE-1]]:6: warning: joins worker always, blocks worker always [

void even_summary(int n);
void odd_summary(int n) {
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: {{.*}}
  if (n)
    even_summary(n - 1);
}
void even_summary(int n) {
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: {{.*}}
  if (n)
    odd_summary(n - 1);
}

// A lambda's `this` is that of the function it is written in, not of the object
// whose member runs it.
struct Scoped {
  std::mutex m;
  template <class F> struct Finally {
    F f;
    ~Finally() {
      f();
      locks_here();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: held: none
    }
  };
  void run() {
    m.lock();
    auto unlock = [this] { m.unlock(); };
    Finally<decltype(unlock)> end{unlock};
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m
  }
};

// Attributes without arguments are about the object.
struct __attribute__((capability("mutex"))) Capability {
  void Take() __attribute__((acquire_capability()));
  void Give() __attribute__((release_capability()));
};
void annotated(Capability &c) {
  c.Take();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: c
  c.Give();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none
}

// A function that adopts its caller's lock and gives it back takes nothing.
struct Waiter {
  std::mutex *mutex;
  void wait_summary() {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: none [
    std::unique_lock<std::mutex> lock(*mutex, std::adopt_lock);
    lock.release();
  }
};

// An object that locks through functions, and remembers whether it still does.
struct Protection {
  bool locked = true;
  Protection();
  ~Protection();
  void unlock();
};
std::mutex database;
void db_lock() { database.lock(); }
void db_unlock() { database.unlock(); }
Protection::Protection() { db_lock(); }
Protection::~Protection() {
  if (locked)
    db_unlock();
}
void Protection::unlock() {
  db_unlock();
  locked = false;
}
void protects(bool early) {
  {
    Protection p;
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: database by p
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none
  Protection again;
  if (early) {
    again.unlock();
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none
    return;
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: database by again
}
