// RUN: %check_concord %s %t concord-unjoined-thread --std=c++20,c++23

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

void work(int number);
bool ready();

bool container() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable when its scope is left early
  // CHECK-FIXES: {{^}}  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work, i);
  threads.push_back(std::thread(work, 5));
  // CHECK-FIXES: {{^}}  threads.push_back(std::jthread(work, 5));
  if (!ready())
    return false;
  for (std::thread &thread : threads)
    // CHECK-FIXES: {{^}}  for (std::jthread &thread : threads)
    thread.join();
  return true;
}

void superfluous() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable when its scope is left early
  // CHECK-FIXES: {{^}}  std::vector<std::jthread> threads;
  // CHECK-FIXES: {{^}}  threads.emplace_back(work, 1);
  // CHECK-FIXES-NEXT: {{^}}  if (!ready())
  // CHECK-FIXES-NEXT: {{^}}    return;
  // CHECK-FIXES-NEXT: {{^}}}
  threads.emplace_back(work, 1);
  if (!ready())
    return;
  for (auto &thread : threads) {
    if (thread.joinable())
      thread.join();
  }
}

void array() {
  std::thread threads[2];
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: a thread in 'threads' is still joinable when it goes out of scope
  // CHECK-FIXES: {{^}}  std::jthread threads[2];
  threads[0] = std::thread(work, 0);
  // CHECK-FIXES: {{^}}  threads[0] = std::jthread(work, 0);
  threads[1] = std::thread(work, 1);
  // CHECK-FIXES: {{^}}  threads[1] = std::jthread(work, 1);
}

class Worker {
public:
  void start() { thread = std::thread(&Worker::run, this); }
  // CHECK-FIXES: {{^}}  void start() { thread = std::jthread(&Worker::run, this); }
  ~Worker() { stop = true; }

private:
  void run() {
    while (!stop)
      work(0);
  }
  std::atomic<bool> stop{false};
  std::thread thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'thread' is not joined by the destructor of 'Worker', which calls std::terminate; join it there, or make it a std::jthread
  // CHECK-FIXES: {{^}}  std::jthread thread;
};

class Once {
public:
  Once() : thread([this] { work(number); }) {}

private:
  int number = 1;
  std::thread thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'thread' is not joined
  // CHECK-FIXES: {{^}}  std::jthread thread;
};

class Several {
public:
  Several() {
    for (int i = 0; i < 3; ++i)
      threads.emplace_back([this, i] { run(i); });
  }
  void wait() {
    for (auto &thread : threads)
      thread.join();
  }

private:
  void run(int i) { work(i); }
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: thread member 'threads' is not joined
  // CHECK-FIXES: {{^}}  std::vector<std::jthread> threads;
};

// Found, and not for the fix-it to decide.

// The task uses what dies before the thread.
class Earlier {
public:
  Earlier() { thread = std::thread(&Earlier::run, this); }
  ~Earlier() { stop = true; }

private:
  void run() { work(number); }
  std::thread thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'thread' is not joined
  // CHECK-FIXES: {{^}}  std::thread thread;
  std::atomic<bool> stop{false};
  int number = 1;
};

// Nothing ends the task: the destructor would wait for ever.
class Endless {
public:
  Endless() : thread([this] { run(); }) {}

private:
  void run() {
    while (!stop)
      work(0);
  }
  std::atomic<bool> stop{false};
  std::thread thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread member 'thread' is not joined
  // CHECK-FIXES: {{^}}  std::thread thread;
};

// Its type shows elsewhere.
void take(std::vector<std::thread> &threads);
std::thread make();
void elsewhere() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable
  // CHECK-FIXES: {{^}}  std::vector<std::thread> threads;
  std::thread first(work, 1);
  threads.push_back(std::move(first));
}

// The local variable is younger than the threads.
void younger() {
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: a thread in 'threads' is still joinable
  // CHECK-FIXES: {{^}}  std::vector<std::thread> threads;
  int number = 1;
  threads.emplace_back([&number] { work(number); });
  if (!ready())
    return;
  for (auto &thread : threads)
    thread.join();
}
