// RUN: %check_concord %s %t concord-uncancellable-sleep --std=c++20

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <thread>
#include <time.h>
#include <unistd.h>

void beat();

constexpr auto Period = std::chrono::seconds(7);
constexpr int Retry = 20;
#define INTERVAL 15

void constants(std::stop_token stop) {
  const auto pause = std::chrono::milliseconds(2500);
  auto interval = std::chrono::seconds(Retry);
  int seconds = 40;
  while (!stop.stop_requested()) {
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: a stop request does not end this sleep of 7 s
    std::this_thread::sleep_for(Period);
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 2.5 s
    std::this_thread::sleep_for(pause);
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 20 s
    std::this_thread::sleep_for(interval);
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 40 s
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 14 s
    std::this_thread::sleep_for(2 * Period);
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 15 s
    sleep(INTERVAL);
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 2 s
    usleep(2 * 1000 * 1000);
    beat();
  }
}

void posix(std::stop_token stop) {
  timespec whole = {5, 0};
  timespec later{};
  later.tv_sec = 6;
  later.tv_nsec = 500000000;
  while (!stop.stop_requested()) {
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 5 s
    nanosleep(&whole, nullptr);
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: {{.*}} sleep of 6 s
    nanosleep(&later, nullptr);
    // CHECK-MESSAGES: :[[@LINE+1]]:12: warning: {{.*}} sleep of 9 s
    while (sleep(9) != 0)
      ;
    beat();
  }
}

// One call deep.
void sleepMs(int ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}
template <typename Duration> void sleepFor(Duration d) {
  std::this_thread::sleep_for(d);
}
void restart() {
  beat();
  sleep(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a stop request does not end this sleep of 4 s
  // CHECK-MESSAGES: :[[@LINE+5]]:{{[0-9]+}}: note: the loop polls the signal here
  beat();
}
struct Worker {
  void run(std::stop_token stop) {
    while (!stop.stop_requested()) {
      sleepMs(5000);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: a stop request does not end this sleep of 5 s
      // CHECK-MESSAGES: :[[@LINE-17]]:{{[0-9]+}}: note: it sleeps here
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: the loop polls the signal here
      sleepFor(std::chrono::seconds(8));
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} sleep of 8 s
      restart();
    }
  }
};

// Right: nobody knows how long, or not as long.
void unknown(std::stop_token stop, int seconds, std::chrono::seconds period) {
  int changed = 10;
  while (!stop.stop_requested()) {
    sleep(seconds);
    std::this_thread::sleep_for(period);
    sleep(changed);
    changed = 0;
    usleep(999999);
    sleepMs(10);
    timespec t{0, 5};
    nanosleep(&t, nullptr);
  }
}

// Right: the function sleeps only sometimes.
void maybe(bool b) {
  if (b)
    sleep(10);
}
void callsMaybe(std::stop_token stop) {
  while (!stop.stop_requested())
    maybe(true);
}
