// RUN: %check_concord %s %t concord-unjoined-thread

#include <map>
#include <memory>
#include <thread>
#include <vector>

void work();
bool ready();

void neverJoined() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable when it goes out of scope, which calls std::terminate; join it on every path or use std::jthread [concord-unjoined-thread]
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work);
}

void array() {
  std::thread threads[2];
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: a thread in 'threads' is still joinable when it goes out of scope
  threads[0] = std::thread(work);
  threads[1] = std::thread(work);
}

bool earlyReturn() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable when its scope is left early
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work);
  if (!ready())
    return false;
  for (auto &thread : threads)
    thread.join();
  return true;
}

void cleared() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  threads.clear();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a thread in 'threads' is destroyed while it is still joinable, which calls std::terminate; join it first [concord-unjoined-thread]
}

void pointers() {
  std::vector<std::unique_ptr<std::thread>> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: a thread in 'threads' is still joinable when it goes out of scope
  threads.push_back(std::make_unique<std::thread>(work));
}

void onlyLookedAt() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable when it goes out of scope
  threads.reserve(2);
  threads.emplace_back(work);
  if (threads.size() == 2)
    work();
}

// Right.

std::vector<std::thread> returned() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  return threads;
}

void out(std::vector<std::thread> &threads) {
  threads.emplace_back(work);
}

void filledElsewhere() {
  std::vector<std::thread> threads;
  out(threads);
  for (auto &thread : threads)
    thread.join();
}

void detached() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back(work);
    threads.back().detach();
  }
}

void clearedAfterJoin() {
  std::vector<std::thread> threads;
  while (ready()) {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back(work);
    for (auto &thread : threads)
      thread.join();
    threads.clear();
  }
}

void notStarted() { std::vector<std::thread> threads(4); }

void joiningThreads() {
  std::vector<std::jthread> threads;
  threads.emplace_back(work);
}
