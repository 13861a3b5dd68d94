// RUN: %check_concord %s %t concord-unbalanced-lock --std=c++17,c++20,c++23
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <vector>

bool chance();
void work();
[[noreturn]] void die();

class Store {
public:
  int earlyReturn() {
    m.lock();
    if (values.empty())
      return -1;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'm' is still held when the function returns here, while other paths release it; let a guard release it [concord-unbalanced-lock]
    // CHECK-MESSAGES: :[[@LINE-4]]:7: note: taken here
    // CHECK-MESSAGES: :[[@LINE+2]]:7: note: another path releases it here
    int n = values.back();
    m.unlock();
    return n;
  }
  std::string record() {
    m.lock();
    if (values.empty())
      return "";
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'm' is still held when the function returns here
    std::string text = std::to_string(values.back());
    m.unlock();
    return text;
  }
  bool contains(int x) {
    m.lock();
    for (int v : values)
      if (v == x)
        return true;
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'm' is still held when the function returns here
    m.unlock();
    return false;
  }
  void forgotten() {
    m.lock();
    if (chance()) {
      work();
      m.unlock();
      return;
    }
    work();
  }
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is still held when the function returns here
  void throws() {
    m.lock();
    if (values.empty())
      throw std::runtime_error("empty");
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'm' is still held when this exception leaves the function; let a guard release it
    m.unlock();
  }
  void inSwitch(int n) {
    s.lock_shared();
    switch (n) {
    case 0:
      return;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 's' is still held
    case 1:
      work();
      break;
    default:
      break;
    }
    s.unlock_shared();
  }
  void inLoop() {
    while (chance()) {
      m.lock();
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'm' may still be held when the loop comes back to lock it again; release it on every path through the loop
      if (chance())
        continue;
      m.unlock();
    }
  }
  void inLambda() {
    auto task = [this] {
      m.lock();
      if (chance())
        return;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'm' is still held
      m.unlock();
    };
    task();
  }
  void released() {
    std::unique_lock<std::mutex> lock(m);
    auto *mutex = lock.release();
    if (chance())
      return;
    mutex->unlock();
  }

  // Right: every path releases it.
  int allPaths() {
    m.lock();
    if (values.empty()) {
      m.unlock();
      return -1;
    }
    int n = values.back();
    m.unlock();
    return n;
  }
  // Right: a guard releases it.
  int guarded() {
    std::unique_lock<std::mutex> lock(m);
    if (values.empty())
      throw std::runtime_error("empty");
    lock.unlock();
    if (chance())
      return 1;
    lock.lock();
    return 2;
  }
  // Right: the attempt failed.
  bool attempt() {
    if (!m.try_lock())
      return false;
    work();
    m.unlock();
    return true;
  }
  bool attemptLater() {
    bool taken = m.try_lock();
    work();
    if (taken)
      m.unlock();
    return taken;
  }
  // Right: the conditions belong together.
  void correlated(bool threaded) {
    if (threaded)
      m.lock();
    work();
    if (threaded)
      m.unlock();
  }
  // Right: the end of the program.
  void ends() {
    m.lock();
    if (values.empty())
      die();
    m.unlock();
  }
  // Right: caught in here, and released there.
  void catches() {
    m.lock();
    try {
      if (values.empty())
        throw std::runtime_error("empty");
    } catch (...) {
      m.unlock();
      throw;
    }
    m.unlock();
  }
  // Right: adopted by a guard.
  int adopted() {
    m.lock();
    std::lock_guard<std::mutex> lock(m, std::adopt_lock);
    if (values.empty())
      return 0;
    return values.back();
  }
  int adoptedBoth(Store &other) {
    std::lock(m, other.m);
    std::lock_guard<std::mutex> first(m, std::adopt_lock);
    std::lock_guard<std::mutex> second(other.m, std::adopt_lock);
    if (values.empty())
      return 0;
    return values.back();
  }
  // Right: a lambda releases it at the end of the scope.
  template <class F> struct Finally {
    F f;
    ~Finally() { f(); }
  };
  int finally() {
    m.lock();
    auto unlock = [this] { m.unlock(); };
    Finally<decltype(unlock)> end{unlock};
    if (values.empty())
      return 0;
    return 1;
  }

  // Right: pairs of functions; the lock is held exactly on success.
  void open() { p.lock(); }
  void close() { p.unlock(); }
  bool tryOpen() {
    p.lock();
    if (values.empty()) {
      p.unlock();
      return false;
    }
    return true;
  }
  int *find() {
    p.lock();
    for (int &v : values)
      if (v == 7)
        return &v;
    p.unlock();
    return nullptr;
  }
  // Wrong all the same: the lock is held on failure.
  bool openBackwards() {
    p.lock();
    if (values.empty())
      return false;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'p' is still held when the function returns here
    work();
    p.unlock();
    return true;
  }
  // Right: a window in a function entered with the lock.
  void window() {
    m.unlock();
    work();
    m.lock();
  }

private:
  std::mutex m;
  std::mutex p;
  std::shared_mutex s;
  std::vector<int> values;
};

// Right: lock and guard classes.
class Turn {
public:
  void lock() {
    m.lock();
    if (chance())
      return;
    m.unlock();
    m.lock();
  }
  void unlock() { m.unlock(); }

private:
  std::mutex m;
};

// Right: an author who says so.
std::mutex annotated;
bool take() __attribute__((no_thread_safety_analysis));
bool take() {
  annotated.lock();
  if (chance())
    return true;
  annotated.unlock();
  return false;
}
