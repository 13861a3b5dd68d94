// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of Seastar: names and signatures as documented.
#ifndef TEST_INPUTS_SEASTAR_QUEUES
#define TEST_INPUTS_SEASTAR_QUEUES
#include <cstddef>

namespace seastar {
template <typename... T> class future {};

template <typename T> class queue {
public:
  explicit queue(std::size_t size);
  bool push(T &&value);
  T pop();
  future<> push_eventually(T &&value);
  future<T> pop_eventually();
};

template <typename T> class pipe {
public:
  explicit pipe(std::size_t size);
};
} // namespace seastar

#endif
