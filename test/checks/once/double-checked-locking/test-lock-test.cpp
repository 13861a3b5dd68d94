// RUN: %check_concord %s %t concord-double-checked-locking --std=c++17,c++20,c++23

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

struct Parser {
  int parse();
};

std::mutex Mutex;
Parser *Instance;
std::unique_ptr<Parser> Owned;
volatile bool Ready;
std::string Text;

Parser *pointer() {
  if (!Instance) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Instance' is tested without the lock that it is set under; initialise it in a function-local static or through a once flag, or make it atomic with acquire and release [concord-double-checked-locking]
    // CHECK-MESSAGES: :[[@LINE+3]]:33: note: 'Mutex' is taken here
    // CHECK-MESSAGES: :[[@LINE+3]]:10: note: tested again under the lock here
    // CHECK-MESSAGES: :[[@LINE+3]]:16: note: set under the lock here
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Instance)
      Instance = new Parser;
  }
  return Instance;
}

Parser &comparedWithNull() {
  if (Owned == nullptr) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Owned' is tested without the lock
    std::scoped_lock Lock(Mutex);
    if (Owned == nullptr)
      Owned = std::make_unique<Parser>();
  }
  return *Owned;
}

// Inverted, with early returns.
const std::string &earlyReturn() {
  if (Ready)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Ready' is tested without the lock
    return Text;
  std::unique_lock<std::mutex> Lock(Mutex);
  if (Ready)
    return Text;
  Text = "made";
  Ready = true;
  return Text;
}

Parser *throughCopy() {
  Parser *Known = Instance;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Instance' is tested without the lock
  if (!Known) {
    std::lock_guard<std::mutex> Lock(Mutex);
    Known = Instance;
    if (!Known)
      Instance = Known = new Parser;
  }
  return Known;
}

class Cache {
public:
  const std::vector<int> &values() const {
    if (!loaded) {
      // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'loaded' is tested without the lock
      mutex.lock();
      if (!loaded) {
        items = {1, 2};
        loaded = true;
      }
      mutex.unlock();
    }
    return items;
  }

  const std::string &name() const {
    if (!cachedName.has_value()) {
      // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'cachedName' is tested without the lock
      std::lock_guard<std::mutex> lock(mutex);
      if (!cachedName)
        cachedName.emplace("name");
    }
    return *cachedName;
  }

  const std::map<int, int> &table() {
    if (map.empty()) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'map' is tested without the lock
      std::lock_guard<std::mutex> lock(mutex);
      if (map.empty())
        fill();
    }
    return map;
  }

  int throughGetter() {
    if (!isLoaded()) {
      // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'loaded' is tested without the lock
      std::lock_guard<std::mutex> lock(mutex);
      if (!isLoaded())
        loaded = true;
    }
    return 1;
  }

private:
  bool isLoaded() const { return loaded; }
  void fill() { map[1] = 2; }
  mutable std::mutex mutex;
  mutable bool loaded = false;
  mutable std::vector<int> items;
  mutable std::optional<std::string> cachedName;
  std::map<int, int> map;
};

template <typename T> T *make() {
  static std::mutex Guard;
  static T *Made;
  if (!Made) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Made' is tested without the lock
    std::lock_guard<std::mutex> Lock(Guard);
    if (!Made) {
      Made = new T;
      Made->parse();
    }
  }
  return Made;
}
template Parser *make<Parser>();

void inTask() {
  auto Task = [] {
    if (!Ready) {
      // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Ready' is tested without the lock
      std::lock_guard<std::mutex> Lock(Mutex);
      if (!Ready)
        Ready = true;
    }
  };
  Task();
}

// Tested under the lock only.
Parser *locked() {
  std::lock_guard<std::mutex> Lock(Mutex);
  if (!Instance)
    Instance = new Parser;
  return Instance;
}

// The first test holds the lock too, shared, and another one under it is right.
class Table {
public:
  int get(int Key) {
    {
      std::shared_lock Lock(mutex);
      if (filled)
        return values[Key];
    }
    std::unique_lock Lock(mutex);
    if (!filled) {
      values[1] = 1;
      filled = true;
    }
    return values[Key];
  }

private:
  std::shared_mutex mutex;
  bool filled = false;
  std::map<int, int> values;
};

// Another variable is tested under the lock.
bool Started, Running;
void otherVariable() {
  if (!Started) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Running)
      Running = true;
  }
}

// Nothing is set because of the second test.
void onlyRead() {
  while (!Ready) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Ready)
      break;
    Text += "x";
  }
}

// A walk under the lock is no second test.
std::vector<int> Items;
void expire() {
  if (Items.empty())
    return;
  std::lock_guard<std::mutex> Lock(Mutex);
  for (auto It = Items.begin(); It != Items.end();)
    It = Items.erase(It);
}

// Local state: only this call sees it.
int local() {
  bool Done = false;
  if (!Done) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!Done)
      Done = true;
  }
  return Done;
}

thread_local Parser *PerThread;
Parser *perThread() {
  if (!PerThread) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (!PerThread)
      PerThread = new Parser;
  }
  return PerThread;
}

Parser &functionLocal() {
  static Parser Made;
  return Made;
}
