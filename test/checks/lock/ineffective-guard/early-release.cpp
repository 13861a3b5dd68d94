// RUN: %check_concord %s %t concord-ineffective-guard --std=c++17,c++20

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct State {
  std::vector<int> items;
  const std::vector<int> &all() const { return items; }
  std::vector<int> copy() const { return items; }
};

/// Keeps the state locked while it lives.
class LockedState {
public:
  LockedState(std::mutex &Mutex, State &Inner) : lock(Mutex), inner(&Inner) {}
  State &operator*() { return *inner; }
  State *operator->() { return inner; }
  State *get() { return inner; }

private:
  std::unique_lock<std::mutex> lock;
  State *inner;
};

class Guarded {
public:
  LockedState lock() { return LockedState(mutex, state); }

private:
  std::mutex mutex;
  State state;
};

int sum(Guarded &Shared) {
  int Sum = 0;
  for (int Item : Shared.lock()->items)
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the lock of this temporary is released before the loop runs; keep it in a variable before the loop [concord-ineffective-guard]
    Sum += Item;
  for (int Item : (*Shared.lock()).all())
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the lock of this temporary is released before the loop runs
    Sum += Item;
  return Sum;
}

void references(Guarded &Shared) {
  State &Inner = *Shared.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the lock of this temporary is released at the end of the statement, while 'Inner' still refers to what it guards; keep the temporary in a variable [concord-ineffective-guard]
  const auto &First = Shared.lock()->items[0];
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the lock of this temporary is released
  State *Pointer = Shared.lock().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the lock of this temporary is released
  Inner.items.push_back(First + int(Pointer->items.size()));
}

int right(Guarded &Shared, std::weak_ptr<State> Weak) {
  auto Locked = Shared.lock();
  int Sum = 0;
  for (int Item : Locked->items)
    Sum += Item;
  for (int Item : Shared.lock()->copy())
    Sum += Item;
  State Copy = *Shared.lock();
  auto &&Kept = Shared.lock();
  Shared.lock()->items.push_back(1);
  const std::vector<int> &Extended = Shared.lock()->copy();
  for (int Item : Weak.lock()->items)
    Sum += Item;
  return Sum + int(Copy.items.size() + Kept->items.size() + Extended.size());
}
