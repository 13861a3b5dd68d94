// RUN: %check_concord %s %t concord-channel-capacity,concord-unchecked-receive,concord-use-after-send
#include "copper/channel.h"
#include <memory>
#include <utility>

int receive() {
  copper::unbuffered_channel<int> rendezvous;
  copper::buffered_channel<int> one(1);
  copper::buffered_channel<int> many(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: capacity 100 of channel 'copper::channel'
  if (auto value = many.pop())
    return *value;
  return *one.pop();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this receive may give nothing
}

int sent(copper::unbuffered_channel<std::unique_ptr<int>> &numbers) {
  auto number = std::make_unique<int>(1);
  numbers.push(std::move(number));
  return *number;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'number' is used here after it was moved
}
