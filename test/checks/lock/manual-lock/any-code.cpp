// RUN: %check_concord %s %t concord-manual-lock --config="{CheckOptions: {concord-manual-lock.AnyCode: true}}"
// RUN: %check_concord %s %t concord-manual-lock --config="{CheckOptions: {concord-manual-lock.AnyCode: true}}" -- -fno-exceptions

#include <mutex>

std::mutex Mutex;
int Value;

void increment() {
  Mutex.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Mutex' is locked and unlocked by hand; hold it with a guard [concord-manual-lock]
  // CHECK-FIXES:   const std::scoped_lock lock(Mutex);
  ++Value;
  Mutex.unlock();
}

void guarded() {
  const std::scoped_lock held(Mutex);
  ++Value;
}
