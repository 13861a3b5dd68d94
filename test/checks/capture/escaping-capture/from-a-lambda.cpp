// A lambda launches with what the function around it owns.
// RUN: %check_concord %s %t concord-escaping-capture,concord-detached-thread
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

void use(int);

void detached() {
  int local = 0;
  auto launch = [&] {
    std::thread([&] { use(local); }).detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: local 'local' is captured by reference in a detached task
    // CHECK-MESSAGES: :[[@LINE-2]]:27: note: captured here
    // CHECK-MESSAGES: :[[@LINE-3]]:38: warning: thread is detached while it uses local 'local' by reference
  };
  launch();
}

void joinedAround() {
  int local = 0;
  std::vector<std::thread> threads;
  auto launch = [&] { threads.emplace_back([&local] { use(local); }); };
  launch();
  launch();
  for (auto &thread : threads)
    thread.join();
}

void waitedForAround() {
  int local = 0;
  std::latch done(1);
  auto launch = [&] {
    std::thread([&] {
      use(local);
      done.count_down();
    }).detach();
  };
  launch();
  done.wait();
}

void deletedAfterDetach() {
  int local = 0;
  auto *thread = new std::thread([&local] { use(local); });
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: local 'local' is captured by reference in a detached task
  thread->detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: thread 'thread' is detached while it uses local 'local' by reference
  delete thread;
}
