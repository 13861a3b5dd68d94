// RUN: %check_concord %s %t concord-wait-group --std=c++20,c++23

// The number of arrivals that a latch or barrier is made for.

#include <barrier>
#include <functional>
#include <latch>
#include <thread>
#include <vector>

bool prepare();
void work();

void tooFew() {
  std::latch done(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is made for 3 arrivals, but there are 2, so a wait never ends; make both the same, best by one constant [concord-wait-group]
  std::jthread first([&] { done.count_down(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: a task that arrives is launched here
  std::jthread second([&] { done.count_down(); });
  done.wait();
}

void tooMany() {
  std::latch done{2};
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is made for 2 arrivals, but there are 3, so a wait ends too early
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&done] { done.count_down(); });
  done.wait();
}

constexpr int count = 4;

void forgetsItself() {
  std::latch done(count + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is made for 5 arrivals, but there are 4
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&done] {
      work();
      done.count_down();
    });
  done.wait();
}

static void meet(std::barrier<> &meeting) {
  for (int i = 0; i < 10; ++i)
    meeting.arrive_and_wait();
}
void lonely() {
  std::barrier<> meeting(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'meeting' is made for 3 arrivals, but there are 2
  std::jthread first(meet, std::ref(meeting)), second(meet, std::ref(meeting));
}

// The same number.

void countsItself() {
  std::latch done(count + 1);
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&done] { done.arrive_and_wait(); });
  done.arrive_and_wait();
}

void severalAtOnce() {
  std::latch done(4);
  std::jthread first([&] { done.count_down(3); });
  done.count_down();
  done.wait();
}

void startGate() {
  std::latch start(1);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&start] { start.wait(); });
  start.count_down();
}

void inPhases() {
  std::barrier<> meeting(2);
  std::jthread first(meet, std::ref(meeting)), second(meet, std::ref(meeting));
}

// Unknown numbers.

void chosen(int number) {
  std::latch done(number);
  std::vector<std::jthread> threads;
  for (int i = 0; i < number; ++i)
    threads.emplace_back([&done] { done.count_down(); });
  done.wait();
}

void conditional() {
  std::latch done(2);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) {
    if (prepare())
      threads.emplace_back([&done] { done.count_down(); });
    else
      done.count_down();
  }
  done.wait();
}

void callsItToo() {
  std::latch done(2);
  const auto task = [&done] { done.count_down(); };
  std::jthread thread(task);
  task();
  done.wait();
}

void elsewhere(std::latch &done);
void passedOn() {
  std::latch done(2);
  std::jthread thread([&done] { done.count_down(); });
  elsewhere(done);
  done.wait();
}
