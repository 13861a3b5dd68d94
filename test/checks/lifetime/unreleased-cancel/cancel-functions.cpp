// RUN: %check_concord %s %t concord-unreleased-cancel --std=c++17,c++20

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <tuple>
#include <utility>

void use(int number);
bool ready();

struct State {
  std::atomic<bool> done{false};
  std::atomic<int> next{0};
};

std::pair<std::shared_ptr<State>, std::function<void()>> countTo(int max) {
  auto state = std::make_shared<State>();
  std::thread([state, max] {
    for (int i = 0; i < max && !state->done; ++i)
      state->next = i;
  }).detach();
  return {state, [state] { state->done = true; }};
}

struct Counter {
  std::shared_ptr<State> state;
  std::function<void()> cancel;
};
Counter makeCounter() {
  Counter counter;
  auto state = std::make_shared<State>();
  auto cancel = [state] { state->done.store(true); };
  std::thread([state] {
    while (!state->done)
      ++state->next;
  }).detach();
  return Counter{state, cancel};
}

void notCalled() {
  auto [numbers, cancel] = countTo(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: cancel function 'cancel' is not called on every path, so the task behind it may never end; call it on every path, best in a scope guard [concord-unreleased-cancel]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: the task is launched in this call
  use(numbers->next);
}

void earlyReturn() {
  auto [numbers, cancel] = countTo(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: cancel function 'cancel' is not called on every path
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note:
  // CHECK-MESSAGES: :[[@LINE+2]]:{{[0-9]+}}: note: this path makes no request
  if (numbers->next > 5)
    return;
  use(numbers->next);
  cancel();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: another path makes it here
}

void pair() {
  auto counter = countTo(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: cancel function 'counter' is not called on every path
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note:
  use(counter.first->next);
  if (ready())
    counter.second();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note:
}

void record() {
  Counter counter = makeCounter();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: cancel function 'counter' is not called on every path
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note:
  use(counter.state->next);
}

// Right.

void called() {
  auto [numbers, cancel] = countTo(10);
  if (numbers->next > 5) {
    cancel();
    return;
  }
  use(numbers->next);
  cancel();
}

void recordCalled() {
  Counter counter = makeCounter();
  use(counter.state->next);
  counter.cancel();
}

struct Finally {
  std::function<void()> then;
  ~Finally() { then(); }
};
void guarded() {
  auto [numbers, cancel] = countTo(10);
  Finally guard{cancel};
  if (ready())
    return;
  use(numbers->next);
}

Counter passedOn() {
  Counter counter = makeCounter();
  use(counter.state->next);
  return counter;
}

class Keeps {
  std::function<void()> cancel;

public:
  void start() {
    auto [numbers, stop] = countTo(10);
    use(numbers->next);
    cancel = std::move(stop);
  }
};

// Right: nothing runs behind it.
std::pair<int, std::function<void()>> plain() {
  return {1, [] { use(2); }};
}
void plainUse() {
  auto [number, callback] = plain();
  use(number);
}
