// RUN: %check_concord %s %t concord-unjoined-thread

#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

void work();
void mayThrow();
void cannotThrow() noexcept;
void throws() { throw std::runtime_error("no"); }
void onlyCounts(int &n) { ++n; }

void between() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable if an exception leaves its scope before the join, which calls std::terminate; join it on every path or use std::jthread [concord-unjoined-thread]
  // CHECK-MESSAGES: :[[@LINE+4]]:3: note: this call may throw
  // CHECK-FIXES: {{^}}  std::jthread worker(work);
  // CHECK-FIXES: {{^}}  mayThrow();{{$}}
  // CHECK-FIXES-NEXT: {{^}}}{{$}}
  mayThrow();
  worker.join();
}

void visiblyThrows() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable if an exception leaves its scope
  throws();
  worker.join();
  cannotThrow();
}

void resultRethrows(std::future<int> &future) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable if an exception leaves its scope
  future.get();
  worker.join();
}

void containers() {
  std::vector<std::thread> workers;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'workers' is still joinable if an exception leaves its scope
  workers.emplace_back(work);
  mayThrow();
  for (auto &worker : workers)
    worker.join();
}

// Right.

void beforeLaunch() {
  mayThrow();
  std::thread worker(work);
  cannotThrow();
  int n = 0;
  onlyCounts(n);
  std::vector<int> v;
  v.push_back(n);
  worker.join();
  mayThrow();
}

void handled() {
  std::thread worker(work);
  try {
    mayThrow();
  } catch (...) {
  }
  worker.join();
}

void joiningThread() {
  std::jthread worker(work);
  mayThrow();
}
