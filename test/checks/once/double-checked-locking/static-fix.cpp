// RUN: %check_concord %s %t concord-double-checked-locking --std=c++17,c++20,c++23

#include <memory>
#include <mutex>
#include <string>

struct Parser {
  explicit Parser(int Depth = 0);
};
std::mutex Mutex;
constexpr int Depth = 3;

Parser *raw() {
  static Parser *Made = nullptr;
  if (!Made) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Made' is tested without the lock
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Made)
      Made = new Parser(Depth);
  }
  return Made;
  // CHECK-FIXES:   static Parser *Made = new Parser(Depth);
}

Parser &owned() {
  static std::unique_ptr<Parser> Owned;
  if (!Owned) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Owned' is tested without the lock
    std::scoped_lock Lock(Mutex);
    if (!Owned) {
      Owned = std::make_unique<Parser>();
    }
  }
  return *Owned;
  // CHECK-FIXES:   static std::unique_ptr<Parser> Owned = std::make_unique<Parser>();
}

// Made from a parameter: the first caller's.
Parser *parameter(int Levels) {
  static Parser *FromParameter = nullptr;
  if (!FromParameter) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'FromParameter' is tested without the lock
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!FromParameter)
      FromParameter = new Parser(Levels);
  }
  return FromParameter;
}

// More is done than to make it.
int Count;
Parser *counted() {
  static Parser *Counted = nullptr;
  if (!Counted) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Counted' is tested without the lock
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Counted) {
      ++Count;
      Counted = new Parser;
    }
  }
  return Counted;
}
