// RUN: %check_concord %s %t concord-once-flag

#include <memory>
#include <mutex>
#include <new>
#include <pthread.h>

std::once_flag Global;
pthread_once_t Once = PTHREAD_ONCE_INIT;

void resetGlobal() {
  Global.~once_flag();
  new (&Global) std::once_flag;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the once flag 'Global' is made anew to run its function again, while others may be waiting on it; guard state that can be reset by a mutex and a flag of its own [concord-once-flag]
  Once = PTHREAD_ONCE_INIT;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the once flag 'Once' is made anew
}

class Cache {
public:
  void invalidate() {
    flag = std::make_unique<std::once_flag>();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the once flag 'flag' is made anew
    flag.reset(new std::once_flag);
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the once flag 'flag' is made anew
  }

private:
  std::unique_ptr<std::once_flag> flag = std::make_unique<std::once_flag>();
};

class MadeOnce {
public:
  MadeOnce() { first = std::make_unique<std::once_flag>(); }
  void open() {
    if (!second)
      second = std::make_unique<std::once_flag>();
  }

private:
  std::unique_ptr<std::once_flag> first;
  std::shared_ptr<std::once_flag> second;
};

// After a fork the child starts over.
void afterForkInChild() { Once = PTHREAD_ONCE_INIT; }

struct Object {
  pthread_once_t once;
};
void initialise(Object *New) {
  New->once = PTHREAD_ONCE_INIT;
  auto Flag = std::make_shared<std::once_flag>();
}
