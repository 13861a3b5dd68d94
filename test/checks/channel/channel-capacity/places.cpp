// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-channel-capacity --std=c++17,c++20,c++23

// Wherever the library has its capacity.
#include <boost/fiber/buffered_channel.hpp>
#include <boost/fiber/unbuffered_channel.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <memory>
#include <optional>
#include <vector>

using Numbers = boost::fibers::buffered_channel<int>;
template <typename T> using Queue = boost::sync_bounded_queue<T>;

void constructors() {
  Numbers parentheses(64);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: capacity 64 of channel 'boost::fibers::buffered_channel' is a number that nothing explains; use 0 or 1, or derive it from the number of senders [concord-channel-capacity]
  Numbers braces{32};
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: capacity 32 of channel
  auto copied = Queue<int>(15);
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: capacity 15 of channel 'boost::{{.*}}sync_bounded_queue' is
  Queue<int> *raw = new Queue<int>(30);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: capacity 30 of channel
  delete raw;
}

void forwarders() {
  auto unique = std::make_unique<Numbers>(64);
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: capacity 64 of channel
  auto shared = std::make_shared<Queue<int>>(20);
  // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: capacity 20 of channel
  std::optional<Numbers> maybe;
  maybe.emplace(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capacity 16 of channel
  std::vector<std::unique_ptr<Numbers>> all;
  all.emplace_back(new Numbers(8));
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: capacity 8 of channel
}

class Pipeline {
public:
  Pipeline() : first(64), third(new Queue<int>(5)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: capacity 64 of channel
  // CHECK-MESSAGES: :[[@LINE-2]]:48: warning: capacity 5 of channel

private:
  Numbers first;
  Numbers second{128};
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: capacity 128 of channel
  std::unique_ptr<Queue<int>> third;
};

class Configured {
public:
  explicit Configured(std::size_t capacity = 50) : queue(capacity) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: capacity 50 of channel
  // CHECK-MESSAGES: :[[@LINE-2]]:58: note: it becomes the capacity here

private:
  Queue<int> queue;
};

Queue<int> everywhere(100);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: capacity 100 of channel

template <typename T> void generic() {
  Queue<T> queue(7);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: capacity 7 of channel
}
void instances() {
  generic<int>();
  generic<long>();
}

void small() {
  boost::fibers::unbuffered_channel<int> none;
  Numbers one(2); // holds one value: it keeps a place free
  Queue<int> alsoOne(1);
}
