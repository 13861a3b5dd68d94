// RUN: %check_concord %s %t concord-ineffective-guard -- -Wno-vexing-parse -Wno-shadow

#include <mutex>
#include <shared_mutex>

std::mutex Global;
int Value;

struct Counter {
  std::shared_mutex mutex;
  int count = 0;

  void add() {
    std::unique_lock<std::shared_mutex>(mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: this declares a new guard called 'mutex' that locks nothing; name the guard and pass it 'mutex' [concord-ineffective-guard]
    // CHECK-MESSAGES: :[[@LINE-6]]:21: note: the mutex that it hides
    // CHECK-FIXES:     std::unique_lock<std::shared_mutex> lock(mutex);
    ++count;
  }
};

void global() {
  std::unique_lock<std::mutex>(Global);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this declares a new guard called 'Global'
  // CHECK-FIXES:   std::unique_lock<std::mutex> lock(Global);
  ++Value;
}

void parameter(std::mutex &m) {
  {
    std::unique_lock<std::mutex>(m);
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: this declares a new guard called 'm'
    // CHECK-FIXES:     std::unique_lock<std::mutex> lock(m);
    ++Value;
  }
}

void asFunction() {
  std::unique_lock<std::mutex> lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this declares a function called 'lock' and locks nothing; pass the mutex to a guard, in braces if need be
  ++Value;
}

std::unique_lock<std::mutex> acquire();

void right(std::mutex &m) {
  std::unique_lock<std::mutex> lock(m);
  std::unique_lock<std::mutex> later;
  later = std::unique_lock<std::mutex>(Global);
  std::unique_lock<std::mutex> acquire();
  int(Copy) = Value;
}
