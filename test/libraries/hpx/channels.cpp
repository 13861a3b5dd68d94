// RUN: %check_concord %s %t concord-channel-capacity,concord-unchecked-receive
#include "hpx/channels.h"

int run() {
  hpx::lcos::local::bounded_channel<int> one(1);
  hpx::lcos::local::bounded_channel<int> many(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: capacity 16 of channel
  int value = 0;
  many.get(&value);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this receive may give nothing
  return value;
}
