// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of userver: names and signatures as documented.
#ifndef TEST_INPUTS_USERVER_QUEUES
#define TEST_INPUTS_USERVER_QUEUES
#include <cstddef>
#include <memory>

namespace userver::concurrent {
template <typename T, typename Queue> class Producer {
public:
  bool Push(T &&value) const;
  bool PushNoblock(T &&value) const;
};
template <typename T, typename Queue> class Consumer {
public:
  bool Pop(T &value) const;
  bool PopNoblock(T &value) const;
};

template <typename T> class MpscQueue {
public:
  static constexpr std::size_t kUnbounded = ~std::size_t(0) / 4;
  static std::shared_ptr<MpscQueue> Create(std::size_t size = kUnbounded);
  Producer<T, MpscQueue> GetProducer();
  Consumer<T, MpscQueue> GetConsumer();
};
} // namespace userver::concurrent

#endif
