// RUN: %check_concord %s %t concord-wait-without-predicate --std=c++17,c++20,c++23
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool ready;
bool stop;
int value;
std::queue<int> items;
void use(int);

void bare() {
  std::unique_lock<std::mutex> lock(m);
  cv.wait(lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this wait may wake up without a notification, or miss one that came before, and nothing tests the condition again; wait in a loop on the condition, or with a predicate [concord-wait-without-predicate]
  use(value);
}

void onceTested() {
  std::unique_lock<std::mutex> lock(m);
  if (!ready)
    cv.wait(lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: the condition is tested once, before the wait
  // CHECK-FIXES: while (!ready)
  use(value);
}

void onceTestedInBraces() {
  std::unique_lock lock(m);
  if (items.empty()) {
    cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    // CHECK-MESSAGES: :[[@LINE-3]]:3: note: the condition is tested once
    // CHECK-FIXES: while (items.empty()) {
  }
  items.pop();
}

struct Base {
  std::condition_variable_any any;
  std::condition_variable *pointer = nullptr;
  void members(std::unique_lock<std::mutex> &lock) {
    any.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    use(value);
  }
  template <typename T> void inTemplate(T &lock) {
    if (!ready)
      pointer->wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait may wake up
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: the condition is tested once
    // CHECK-FIXES: while (!ready)
    use(value);
  }
};
void instantiate(Base &b, std::unique_lock<std::mutex> &l) { b.inTemplate(l); }

void inLambda() {
  std::thread([] {
    std::unique_lock lock(m);
    cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    use(value);
  }).join();
}

#define WAIT(c, l) c.wait(l)
void inMacro() {
  std::unique_lock lock(m);
  WAIT(cv, lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: this wait may wake up
}

void timedAndForgotten() {
  std::unique_lock lock(m);
  cv.wait_for(lock, std::chrono::seconds(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this wait may wake up
  use(value);
}

void perElement() {
  std::unique_lock lock(m);
  for (int i = 0; i < 10; ++i) {
    cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    use(items.front());
  }
}

// The endless loop tests nothing.
void endless() {
  std::unique_lock lock(m);
  for (;;) {
    cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
    use(value);
  }
}

// The loop asks for something else.
void worker() {
  std::unique_lock lock(m);
  while (!stop) {
    if (items.empty())
      cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait may wake up
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: the condition is tested once
    // CHECK-FIXES: while (items.empty())
    use(items.front());
    items.pop();
  }
}
