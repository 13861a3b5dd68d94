// RUN: %check_concord %s %t concord-ineffective-guard --std=c++17,c++20,c++23

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <tuple>

std::mutex Mutex;
std::shared_mutex Table;
int Value;

void braces() {
  std::lock_guard<std::mutex>{Mutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'Mutex' has no name and is gone at the end of this statement; give it a name [concord-ineffective-guard]
  // CHECK-FIXES:   std::lock_guard<std::mutex> lock{Mutex};
  ++Value;
}

void deduced() {
  std::scoped_lock{Mutex, Table};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'Mutex' has no name
  // CHECK-FIXES:   std::scoped_lock lock{Mutex, Table};
  ++Value;
}

struct Account {
  mutable std::shared_mutex mutex;
  int balance = 0;
  int lock = 0;

  int read() const {
    std::shared_lock<std::shared_mutex>(this->mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the guard of 'mutex' has no name
    // CHECK-FIXES:     std::shared_lock<std::shared_mutex> guard(this->mutex);
    return balance + lock;
  }
};

void toVoid() {
  (void)std::unique_lock<std::mutex>(Mutex, std::try_to_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the guard of 'Mutex' has no name
  // CHECK-FIXES:   std::unique_lock<std::mutex> lock(Mutex, std::try_to_lock);
  ++Value;
}

void toIgnore() {
  std::ignore = std::unique_lock<std::mutex>(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the guard of 'Mutex' has no name
  // CHECK-FIXES:   std::unique_lock<std::mutex> lock(Mutex);
  ++Value;
}

// Where a name would not help, there is no fix-it.
void branch(bool Shared) {
  if (Shared)
    std::lock_guard<std::mutex>{Mutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the guard of 'Mutex' has no name and is gone at the end of this statement; give it a name in the block that it is to protect
  for (int I = 0; I < 3; ++I)
    std::lock_guard<std::mutex>{Mutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the guard of 'Mutex' has no name
  ++Value;
}

void last() {
  ++Value;
  std::lock_guard<std::mutex>{Mutex};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'Mutex' has no name
}

void insideLambda() {
  auto Task = [] { std::scoped_lock{Mutex}; };
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the guard of 'Mutex' has no name
  Task();
}

#define LOCK(M) std::lock_guard<std::mutex>{M}
void macro() {
  LOCK(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'Mutex' has no name
  ++Value;
}

void onHeap() {
  new std::lock_guard<std::mutex>(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'Mutex' is allocated and never deleted, so the lock is never released; make it a local variable
  auto *Guard = new std::lock_guard<std::mutex>(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the guard of 'Mutex' is allocated and never deleted
  std::make_unique<std::lock_guard<std::mutex>>(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard of 'Mutex' has no name
  ++Value;
}

std::unique_lock<std::mutex> acquire() {
  return std::unique_lock<std::mutex>(Mutex);
}

void dropped() {
  acquire();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard that this call returns is dropped and its lock released at once; keep it in a variable [concord-ineffective-guard]
  // CHECK-MESSAGES: :[[@LINE-7]]:30: note: declared here
  // CHECK-FIXES:   const auto lock = acquire();
  ++Value;
}

void droppedAtEnd() {
  ++Value;
  acquire();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the guard that this call returns is dropped and its lock released at once; keep it in a variable of the block that it is to protect
}

template <typename Lockable> struct Box {
  Lockable mutex;
  int value = 0;
  void set(int New) {
    std::lock_guard<Lockable>{mutex};
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the guard has no name
    // CHECK-FIXES:     std::lock_guard<Lockable> lock{mutex};
    value = New;
  }
};
template struct Box<std::mutex>;
template struct Box<std::shared_mutex>;

// The lock is held for the whole expression.
int wholeExpression() {
  std::lock_guard<std::mutex>{Mutex}, ++Value;
  return (std::lock_guard<std::mutex>{Mutex}, Value);
}

int argument(const std::lock_guard<std::mutex> &) { return Value; }

std::unique_lock<std::mutex> passedOn(std::unique_lock<std::mutex> Lock) {
  argument(std::lock_guard<std::mutex>{Mutex});
  const auto &Kept = std::unique_lock<std::mutex>(Mutex);
  std::unique_lock<std::mutex> Named(Mutex);
  auto Moved = acquire();
  Moved = acquire();
  acquire().unlock();
  // Given up on purpose.
  passedOn(std::move(Moved));
  std::lock_guard<std::mutex>(Mutex, std::adopt_lock);
  auto Owner = std::make_unique<std::lock_guard<std::mutex>>(Mutex);
  auto *Raw = new std::lock_guard<std::mutex>(Mutex);
  delete Raw;
  return acquire();
}

// Not locks.
struct Tracer {
  explicit Tracer(int &) {}
  ~Tracer() {}
};
void otherTemporaries(std::weak_ptr<int> Weak) {
  Tracer{Value};
  Weak.lock();
}
