// RUN: %check_concord %s %t concord-shared-lock-write --std=c++17,c++20,c++23
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

struct Statistics {
  void add() { ++n; }
  std::atomic<int> n{0};
};

class Cache {
public:
  void assigns(int v) {
    std::shared_lock<std::shared_mutex> lock(m);
    value = v;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'value' is changed while only the shared lock of 'm' is held; take 'm' exclusively [concord-shared-lock-write]
    // CHECK-MESSAGES: :[[@LINE-3]]:41: note: 'm' is taken here
  }
  int counts() const {
    std::shared_lock lock(m);
    ++hits;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'hits' is changed while only the shared lock
    return value;
  }
  int inserts(int k) {
    std::shared_lock lock(m);
    return table[k];
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'table' is changed while
  }
  void grows(int v) {
    m.lock_shared();
    list.push_back(v);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'list' is changed while
    m.unlock_shared();
  }
  void element(int i) {
    std::shared_lock lock(m);
    list[i] = 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: {{.*}} is changed while
  }
  void throughFunction() {
    std::shared_lock lock(m);
    clearLocked();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'clearLocked' changes 'value' while only the shared lock of 'm' is held
    // CHECK-MESSAGES: :[[@LINE+42]]:24: note: changed here
  }

  // Right: exclusively.
  void exclusive(int v) {
    std::unique_lock<std::shared_mutex> lock(m);
    value = v;
    table[v] = v;
    clearLocked();
  }
  // Right: reads.
  int reads(int i) const {
    std::shared_lock lock(m);
    auto at = table.find(i);
    return at == table.end() ? list[i] + list.at(i) : at->second;
  }
  int readsToo(int i) {
    std::shared_lock lock(m);
    int sum = 0;
    for (int n : list)
      sum += n;
    return sum + list[i] + int(list.size()) + table.at(i);
  }
  // Right: state that keeps itself in order, or its own lock held.
  void others() {
    std::shared_lock lock(m);
    ++atomic;
    statistics.add();
    std::lock_guard<std::mutex> inner(hitsLock);
    ++hits;
  }
  // Right: locals, and what is released before.
  void locals(int v) {
    std::shared_lock lock(m);
    std::vector<int> copy = list;
    copy.push_back(v);
    lock.unlock();
    std::unique_lock<std::shared_mutex> writing(m);
    value = v;
  }

private:
  void clearLocked() { value = 0; }
  mutable std::shared_mutex m;
  std::mutex hitsLock;
  int value = 0;
  mutable int hits = 0;
  std::atomic<int> atomic{0};
  Statistics statistics;
  std::map<int, int> table;
  std::vector<int> list;
};

// Globals.
std::shared_mutex tableLock;
std::unordered_map<std::string, int> table;
thread_local int lookups;
int lookup(const std::string &key) {
  std::shared_lock lock(tableLock);
  ++lookups;
  return table[key];
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'table' is changed while
}
