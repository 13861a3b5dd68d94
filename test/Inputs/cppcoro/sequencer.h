// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of cppcoro: names and signatures as documented.
#ifndef TEST_INPUTS_CPPCORO_SEQUENCER
#define TEST_INPUTS_CPPCORO_SEQUENCER
#include <cstddef>

namespace cppcoro {
template <typename Sequence = std::size_t> class sequence_barrier {};
template <typename Sequence = std::size_t> class multi_producer_sequencer {
public:
  multi_producer_sequencer(const sequence_barrier<Sequence> &consumer,
                           std::size_t bufferSize);
};
} // namespace cppcoro

#endif
