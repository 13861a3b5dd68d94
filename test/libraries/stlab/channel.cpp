// RUN: %check_concord %s %t concord-channel-capacity,concord-use-after-send
#include "stlab/channel.h"
#include <string>
#include <utility>

void connect(stlab::receiver<int> numbers) {
  auto one = numbers | (stlab::buffer_size{1} & [](int n) { return n; });
  auto all = numbers | (stlab::buffer_size{0} & [](int n) { return n; });
  auto many = numbers | (stlab::buffer_size{30} & [](int n) { return n; });
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: capacity 30 of channel 'stlab::buffer_size'
}

std::size_t send(stlab::sender<std::string> &lines, std::string line) {
  lines(std::move(line));
  return line.size();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'line' is used here after it was moved
}
