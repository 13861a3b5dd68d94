// RUN: %check_concord %s %t concord-channel-capacity
#include "seastar/queues.h"

struct Service {
  Service(std::size_t configured) : requests(configured) {}
  seastar::queue<int> requests;
  seastar::queue<int> one{1};
  seastar::queue<int> backlog{128};
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: capacity 128 of channel 'seastar::queue' is a number
};

void connect() {
  seastar::pipe<char> bytes(512);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: capacity 512 of channel 'seastar::pipe'
}
