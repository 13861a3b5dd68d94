// RUN: %check_concord %s %t concord-exposed-primitive --std=c++17,c++20,c++23

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

// What only this file sees is no API.
struct OnlyHere {
  std::mutex m;
};

void deposit(Account &account) {
  std::lock_guard<std::mutex> lock(account.m);
  account.balance += 1;
}

#else
#include <array>
#include <condition_variable>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

struct Account {
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Account'; make it private and lock inside the member functions [concord-exposed-primitive]
  // CHECK-MESSAGES: :[[@LINE-19]]:31: note: code outside the class uses it here
  long balance = 0;
};

class Cache {
public:
  std::string find(int key) const;
  mutable std::shared_mutex guard;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: public data member 'guard' lets every caller use the mutex of 'Cache'; make it private and lock inside the member functions [concord-exposed-primitive]
  std::condition_variable changed;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: public data member 'changed' lets every caller use the condition variable of 'Cache'; {{.*}} [concord-exposed-primitive]
  std::once_flag loaded;
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: public data member 'loaded' lets every caller use the once flag of 'Cache'; {{.*}} [concord-exposed-primitive]
  static std::mutex everyone;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: public data member 'everyone' lets every caller use the mutex of 'Cache'; {{.*}} [concord-exposed-primitive]

private:
  std::map<int, std::string> values;
};

// Through aliases, pointers, references, arrays, wrappers and containers.
using Padlock = std::recursive_mutex;
struct Through {
  Padlock alias;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: public data member 'alias' lets
  std::mutex *pointer;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: public data member 'pointer' lets
  std::mutex &reference;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: public data member 'reference' lets
  std::shared_ptr<std::mutex> shared;
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: public data member 'shared' lets
  std::optional<std::mutex> maybe;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: public data member 'maybe' lets
  std::mutex several[4];
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'several' lets
  std::array<std::mutex, 4> four;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: public data member 'four' lets
  std::vector<std::unique_ptr<std::mutex>> many;
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: public data member 'many' lets
  std::map<int, std::mutex> byKey;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: public data member 'byKey' lets
};

// A class in a public part is as open as its members.
class Registry {
public:
  struct Entry {
    std::mutex m;
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: public data member 'm' lets every caller use the mutex of 'Entry'; {{.*}} [concord-exposed-primitive]
    int value;
  };
  Entry &find(int key);
};

namespace shop {
inline namespace v1 {
struct Order {
  std::timed_mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: public data member 'm' lets
};
} // namespace v1
} // namespace shop

// Right.

class Closed {
public:
  void set(int v);

private:
  std::mutex m;
  std::condition_variable changed;
  static std::mutex everyone;
  struct Node {
    std::mutex m;
    Node *next;
  };
  Node *first = nullptr;

protected:
  std::mutex forDerived;
};

struct NoPrimitive {
  std::future<int> result;
  std::shared_future<int> shared;
  std::promise<int> promise;
  std::atomic<int> count{0};
};

inline int local() {
  struct Local {
    std::mutex m;
    int value = 0;
  };
  static Local state;
  const std::lock_guard<std::mutex> lock(state.m);
  return ++state.value;
}

namespace {
struct Anonymous {
  std::mutex m;
};
} // namespace

#endif
