// RUN: %check_concord %s %t concord-lock-order --std=c++17,c++20,c++23
#include <functional>
#include <mutex>
#include <utility>

struct Account {
  mutable std::mutex m;
  int id = 0;
  int balance = 0;

  Account() = default;
  // Right: nobody else knows this object yet.
  Account(const Account &other) {
    std::lock_guard<std::mutex> lock(other.m);
    balance = other.balance;
  }
  Account &operator=(const Account &other) {
    if (this == &other)
      return *this;
    std::lock_guard<std::mutex> mine(m);
    std::lock_guard<std::mutex> theirs(other.m);
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'other.m' is locked after 'm', and another thread may call this with the objects swapped, so that both wait for each other; lock both at once [concord-lock-order]
    // CHECK-FIXES: const std::scoped_lock mine(m, other.m);
    balance = other.balance;
    return *this;
  }
  bool operator<(const Account &other) const {
    std::unique_lock<std::mutex> mine(m);
    std::unique_lock<std::mutex> theirs(other.m);
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'other.m' is locked after 'm'
    // CHECK-FIXES: const std::scoped_lock mine(m, other.m);
    return balance < other.balance;
  }
};

void transfer(Account &from, Account *to, int amount) {
  std::lock_guard<std::mutex> first(from.m);
  std::lock_guard<std::mutex> second(to->m);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'to->m' is locked after 'from.m'
  // CHECK-FIXES: const std::scoped_lock first(from.m, to->m);
  from.balance -= amount;
  to->balance += amount;
}

// Right: both at once.
void atOnce(Account &from, Account &to) {
  std::scoped_lock both(from.m, to.m);
  std::swap(from.balance, to.balance);
}
void lockThenAdopt(Account &from, Account &to) {
  std::lock(from.m, to.m);
  std::lock_guard<std::mutex> first(from.m, std::adopt_lock);
  std::lock_guard<std::mutex> second(to.m, std::adopt_lock);
}
// Right: the function decides the order.
void byAddress(Account &from, Account &to) {
  if (&from < &to) {
    std::lock_guard<std::mutex> first(from.m);
    std::lock_guard<std::mutex> second(to.m);
    std::swap(from.balance, to.balance);
  } else {
    std::lock_guard<std::mutex> first(to.m);
    std::lock_guard<std::mutex> second(from.m);
    std::swap(from.balance, to.balance);
  }
}
void byId(Account &from, Account &to) {
  Account *low = from.id < to.id ? &from : &to;
  Account *high = from.id < to.id ? &to : &from;
  std::lock_guard<std::mutex> first(low->m);
  std::lock_guard<std::mutex> second(high->m);
}
// Right: an object of its own.
void local(Account &a) {
  Account copy;
  std::lock_guard<std::mutex> first(copy.m);
  std::lock_guard<std::mutex> second(a.m);
}
// Right: parents come before children.
struct Node {
  std::mutex m;
  Node *next = nullptr;
  int n = 0;
  void append(Node &child) {
    std::lock_guard<std::mutex> mine(m);
    std::lock_guard<std::mutex> theirs(child.m);
    next = &child;
  }
  void step() {
    std::lock_guard<std::mutex> mine(m);
    std::lock_guard<std::mutex> theirs(next->m);
    ++n;
  }
};
