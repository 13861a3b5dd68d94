// RUN: %check_concord %s %t concord-uncancellable-sleep --std=c++20 --config="{CheckOptions: {concord-uncancellable-sleep.MinMilliseconds: 200}}"

#include <chrono>
#include <stop_token>
#include <thread>

using namespace std::chrono_literals;

void polls(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(250ms);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a stop request does not end this sleep of 250 ms
    std::this_thread::sleep_for(100ms);
  }
}
