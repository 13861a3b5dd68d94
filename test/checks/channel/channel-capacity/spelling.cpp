// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-channel-capacity

// However a bare number is written. For numbers with a name see explained.cpp.
#include <boost/fiber/buffered_channel.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <cstddef>

using Queue = boost::sync_bounded_queue<int>;

#define MAKE(name, size) Queue name(size)

void bare() {
  Queue parentheses((64));
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: capacity 64 of channel
  Queue cast(static_cast<std::size_t>(64));
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: capacity 64 of channel
  Queue functional(std::size_t{64});
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: capacity 64 of channel
  Queue suffix(64UL);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: capacity 64 of channel
  Queue folded(2 * 32);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: capacity 64 of channel
  Queue shifted(1 << 6);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capacity 64 of channel
  MAKE(argument, 64);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: capacity 64 of channel
}
