// RUN: %check_concord %s %t concord-channel-capacity
#include "libcoro/ring_buffer.h"

constexpr std::size_t samplesPerPeriod = 48;

struct Recorder {
  coro::ring_buffer<int, 1> last;
  coro::ring_buffer<int, samplesPerPeriod> period;
  coro::ring_buffer<int, 64> samples;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: capacity 64 of channel 'coro::ring_buffer'
};
