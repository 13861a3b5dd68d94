// RUN: %check_concord %s %t concord-manual-lock --std=c++11,c++14

#include <mutex>

int compute();

void work(std::mutex &Mutex) {
  Mutex.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Mutex' stays locked for ever
  // CHECK-FIXES:   const std::lock_guard<std::mutex> lock(Mutex);
  compute();
  Mutex.unlock();
}

void guarded(std::mutex &Mutex) {
  const std::lock_guard<std::mutex> held(Mutex);
  compute();
}
