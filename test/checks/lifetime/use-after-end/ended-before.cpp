// RUN: %check_concord %s %t concord-use-after-end --std=c++17,c++20,c++23
#include <future>
#include <thread>
#include <utility>
#include <vector>

int measure();
void work();
bool flag();

int gotTwice() {
  std::future<int> value = std::async(std::launch::async, measure);
  return value.get() + value.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'value' is used here after it was asked for its result; keep the result, or share the future where several ask [concord-use-after-end]
  // CHECK-MESSAGES: :[[@LINE-2]]:10: note: it was asked for its result here
}

void joinedTwice() {
  std::thread t(work);
  t.join();
  t.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is used here after it was joined; join once
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was joined here
}

void joinedAfterDetach() {
  std::thread t(work);
  t.detach();
  t.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is used here after it was detached; either join or detach
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was detached here
}

void setTwice(std::promise<int> &promise, int value) {
  promise.set_value(value);
  if (value < 0)
    promise.set_value(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'promise' is used here after it was fulfilled; fulfil a promise once
  // CHECK-MESSAGES: :[[@LINE-4]]:3: note: it was fulfilled here
}

void futureTwice() {
  std::promise<void> p;
  auto a = p.get_future();
  auto b = p.get_future();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'p' is used here after it was asked for its future; keep the future
  // CHECK-MESSAGES: :[[@LINE-3]]:12: note: it was asked for its future here
}

void inLoop(std::future<int> f) {
  for (int i = 0; i < 3; ++i)
    f.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'f' is used here after it was asked for its result in the iteration before; keep the result
}

void moved() {
  std::thread t(work);
  std::thread other = std::move(t);
  t.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is used here after it was moved away; use its new owner
  // CHECK-MESSAGES: :[[@LINE-3]]:23: note: it was moved away here
  other.join();
}

struct Owner {
  std::thread thread;
  void stop() {
    thread.join();
    thread.detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is used here after it was joined
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: it was joined here
  }
};

void waitAfterGet() {
  auto f = std::async(measure);
  f.get();
  f.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'f' is used here after it was asked for its result
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was asked
}
