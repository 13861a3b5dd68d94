// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-channel-capacity --suffix=SMALL
// RUN: %check_concord %s %t concord-channel-capacity --suffix=LARGE --config="{CheckOptions: {concord-channel-capacity.MaxCapacity: 16}}"
// RUN: %check_concord %s %t concord-channel-capacity --suffix=SMALL,NAMED --config="{CheckOptions: {concord-channel-capacity.AllowNamedConstants: false}}"

#include <boost/thread/sync_bounded_queue.hpp>
#include <cstddef>

using Queue = boost::sync_bounded_queue<int>;
constexpr std::size_t Slots = 64;
#define CAPACITY 64

Queue small(16);
// CHECK-MESSAGES-SMALL: :[[@LINE-1]]:13: warning: capacity 16 of channel
Queue large(17);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: capacity 17 of channel
Queue constant(Slots);
// CHECK-MESSAGES-NAMED: :[[@LINE-1]]:16: warning: capacity 64 of channel
Queue macro(CAPACITY);
// CHECK-MESSAGES-NAMED: :[[@LINE-1]]:13: warning: capacity 64 of channel
std::size_t configured();
Queue setting(configured());
