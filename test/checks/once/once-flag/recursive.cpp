// RUN: %check_concord %s %t concord-once-flag

#include <mutex>

std::once_flag Flag, Other;
int Value;

int get() {
  std::call_once(Flag, [] { Value = 1; });
  return Value;
}

void direct() {
  std::call_once(Flag, [] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the function that runs once under 'Flag' asks for it again and waits for itself; take the inner call out of it, or give it a flag of its own [concord-once-flag]
    // CHECK-MESSAGES: :[[@LINE+1]]:5: note: asked for again here
    std::call_once(Flag, [] { ++Value; });
  });
}

void throughFunction() {
  std::call_once(Flag, [] { Value = get() + 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the function that runs once under 'Flag' asks for it again
  // CHECK-MESSAGES: :[[@LINE-2]]:37: note: which is reached through this call
  // CHECK-MESSAGES: :9:3: note: asked for again here
}

class Settings {
public:
  int value() {
    std::call_once(loaded, [this] { load(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the function that runs once under 'loaded' asks for it again
    return current;
  }

private:
  void load() { current = value() + 1; }
  std::once_flag loaded;
  int current = 0;
};

void different() {
  std::call_once(Other, [] { Value = get(); });
}

class Node {
public:
  int value() {
    std::call_once(loaded, [this] { current = parent ? parent->value() : 1; });
    return current;
  }

private:
  std::once_flag loaded;
  Node *parent = nullptr;
  int current = 0;
};
