// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nothing, one, or a number with a reason: small-channels. The channels are
// those of Boost.Fiber and oneTBB; what is not installed is left out.

#include <array>
#include <cstddef>

#if __has_include(<boost/fiber/buffered_channel.hpp>)

#include <boost/fiber/buffered_channel.hpp>

namespace tour::channel_capacity::fiber {

using Orders = boost::fibers::buffered_channel<int>;

namespace wrong {

// If the kitchen is slower than the guests, 64 is as wrong as 32.
void serve() {
  Orders orders(64); // finding: concord-channel-capacity
  orders.push(1);
}

} // namespace wrong

namespace right {

// One order waits. (This channel wants a power of two and uses all but one.)
void serve() {
  Orders orders(2);
  orders.push(1);
}

/// What the kitchen cooks while a guest is willing to wait.
constexpr std::size_t waitingOrders = 8;

void serveMany() {
  Orders orders(waitingOrders);
  orders.push(1);
}

} // namespace right

} // namespace tour::channel_capacity::fiber

#endif // Boost.Fiber

#if __has_include(<oneapi/tbb/concurrent_queue.h>)

#include <oneapi/tbb/concurrent_queue.h>

namespace tour::channel_capacity::queue {

using Orders = tbb::concurrent_bounded_queue<int>;

namespace wrong {

void serve() {
  Orders orders;
  orders.set_capacity(100); // finding: concord-channel-capacity
  orders.push(1);
}

} // namespace wrong

namespace right {

// A place for the answer of each worker: the number is known.
void serve(const std::array<int, 4> &tables) {
  Orders orders;
  orders.set_capacity(static_cast<std::ptrdiff_t>(tables.size()));
  for (const int table : tables)
    orders.push(table);
}

} // namespace right

} // namespace tour::channel_capacity::queue

#endif // oneTBB
