// RUN: %check_concord %s %t concord-channel-capacity,concord-unchecked-receive,concord-use-after-send
#include "userver/queues.h"
#include <utility>

using Queue = userver::concurrent::MpscQueue<std::unique_ptr<int>>;

void run(std::size_t configured) {
  auto queue = Queue::Create(configured);
  auto one = Queue::Create(1);
  auto many = Queue::Create(1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: capacity 1000 of channel
  auto producer = queue->GetProducer();
  auto value = std::make_unique<int>(1);
  producer.Push(std::move(value));
  *value = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'value' is used here after it was moved
}

int read(const userver::concurrent::Consumer<int, Queue> &consumer) {
  int value = 0;
  consumer.Pop(value);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this receive may give nothing
  return value;
}

int sum(const userver::concurrent::Consumer<int, Queue> &consumer) {
  int sum = 0, value = 0;
  while (consumer.Pop(value))
    sum += value;
  return sum;
}
