// RUN: %check_concord %s %t concord-channel-capacity
#include "libmill/libmill.h"

void run(size_t workers) {
  chan rendezvous = chmake(int, 0);
  chan one = chmake(int, 1);
  chan known = chmake(int, workers);
  chan many = chmake(int, 16);
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: capacity 16 of channel 'chan'
  chclose(rendezvous);
  chclose(one);
  chclose(known);
  chclose(many);
}
