// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of HPX: names and signatures as documented.
#ifndef TEST_INPUTS_HPX_CHANNELS
#define TEST_INPUTS_HPX_CHANNELS
#include <cstddef>

namespace hpx {
template <typename T> class future {
public:
  T get();
};
template <typename T> class channel {
public:
  void set(T value);
  future<T> get() const;
  void close();
};
namespace lcos::local {
template <typename T> class bounded_channel {
public:
  explicit bounded_channel(std::size_t size);
  bool set(T value) const;
  bool get(T *value = nullptr) const;
  std::size_t close() const;
};
} // namespace lcos::local
} // namespace hpx

#endif
