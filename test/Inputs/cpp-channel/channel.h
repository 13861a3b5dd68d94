// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of cpp-channel: names and signatures as documented.
#ifndef TEST_INPUTS_CPP_CHANNEL_CHANNEL
#define TEST_INPUTS_CPP_CHANNEL_CHANNEL
#include <cstddef>

namespace msd {
template <typename T> class channel {
public:
  channel() = default;
  explicit channel(std::size_t capacity);
  bool write(T value);
  bool read(T &out);
  void close();
  bool closed() const;
};
template <typename T> channel<T> &operator<<(channel<T> &to, const T &value);
template <typename T> channel<T> &operator<<(channel<T> &to, T &&value);
template <typename T> channel<T> &operator>>(channel<T> &from, T &out);
} // namespace msd

#endif
