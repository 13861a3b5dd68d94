// RUN: %check_concord %s %t concord-double-checked-locking --std=c++17,c++20,c++23

#include <atomic>
#include <mutex>
#include <string>

struct Parser {};

std::mutex Mutex;
std::atomic<Parser *> Instance;
std::atomic<bool> Ready, Dirty;
std::atomic<int> Cached{-1};
std::string Text;

Parser *acquireRelease() {
  Parser *Known = Instance.load(std::memory_order_acquire);
  if (!Known) {
    std::lock_guard<std::mutex> Lock(Mutex);
    Known = Instance.load(std::memory_order_relaxed);
    if (!Known) {
      Known = new Parser;
      Instance.store(Known, std::memory_order_release);
    }
  }
  return Known;
}

Parser *sequential() {
  if (!Instance) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Instance)
      Instance = new Parser;
  }
  return Instance;
}

Parser *relaxedLoad() {
  Parser *Known = Instance.load(std::memory_order_relaxed);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Instance' is published with relaxed memory order, so what was made may not be seen yet; initialise it in a function-local static or through a once flag, or make it atomic with acquire and release [concord-double-checked-locking]
  if (!Known) {
    std::lock_guard<std::mutex> Lock(Mutex);
    Known = Instance.load(std::memory_order_relaxed);
    if (!Known) {
      Known = new Parser;
      Instance.store(Known, std::memory_order_release);
    }
  }
  return Known;
}

const std::string &relaxedFlag() {
  if (!Ready.load(std::memory_order_acquire)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Ready' is published with relaxed memory order
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Ready.load()) {
      Text = "made";
      Ready.store(true, std::memory_order_relaxed);
    }
  }
  return Text;
}

// Fences order what the relaxed operations do not.
Parser *fenced() {
  Parser *Known = Instance.load(std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_acquire);
  if (!Known) {
    std::lock_guard<std::mutex> Lock(Mutex);
    Known = Instance.load(std::memory_order_relaxed);
    if (!Known) {
      Known = new Parser;
      std::atomic_thread_fence(std::memory_order_release);
      Instance.store(Known, std::memory_order_relaxed);
    }
  }
  return Known;
}

// The value is all there is.
int value() {
  if (Cached.load(std::memory_order_relaxed) < 0) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Cached.load(std::memory_order_relaxed) < 0)
      Cached.store(42, std::memory_order_relaxed);
  }
  return Cached.load(std::memory_order_relaxed);
}

// What the flag is about is only touched under the lock.
void flush() {
  if (Dirty.load(std::memory_order_relaxed)) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Dirty.load(std::memory_order_relaxed)) {
      Text.clear();
      Dirty.store(false, std::memory_order_relaxed);
    }
  }
}
