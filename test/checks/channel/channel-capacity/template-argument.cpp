// REQUIRES: boost
// RUN: %check_concord %s %t concord-channel-capacity

// The capacity is part of the type.
#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>

namespace lockfree = boost::lockfree;

constexpr int Readings = 32;

using Samples = lockfree::spsc_queue<int, lockfree::capacity<1024>>;
// CHECK-MESSAGES: :[[@LINE-1]]:62: warning: capacity 1024 of channel 'boost::lockfree::capacity' is a number
Samples everywhere;
struct Recorder {
  lockfree::spsc_queue<int, lockfree::capacity<64>> samples;
  // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: capacity 64 of channel
  lockfree::spsc_queue<int, lockfree::capacity<Readings>> readings;
};
template <typename T> using Pipe = lockfree::queue<T, lockfree::capacity<8>>;
// CHECK-MESSAGES: :[[@LINE-1]]:74: warning: capacity 8 of channel

lockfree::spsc_queue<int> runtime(100);
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: capacity 100 of channel
lockfree::queue<int> nodes(100); // allocated first, no bound
