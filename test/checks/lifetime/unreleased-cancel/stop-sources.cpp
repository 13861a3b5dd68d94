// RUN: %check_concord %s %t concord-unreleased-cancel --std=c++20,c++23

#include <chrono>
#include <future>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

void work();
bool prepare();

void untilStopped(std::stop_token stop) {
  while (!stop.stop_requested())
    work();
}

void earlyJoin() {
  std::stop_source source;
  std::thread t([stop = source.get_token()] {
    while (!stop.stop_requested())
      work();
  });
  if (!prepare()) {
    t.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this waits for a task that ends only when 'source' asks it to, and no stop is requested on some path; request it before the wait [concord-unreleased-cancel]
    // CHECK-MESSAGES: :[[@LINE-7]]:{{[0-9]+}}: note: the task gets the token here
    // CHECK-MESSAGES: :[[@LINE+3]]:{{[0-9]+}}: note: another path makes it here
    return;
  }
  source.request_stop();
  t.join();
}

void never() {
  std::stop_source source;
  auto token = source.get_token();
  std::thread t(untilStopped, token);
  work();
  t.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this waits for a task that ends only when 'source' asks it to
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
}

void future() {
  std::stop_source source;
  auto result = std::async(std::launch::async, untilStopped, source.get_token());
  if (prepare())
    source.request_stop();
  result.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this waits for a task that ends only when 'source' asks it to
  // CHECK-MESSAGES: :[[@LINE-5]]:{{[0-9]+}}: note:
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note:
}

// The destructor of the thread waits, and asks another source.
void jthread() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this waits for a task that ends only when 'source' asks it to
  std::jthread t([token = source.get_token()] {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note:
    for (;;) {
      if (token.stop_requested())
        return;
      work();
    }
  });
  if (!prepare())
    return;
  source.request_stop();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note:
}

void detached() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is gone on some path without a stop request, so nothing can stop the task that has its token; request the stop on every path or keep the source
  std::thread(untilStopped, source.get_token()).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: the task gets the token here
  if (!prepare())
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: this path makes no request
  source.request_stop();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: another path makes it here
}

class Owner {
public:
  void start() {
    std::stop_source source;
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'source' is gone on some path
    thread = std::thread(untilStopped, source.get_token());
  }
  void keep() {
    std::stop_source own;
    thread = std::thread(untilStopped, own.get_token());
    source = own;
  }

private:
  std::stop_source source;
  std::thread thread;
};

// Right: every path makes the request.

void everyPath() {
  std::stop_source source;
  std::thread t(untilStopped, source.get_token());
  if (!prepare()) {
    source.request_stop();
    t.join();
    return;
  }
  work();
  source.request_stop();
  t.join();
}

// Right: the task ends by itself, the stop only hurries it.
void finite() {
  std::stop_source source;
  auto result = std::async(std::launch::async, [stop = source.get_token()] {
    for (int i = 0; i < 100 && !stop.stop_requested(); ++i)
      work();
  });
  if (result.wait_for(1s) == std::future_status::timeout)
    source.request_stop();
  result.get();
}
void mayReturn() {
  std::stop_source source;
  std::thread t([stop = source.get_token()] {
    while (!stop.stop_requested())
      if (prepare())
        return;
  });
  t.join();
}

// Right: a scope guard makes the request.
struct StopGuard {
  explicit StopGuard(std::stop_source &source) : source(source) {}
  ~StopGuard() { source.request_stop(); }
  std::stop_source &source;
};
void guarded() {
  std::thread t;
  std::stop_source source;
  {
    StopGuard guard(source);
    t = std::thread(untilStopped, source.get_token());
    if (!prepare())
      work();
  }
  t.join();
}

// Right: others have the source.
std::stop_source returned() {
  std::stop_source source;
  std::thread(untilStopped, source.get_token()).detach();
  return source;
}
void keep(std::stop_source source);
void passedOn() {
  std::stop_source source;
  std::thread(untilStopped, source.get_token()).detach();
  keep(std::move(source));
}
void captured() {
  std::stop_source source;
  std::thread t(untilStopped, source.get_token());
  std::thread stopper([&source] { source.request_stop(); });
  stopper.join();
  t.join();
}

// Right: the thread's own source.
void own() {
  std::jthread t(untilStopped);
  work();
}

// Right: the token stays here.
void local() {
  std::stop_source source;
  untilStopped(source.get_token());
}

// Right: the request comes before.
void before() {
  std::stop_source source;
  source.request_stop();
  std::thread t(untilStopped, source.get_token());
  t.join();
}
