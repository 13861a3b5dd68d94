// RUN: %check_concord %s %t concord-exit-with-running-threads
// main ends the process, and detached threads with it.
#include <chrono>
#include <cstdio>
#include <latch>
#include <thread>

void work();
void poll();
void watch();

int main(int argc, char **argv) {
  std::thread worker(work);
  worker.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: main can return while this detached thread runs, which ends it halfway; keep the handle and join it before main returns
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: the thread is started here

  std::thread([] { poll(); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: main can return while this detached thread runs

  std::latch done(1);
  std::thread([&] { // waited for by the latch
    watch();
    done.count_down();
  }).detach();
  done.wait();

  std::thread joined(work);
  joined.join();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return argc > 1;
}
