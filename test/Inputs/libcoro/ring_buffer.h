// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of libcoro: names and signatures as documented.
#ifndef TEST_INPUTS_LIBCORO_RING_BUFFER
#define TEST_INPUTS_LIBCORO_RING_BUFFER
#include <cstddef>

namespace coro {
template <typename T, std::size_t Count> class ring_buffer {
public:
  struct operation {};
  operation produce(T value);
  operation consume();
};
} // namespace coro

#endif
