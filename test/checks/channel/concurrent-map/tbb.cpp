// RUN: %check_concord %s %t concord-concurrent-map --std=c++17,c++20,c++23
// REQUIRES: tbb
// The maps of oneTBB.
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tbb/concurrent_hash_map.h>
#include <tbb/concurrent_unordered_map.h>
#include <tbb/concurrent_vector.h>
#include <unordered_map>

// Wrong.

class Cache {
  tbb::concurrent_hash_map<std::string, int> entries;
  // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'entries' is a concurrent map, whose operations are atomic one by one only; put a plain map behind a mutex unless each key is written once and read often [concord-concurrent-map]
  std::unique_ptr<tbb::concurrent_unordered_map<int, int>> owned;
  // CHECK-MESSAGES: :[[@LINE-1]]:60: warning: 'owned' is a concurrent map
};

using Ages = oneapi::tbb::concurrent_unordered_map<std::string, int>;
Ages ages;
// CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'ages' is a concurrent map

template <typename Key> class Index {
  tbb::concurrent_hash_map<int, int> numbers;
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'numbers' is a concurrent map
  tbb::concurrent_hash_map<Key, int> places;
};
template class Index<long>;

void local() {
  Ages counts;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'counts' is a concurrent map
  (void)counts;
}

// Right.

int lends(const Ages &borrowed) {
  const auto &same = borrowed;
  const Ages *pointer = &borrowed;
  return static_cast<int>(same.size() + pointer->size());
}

class Guarded {
  std::mutex mutex;
  std::map<std::string, int> plain;
  std::unordered_map<int, int> hashed;
  tbb::concurrent_vector<int> vector;
};

class Logs {
public:
  void add(int value) { lines.push_back(value); }

private:
  tbb::concurrent_vector<int> lines;
};

template <typename Map> int count(const Map &map) {
  return static_cast<int>(map.size());
}

int counts() { return count(ages) + count(std::map<int, int>()); }
