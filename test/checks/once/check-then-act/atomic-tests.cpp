// RUN: %check_concord %s %t concord-check-then-act --config="{CheckOptions: {concord-check-then-act.AtomicTests: true}}"

#include <atomic>

std::atomic<int> Count;
std::atomic<bool> Running;

void test() {
  if (Count == 0)
    Count = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Count' is atomic, but is tested and set in two steps, so two threads may both pass; use exchange or compare_exchange [concord-check-then-act]
  // CHECK-MESSAGES: :[[@LINE-3]]:7: note: tested here
}

void start() {
  if (Running)
    return;
  Running = true;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Running' is atomic, but is tested and set in two steps
}

void exchange() {
  if (Running.exchange(true))
    return;
  int Expected = 0;
  Count.compare_exchange_strong(Expected, 1);
}
