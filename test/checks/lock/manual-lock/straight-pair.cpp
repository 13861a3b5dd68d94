// RUN: %check_concord %s %t concord-manual-lock --std=c++17,c++20,c++23

#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

int compute();
int quick() noexcept;
inline int inlined(int A) { return A + 1; }
extern "C" int cFunction(void);

class Ledger {
public:
  void add(int Amount) {
    mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked for ever if the code up to its unlock throws; hold it with a guard [concord-manual-lock]
    // CHECK-MESSAGES: :[[@LINE+4]]:13: note: this may throw
    // CHECK-MESSAGES: :[[@LINE+4]]:5: note: unlocked here
    // CHECK-FIXES:   void add(int Amount) {
    // CHECK-FIXES-NEXT:     const std::scoped_lock lock(mutex);
    amounts.push_back(Amount);
    mutex.unlock();
  }

  int total() {
    int Sum = 0;
    mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked for ever
    // CHECK-FIXES:     {
    // CHECK-FIXES-NEXT:       const std::scoped_lock lock(mutex);
    Sum = compute();
    mutex.unlock();
    // CHECK-FIXES:     }
    return Sum;
  }

  // What is declared between is used after: there is no simple block.
  int declared() {
    mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked for ever
    int Sum = compute();
    mutex.unlock();
    return Sum;
  }

  std::string name() {
    table.lock_shared();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'table' stays locked for ever
    // CHECK-FIXES:       const std::shared_lock lock(table);
    text = std::to_string(compute());
    table.unlock_shared();
    return "name";
  }

  // No code of these can throw.
  int count() {
    mutex.lock();
    int Result = quick() + inlined(number) + cFunction();
    number = Result;
    mutex.unlock();
    return Result;
  }

  // A window: the lock is the caller's.
  void window() {
    mutex.unlock();
    compute();
    mutex.lock();
  }

  // Whoever releases it elsewhere has a protocol.
  void lockOnly() {
    mutex.lock();
    compute();
  }
  void unlockOnly() {
    compute();
    mutex.unlock();
  }

  // Another finding's business: a path that keeps the lock.
  bool earlyReturn() {
    mutex.lock();
    if (compute())
      return false;
    mutex.unlock();
    return true;
  }

  // An early unlock: a guard that only ends with the block would be wrong.
  void branches() {
    mutex.lock();
    if (compute()) {
      mutex.unlock();
      compute();
    } else {
      mutex.unlock();
    }
  }

  void tried() {
    if (!mutex.try_lock())
      return;
    compute();
    mutex.unlock();
  }

  void handled() {
    mutex.lock();
    try {
      compute();
    } catch (...) {
    }
    mutex.unlock();
  }

private:
  std::mutex mutex;
  std::shared_mutex table;
  std::vector<int> amounts;
  std::string text;
  int number = 0;
};

void pointers(std::mutex *Pointer, std::vector<std::mutex> &Many) {
  Pointer->lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*Pointer' stays locked for ever
  // CHECK-FIXES:   const std::scoped_lock lock(*Pointer);
  compute();
  Pointer->unlock();
}

void inBranch(std::mutex &Mutex, bool Shared) {
  if (Shared) {
    Mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Mutex' stays locked for ever
    // CHECK-FIXES:     const std::scoped_lock guard(Mutex);
    int lock = compute();
    (void)lock;
    Mutex.unlock();
  }
}

// Nothing can be declared after a case.
void inSwitch(std::mutex &Mutex, int Kind) {
  switch (Kind) {
  case 1:
    compute();
    Mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Mutex' stays locked for ever
    compute();
    Mutex.unlock();
    break;
  default:
    break;
  }
}

#define ENTER(M) (M).lock()
#define LEAVE(M) (M).unlock()
void macros(std::mutex &Mutex) {
  ENTER(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Mutex' stays locked for ever
  compute();
  LEAVE(Mutex);
}

template <typename Lockable> struct Box {
  Lockable mutex;
  void set() {
    mutex.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked for ever
    // CHECK-FIXES:     const std::scoped_lock lock(mutex);
    compute();
    mutex.unlock();
  }
};
template struct Box<std::mutex>;

// Guards may be locked and unlocked by hand.
void guards(std::mutex &Mutex) {
  std::unique_lock<std::mutex> Lock(Mutex, std::defer_lock);
  Lock.lock();
  compute();
  Lock.unlock();
}
// The business of a lock.
class Measured {
public:
  void lock() {
    mutex.lock();
    ++count;
  }
  void unlock() { mutex.unlock(); }
  void synchronize() {
    mutex.lock();
    compute();
    mutex.unlock();
  }

private:
  std::mutex mutex;
  int count = 0;
};
