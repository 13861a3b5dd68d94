// RUN: %check_concord %s %t concord-copied-primitive --std=c++17,c++20,c++23

#include <atomic>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <string>
#include <vector>

struct Plain {
  pthread_mutex_t lock;
  std::string text;
};

void copies(Plain &A, Plain &B) {
  Plain C = A;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this copies 'lock', a 'pthread_mutex_t', with the object that holds it
  A = B;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this copies 'lock', a 'pthread_mutex_t'
  auto Task = [A] { return A.text; };
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: this copies 'lock', a 'pthread_mutex_t'
  for (auto Each : std::vector<Plain>(2))
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this copies 'lock', a 'pthread_mutex_t'
    C.text = Each.text;
  Task();
}

class OwnCopy {
public:
  OwnCopy() = default;
  OwnCopy(const OwnCopy &Other) : text(Other.text) {}

private:
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  std::string text;
};

void right(OwnCopy &A, Plain &B, const Plain &C, OwnCopy D) {
  OwnCopy Copy = A;
  Plain &Alias = B;
  const Plain *Pointer = &C;
  auto Task = [&B] { return B.text; };
  Task();
}

// Guarded state that is copied without the lock of its source.
class Account {
public:
  Account() = default;
  Account(const Account &Other) : balance(Other.balance) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'Other.balance' is copied without 'Other.mutex', the lock that guards it; lock the source while copying
  Account &operator=(const Account &Other) {
    std::lock_guard<std::mutex> lock(mutex);
    balance = Other.balance;
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Other.balance' is copied without 'Other.mutex'
    return *this;
  }
  void add(int Amount) {
    std::lock_guard<std::mutex> lock(mutex);
    balance += Amount;
  }

private:
  mutable std::mutex mutex;
  int balance = 0;
};

class Careful {
public:
  Careful() = default;
  Careful(const Careful &Other) : Careful(Other, std::lock_guard(Other.mutex)) {}
  Careful(Careful &&Other) : balance(Other.balance) {}
  Careful &operator=(const Careful &Other) {
    std::scoped_lock lock(mutex, Other.mutex);
    balance = Other.balance;
    name = Other.name;
    return *this;
  }
  void add(int Amount) {
    std::lock_guard<std::mutex> lock(mutex);
    balance += Amount;
  }

private:
  Careful(const Careful &Other, const std::lock_guard<std::mutex> &)
      : balance(Other.balance) {}
  mutable std::mutex mutex;
  int balance = 0;
  std::string name;
};

// Nothing here is used under the mutex; it guards something else.
class Named {
public:
  Named(const Named &Other) : name(Other.name), count(Other.count.load()) {}
  void add() {
    std::lock_guard<std::mutex> lock(mutex);
    ++count;
  }

private:
  mutable std::mutex mutex;
  std::string name;
  std::atomic<int> count{0};
};

// Found only with the option.
struct SharedMutex {
  std::shared_ptr<std::mutex> mutex;
  int value;
};
