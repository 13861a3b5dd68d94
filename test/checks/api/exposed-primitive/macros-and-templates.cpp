// RUN: %check_concord %s %t concord-exposed-primitive

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

void use() {
  Pair<int> ints;
  Pair<long> longs;
  Generic<std::mutex> generic;
  generic.lockable.lock();
  generic.lockable.unlock();
}

#else
#include <mutex>

// Once, however often it is instantiated.
template <typename T> struct Pair {
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Pair'; {{.*}} [concord-exposed-primitive]
  T first, second;
};

// What the caller chose is the caller's.
template <typename Lockable> struct Generic {
  Lockable lockable;
};

#define GUARDED_BY_OWN_MUTEX(type, name)                                       \
  type name;                                                                   \
  std::mutex name##Mutex
struct Macro {
  GUARDED_BY_OWN_MUTEX(int, count);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: public data member 'countMutex' lets every caller use the mutex of 'Macro'; {{.*}} [concord-exposed-primitive]
};

struct Broken {
  Unknown m;
  std::mutex after;
};
// CHECK-MESSAGES: :[[@LINE-3]]:3: error: unknown type name 'Unknown'
// CHECK-MESSAGES: :[[@LINE-3]]:14: warning: public data member 'after' lets

#endif
