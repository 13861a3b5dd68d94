// RUN: %check_concord %s %t concord-check-then-act --std=c++17,c++20,c++23

#include <condition_variable>
#include <map>
#include <mutex>
#include <queue>
#include <string>

int compute(int Key);

class Cache {
public:
  void fill(int Key) {
    bool Known;
    {
      std::lock_guard<std::mutex> lock(mutex);
      Known = values.count(Key) != 0;
    }
    if (!Known) {
      std::lock_guard<std::mutex> lock(mutex);
      values[Key] = 1;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'values' is changed on the strength of 'Known', which was read before 'mutex' was released; decide and act under one lock, or ask again [concord-check-then-act]
      // CHECK-MESSAGES: :[[@LINE-6]]:15: note: read under the lock here
      // CHECK-MESSAGES: :[[@LINE-5]]:9: note: decided without the lock here
    }
  }

  void unlocked(int Key) {
    std::unique_lock<std::mutex> lock(mutex);
    bool Full = values.size() > 10;
    lock.unlock();
    if (Full)
      return;
    lock.lock();
    values[Key] = 2;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'values' is changed on the strength of 'Full'
  }

  // Asked again.
  void again(int Key) {
    bool Known;
    {
      std::lock_guard<std::mutex> lock(mutex);
      Known = values.count(Key) != 0;
    }
    if (!Known) {
      int Value = compute(Key);
      std::lock_guard<std::mutex> lock(mutex);
      if (values.count(Key) == 0)
        values[Key] = Value;
    }
  }

  // Keeps what is there.
  void emplace(int Key) {
    bool Known;
    {
      std::lock_guard<std::mutex> lock(mutex);
      Known = values.count(Key) != 0;
    }
    if (!Known) {
      int Value = compute(Key);
      std::lock_guard<std::mutex> lock(mutex);
      values.emplace(Key, Value);
    }
  }

  // One section.
  void one(int Key) {
    std::lock_guard<std::mutex> lock(mutex);
    bool Known = values.count(Key) != 0;
    if (!Known)
      values[Key] = 1;
  }

  // Another object.
  void other(int Key) {
    bool Known;
    {
      std::lock_guard<std::mutex> lock(mutex);
      Known = values.count(Key) != 0;
    }
    if (!Known) {
      std::lock_guard<std::mutex> lock(mutex);
      ++misses;
    }
  }

private:
  std::mutex mutex;
  std::map<int, int> values;
  int misses = 0;
};

// Two calls of an object that locks itself.
class Registry {
public:
  bool contains(int Key) const {
    std::lock_guard<std::mutex> lock(mutex);
    return values.count(Key) != 0;
  }
  void put(int Key, int Value) {
    std::lock_guard<std::mutex> lock(mutex);
    values[Key] = Value;
  }
  void putIfAbsent(int Key, int Value) {
    std::lock_guard<std::mutex> lock(mutex);
    if (values.count(Key) == 0)
      values[Key] = Value;
  }
  void waitAndPut(int Key) {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [this] { return !values.empty(); });
    values[Key] = 1;
  }
  int hits() const {
    std::lock_guard<std::mutex> lock(mutex);
    return found;
  }

private:
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::map<int, int> values;
  int found = 0;
};

void twoCalls(Registry &Shared, int Key) {
  if (!Shared.contains(Key))
    Shared.put(Key, compute(Key));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'put' acts on what 'contains' said, but the lock of 'Shared' is free in between; give the class one function that does both under its lock
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: asked here
}

void rightCalls(Registry &Shared, int Key, std::mutex &Outer) {
  if (!Shared.contains(Key))
    Shared.putIfAbsent(Key, 1);
  if (!Shared.contains(Key))
    Shared.waitAndPut(Key);
  if (Shared.hits() == 0)
    Shared.put(Key, 1);
  std::lock_guard<std::mutex> lock(Outer);
  if (!Shared.contains(Key))
    Shared.put(Key, 2);
}

// What a handler does has another reason.
void handler(Registry &Shared, int Key) {
  if (!Shared.contains(Key))
    return;
  try {
    compute(Key);
  } catch (...) {
    Shared.put(Key, 0);
  }
}

int localObject(int Key) {
  Registry Own;
  if (!Own.contains(Key))
    Own.put(Key, 1);
  return Own.hits();
}
