// RUN: %check_concord %s %t concord-exit-with-running-threads --std=c++17,c++20,c++23
// exit and its like, while a thread runs.
#include <cstdlib>
#include <functional>
#include <pthread.h>
#include <thread>
#include <unistd.h>
#include <vector>

void work();
void *workRaw(void *);
bool failed();

// Wrong.

void runsStill() {
  std::thread worker(work);
  if (failed())
    std::exit(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the program exits here while a thread started by this function may run; join it first [concord-exit-with-running-threads]
  // CHECK-MESSAGES: :[[@LINE-4]]:15: note: the thread is started here
  worker.join();
}

void detached() {
  std::thread(work).detach();
  exit(EXIT_SUCCESS);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the program exits here
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
}

void quick() {
  std::thread worker(work);
  std::quick_exit(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the program exits here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note:
}

void inPthreads() {
  pthread_t id;
  pthread_create(&id, nullptr, workRaw, nullptr);
  _exit(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the program exits here
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
}

int status();
void computed() {
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back(work);
  std::exit(status());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the program exits here
  // CHECK-MESSAGES: :[[@LINE-3]]:13: note:
}

// Right.

void joined() {
  std::thread worker(work);
  worker.join();
  std::exit(0);
}

void failure() {
  std::thread worker(work);
  if (failed())
    std::exit(EXIT_FAILURE);
  if (failed())
    std::abort();
  worker.join();
}

void before() {
  if (failed())
    std::exit(0);
  std::thread worker(work);
  worker.join();
}

void otherBranch(bool parallel) {
  if (parallel) {
    std::thread worker(work);
    worker.join();
  } else {
    std::exit(0);
  }
}
