// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of copper: names and signatures as documented.
#ifndef TEST_INPUTS_COPPER_CHANNEL
#define TEST_INPUTS_COPPER_CHANNEL
#include <cstddef>
#include <optional>

namespace copper {
template <bool Buffered, typename T> class channel {
public:
  channel();
  explicit channel(std::size_t limit);
  bool push(T value);
  std::optional<T> pop();
  std::optional<T> try_pop();
  void close();
};
template <typename T> using buffered_channel = channel<true, T>;
template <typename T> using unbuffered_channel = channel<false, T>;
} // namespace copper

#endif
