// RUN: %check_concord %s %t concord-channel-capacity
#include "cppcoro/sequencer.h"

void run(std::size_t slots) {
  cppcoro::sequence_barrier<> consumed;
  cppcoro::multi_producer_sequencer<> configured(consumed, slots);
  cppcoro::multi_producer_sequencer<> one(consumed, 1);
  cppcoro::multi_producer_sequencer<> many(consumed, 4096);
  // CHECK-MESSAGES: :[[@LINE-1]]:54: warning: capacity 4096 of channel
}
