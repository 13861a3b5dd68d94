// RUN: %check_concord %s %t concord-channel-capacity,concord-unchecked-receive,concord-use-after-send
#include "cpp-channel/channel.h"
#include <string>
#include <utility>

struct Numbers {
  msd::channel<int> unlimited;
  msd::channel<int> one{1};
  msd::channel<int> many{10};
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: capacity 10 of channel 'msd::channel'
};

int receive(msd::channel<int> &numbers) {
  int number = 0;
  numbers.read(number);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this receive may give nothing
  return number;
}

std::size_t written(msd::channel<std::string> &lines, std::string line) {
  lines.write(std::move(line));
  return line.size();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'line' is used here after it was moved
}

std::size_t streamed(msd::channel<std::string> &lines, std::string line) {
  lines << std::move(line);
  return line.size();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'line' is used here after it was moved
}
