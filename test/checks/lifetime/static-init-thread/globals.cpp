// RUN: %check_concord %s %t concord-static-init-thread --std=c++17,c++20,c++23
// Threads that run before main does.
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void run();

// Wrong.

std::thread poller(run);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the initialisation of 'poller' starts a thread before main runs, in no fixed order with other globals; start it from main or on first use [concord-static-init-thread]
// CHECK-MESSAGES: note: the thread is started here

static std::thread lambda([] { run(); });
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the initialisation of 'lambda' starts
// CHECK-MESSAGES: note: the thread is started here

std::thread *pointer = new std::thread(run);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the initialisation of 'pointer' starts
// CHECK-MESSAGES: note: the thread is started here

std::future<void> result = std::async(std::launch::async, run);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the initialisation of 'result' starts
// CHECK-MESSAGES: note: the thread is started here

namespace {
auto assigned = std::thread{run};
// CHECK-MESSAGES: :[[@LINE-1]]:6: warning: the initialisation of 'assigned' starts
// CHECK-MESSAGES: note: the thread is started here
}

class Logger {
public:
  Logger() : thread([this] { loop(); }) {}
  ~Logger() { thread.join(); }

private:
  void loop();
  std::thread thread;
};
Logger logger;
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the initialisation of 'logger' starts
// CHECK-MESSAGES: note: the thread is started here

class Monitor {
public:
  Monitor() { start(); }
  ~Monitor() { thread.join(); }

private:
  void start() { thread = std::thread([this] { loop(); }); }
  void loop();
  std::thread thread;
};
inline Monitor monitor;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the initialisation of 'monitor' starts
// CHECK-MESSAGES: note: the thread is started here

struct Default {
  std::thread thread{run};
};
Default byMember;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the initialisation of 'byMember' starts
// CHECK-MESSAGES: note: the thread is started here

struct Registry {
  static Monitor instance;
};
Monitor Registry::instance;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the initialisation of 'instance' starts
// CHECK-MESSAGES: note: the thread is started here

std::unique_ptr<Logger> owned = std::make_unique<Logger>();
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the initialisation of 'owned' starts
// CHECK-MESSAGES: note: the thread is started here

std::vector<std::thread> startAll() {
  std::vector<std::thread> threads;
  threads.emplace_back(run);
  return threads;
}
auto pool = startAll();
// CHECK-MESSAGES: :[[@LINE-1]]:6: warning: the initialisation of 'pool' starts
// CHECK-MESSAGES: note: the thread is started here

const bool started = [] {
  std::thread(run).detach();
  return true;
}();
// CHECK-MESSAGES: :[[@LINE-4]]:12: warning: the initialisation of 'started' starts
// CHECK-MESSAGES: note: the thread is started here

// Right.

std::thread empty;
std::thread *none = nullptr;
std::vector<std::thread> threads;
std::unique_ptr<Logger> later;
auto notCalled = [] { std::thread(run).detach(); };
std::string text = "text";

class Explicit {
public:
  Explicit() = default;
  ~Explicit() { thread.join(); }
  void start() { thread = std::thread(run); }

private:
  std::thread thread;
};
Explicit starts;

Logger &onFirstUse() {
  static Logger logger;
  return logger;
}

thread_local std::thread perThread(run);

int main() {
  starts.start();
  Logger local;
}
