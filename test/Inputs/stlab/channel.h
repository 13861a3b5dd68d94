// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of stlab: names and signatures as documented.
#ifndef TEST_INPUTS_STLAB_CHANNEL
#define TEST_INPUTS_STLAB_CHANNEL
#include <cstddef>

namespace stlab {
inline namespace v2 {
struct buffer_size {
  explicit buffer_size(std::size_t size) : size(size) {}
  std::size_t size;
};
template <typename T> class receiver {
public:
  void set_ready();
};
template <typename T> class sender {
public:
  template <typename... Args> void operator()(Args &&...args) const;
  void close();
};
template <typename T, typename F>
receiver<T> operator|(receiver<T> from, F &&) {
  return from;
}
template <typename F> F operator&(buffer_size, F process) { return process; }
} // namespace v2
} // namespace stlab

#endif
