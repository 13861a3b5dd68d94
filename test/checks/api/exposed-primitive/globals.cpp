// RUN: %check_concord %s %t concord-exposed-primitive

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

std::mutex logMutex;
std::mutex onlyHere;
static std::condition_variable neitherThis;

#else
#include <condition_variable>
#include <memory>
#include <mutex>
#include <pthread.h>

extern std::mutex logMutex;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: global mutex 'logMutex' in a header can be used by every file that includes it; keep it beside the state it guards, in a source file or as a private member [concord-exposed-primitive]
inline std::condition_variable wakeUp;
// CHECK-MESSAGES: :[[@LINE-1]]:32: warning: global condition variable 'wakeUp' in a header can be {{.*}} [concord-exposed-primitive]
static std::once_flag once;
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: global once flag 'once' in a header can be {{.*}} [concord-exposed-primitive]
namespace app {
extern std::unique_ptr<std::recursive_mutex> state;
// CHECK-MESSAGES: :[[@LINE-1]]:46: warning: global mutex 'state' in a header can be {{.*}} [concord-exposed-primitive]
} // namespace app
extern "C" pthread_mutex_t table_lock;
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: global mutex 'table_lock' in a header can be {{.*}} [concord-exposed-primitive]
extern std::mutex shards[16];
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: global mutex 'shards' in a header can be {{.*}} [concord-exposed-primitive]

namespace detail {
extern std::mutex registry;
}
namespace {
std::mutex perFile;
}
inline int next() {
  static std::mutex m;
  static int last = 0;
  const std::lock_guard<std::mutex> lock(m);
  return ++last;
}
extern int counter;

#endif
