// RUN: %check_concord %s %t concord-escaping-guarded-state --std=c++17,c++20,c++23

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

class Settings {
public:
  const std::string &name() const {
    std::lock_guard<std::mutex> lock(mutex);
    return text;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the reference to 'text' is used after 'mutex' is released; return a copy, or run the caller's code under the lock [concord-escaping-guarded-state]
    // CHECK-MESSAGES: :[[@LINE-3]]:33: note: 'mutex' is taken here, and released on return
    // CHECK-FIXES:   std::string name() const {
  }

  std::vector<int> &all() {
    std::scoped_lock lock(mutex);
    return items;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the reference to 'items' is used after 'mutex' is released
  }

  int *pointer() {
    std::unique_lock<std::mutex> lock(mutex);
    return &number;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the pointer to 'number' is used after 'mutex' is released
  }

  const int &element(const std::string &Key) const {
    std::shared_lock lock(table);
    auto Found = map.find(Key);
    return Found->second;
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the reference to 'map' is used after 'table' is released
    // CHECK-FIXES:   int element(const std::string &Key) const {
  }

  std::vector<int>::iterator first() {
    std::lock_guard<std::mutex> lock(mutex);
    return items.begin();
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the iterator to 'items' is used after 'mutex' is released
  }

  std::string_view view() const {
    std::lock_guard<std::mutex> lock(mutex);
    return text;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the view to 'text' is used after 'mutex' is released
  }

  const char *raw() const {
    std::lock_guard<std::mutex> lock(mutex);
    return text.c_str();
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the pointer to 'text' is used after 'mutex' is released
  }

  int &throughReference(int Index) {
    std::lock_guard<std::mutex> lock(mutex);
    auto &Item = items[Index];
    return Item;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the reference to 'items' is used after 'mutex' is released
  }

  int &optional() {
    std::lock_guard<std::mutex> lock(mutex);
    return *maybe;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the reference to 'maybe' is used after 'mutex' is released
  }

  const std::string &outside() const;

  // Right: copies.
  std::string copy() const {
    std::lock_guard<std::mutex> lock(mutex);
    return text;
  }
  int value() const {
    std::lock_guard<std::mutex> lock(mutex);
    return items.front();
  }

  // Never changed after construction.
  const std::string &fixed() const {
    std::lock_guard<std::mutex> lock(mutex);
    return constant;
  }

  // Objects that guard themselves, and objects elsewhere.
  std::atomic<int> &counter() {
    std::lock_guard<std::mutex> lock(mutex);
    return counted;
  }
  int &owned() {
    std::lock_guard<std::mutex> lock(mutex);
    if (!pointee)
      pointee = std::make_unique<int>();
    return *pointee;
  }
  int *observed() {
    std::lock_guard<std::mutex> lock(mutex);
    return observer;
  }
  int &registered(const std::string &Key) {
    std::lock_guard<std::mutex> lock(mutex);
    auto &Entry = objects[Key];
    if (!Entry)
      Entry = std::make_unique<int>();
    return *Entry;
  }
  std::shared_ptr<int> shared() {
    std::lock_guard<std::mutex> lock(mutex);
    return sharedInt;
  }

  // The guard comes along.
  struct Locked {
    std::unique_lock<std::mutex> lock;
    std::string &text;
  };
  Locked locked() {
    std::unique_lock<std::mutex> lock(mutex);
    return {std::move(lock), text};
  }

  Settings &operator=(const Settings &Other) {
    std::lock_guard<std::mutex> lock(mutex);
    text = Other.copy();
    return *this;
  }

  // Not under the lock at all: not this finding.
  const std::string &unlocked() const { return text; }
  const std::string &released() const {
    {
      std::lock_guard<std::mutex> lock(mutex);
    }
    return text;
  }

  void change() {
    std::lock_guard<std::mutex> lock(mutex);
    text += "x";
    items.clear();
    map.clear();
    ++number;
    maybe = 1;
    sharedInt.reset();
  }

private:
  mutable std::mutex mutex;
  mutable std::shared_mutex table;
  std::string text;
  std::string constant = "constant";
  std::vector<int> items;
  std::map<std::string, int> map;
  std::map<std::string, std::unique_ptr<int>> objects;
  std::optional<int> maybe;
  int number = 0;
  int *observer = nullptr;
  std::atomic<int> counted;
  std::unique_ptr<int> pointee;
  std::shared_ptr<int> sharedInt;
};

const std::string &Settings::outside() const {
  std::lock_guard<std::mutex> lock(mutex);
  return text;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the reference to 'text' is used after 'mutex' is released
  // CHECK-FIXES: std::string Settings::outside() const {
}

// Interned: added, never changed, in nodes that stay where they are.
class Names {
public:
  const std::string &intern(const std::string &Name) {
    std::lock_guard<std::mutex> lock(mutex);
    return *names.insert(Name).first;
  }

private:
  std::mutex mutex;
  std::set<std::string> names;
};

// Elements that guard themselves.
class Counters {
public:
  struct Counter {
    std::atomic<int> value{0};
    void add() { ++value; }
  };
  Counter &get(int Id) {
    std::lock_guard<std::mutex> lock(mutex);
    return counters[Id];
  }
  void clear() {
    std::lock_guard<std::mutex> lock(mutex);
    counters.clear();
  }

private:
  std::mutex mutex;
  std::map<int, Counter> counters;
};

// Who calls this holds the recursive lock already.
class Tree {
public:
  int get(int Key) {
    std::lock_guard<std::recursive_mutex> lock(mutex);
    return node(Key);
  }
  void set(int Key) {
    std::lock_guard<std::recursive_mutex> lock(mutex);
    nodes[Key] = Key;
    nodes.erase(0);
  }

private:
  int &node(int Key) {
    std::lock_guard<std::recursive_mutex> lock(mutex);
    return nodes[Key];
  }
  std::recursive_mutex mutex;
  std::map<int, int> nodes;
};

template <typename T> class Store {
public:
  const T &get() const {
    std::lock_guard<std::mutex> lock(mutex);
    return value;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the reference to 'value' is used after 'mutex' is released
  }
  void set(const T &New) {
    std::lock_guard<std::mutex> lock(mutex);
    value = New;
  }

private:
  mutable std::mutex mutex;
  T value;
};
int use(Store<int> &Numbers) { Numbers.set(1); return Numbers.get(); }
// Users of a lock hold it.
class Shelf {
public:
  void lock() { mutex.lock(); }
  void unlock() { mutex.unlock(); }
  std::vector<int> &items() {
    std::lock_guard<std::mutex> guard(mutex);
    return books;
  }
  void add() { books.push_back(1); }

private:
  std::mutex mutex;
  std::vector<int> books;
};

