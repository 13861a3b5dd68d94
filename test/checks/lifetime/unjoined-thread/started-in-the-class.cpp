// Members that their own initialiser starts, and arrays that a loop fills.
// RUN: %check_concord %s %t concord-unjoined-thread
#include <thread>

void work();

struct StartedAtOnce {
  std::thread worker{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'worker' is not joined by the destructor of 'StartedAtOnce'
  // CHECK-MESSAGES: :[[@LINE-2]]:21: note: the thread is started here
};

class Counter {
  long count = 0;
  std::thread worker = std::thread([this] { ++count; });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'worker' is not joined
  // CHECK-MESSAGES: :[[@LINE-2]]:24: note:
};

struct Joined {
  ~Joined() { worker.join(); }
  std::thread worker{work};
};

struct NotShown {
  ~NotShown();
  std::thread worker{work};
};

struct NotStarted {
  std::thread worker{};
};

struct Crew {
  void start() {
    for (auto &thread : threads)
      thread = std::thread(work);
  }
  std::thread threads[3];
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'threads' is not joined
  // CHECK-MESSAGES: :[[@LINE-4]]:16: note: the thread is started here
};

void localArray() {
  std::thread threads[3];
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: a thread in 'threads' is still joinable
  for (std::thread *thread = threads; thread != threads + 3; ++thread)
    *thread = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: note: the thread is started here
}

void joinedByPointer() {
  std::thread threads[3];
  for (auto &thread : threads)
    thread = std::thread(work);
  for (std::thread *thread = threads; thread != threads + 3; ++thread)
    thread->join();
}
