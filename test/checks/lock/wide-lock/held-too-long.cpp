// RUN: %check_concord %s %t concord-wide-lock --std=c++17,c++20,c++23

#include <condition_variable>
#include <mutex>
#include <queue>
#include <string>

void process(const std::string &Item);
std::string nothing();

class Worker {
public:
  void step() {
    std::lock_guard<std::mutex> lock(mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: guard 'lock' is held over calls that use nothing that it guards; end its block before them [concord-wide-lock]
    // CHECK-MESSAGES: :[[@LINE+3]]:5: note: from here on only local values are used
    std::string Item = items.front();
    items.pop();
    process(Item);
  }

  void narrow() {
    std::string Item;
    {
      std::lock_guard<std::mutex> lock(mutex);
      Item = items.front();
      items.pop();
    }
    process(Item);
  }

  void released() {
    std::unique_lock<std::mutex> lock(mutex);
    std::string Item = items.front();
    lock.unlock();
    process(Item);
  }

  void needed() {
    std::lock_guard<std::mutex> lock(mutex);
    const std::string &Item = items.front();
    process(Item);
  }

  std::string first() {
    std::lock_guard<std::mutex> lock(mutex);
    if (!items.empty())
      return items.front();
    return nothing();
  }

  int size() {
    std::lock_guard<std::mutex> lock(mutex);
    int Count = int(items.size());
    changed.notify_all();
    return Count;
  }

private:
  std::mutex mutex;
  std::condition_variable changed;
  std::queue<std::string> items;
};

// A guard that is kept.
class Session {
  std::unique_lock<std::mutex> lock;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: guard 'lock' is a member, so how long its mutex stays locked cannot be seen where it is used; lock in the functions that need it
  std::string name;
};

class LockedName {
public:
  std::string &operator*() { return *name; }

private:
  std::unique_lock<std::mutex> lock;
  std::string *name;
};

std::mutex Mutex;
static std::lock_guard<std::mutex> Forever(Mutex);
// CHECK-MESSAGES: :[[@LINE-1]]:36: warning: guard 'Forever' is static, so its mutex stays locked until the program ends; make it a local variable

void letGo(std::unique_lock<std::mutex> &Held) {
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: 'Held' is the caller's guard, so the caller cannot see how long its mutex is locked; lock and unlock in one function
  Held.unlock();
}

void waitFor(std::unique_lock<std::mutex> &Held, std::condition_variable &Changed) {
  Changed.wait(Held);
}
void proof(const std::unique_lock<std::mutex> &Held);
void taken(std::unique_lock<std::mutex> Held) { Held.unlock(); }
