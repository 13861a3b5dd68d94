// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of folly: names and signatures as documented.
#ifndef TEST_INPUTS_FOLLY_QUEUES
#define TEST_INPUTS_FOLLY_QUEUES
#include <cstddef>

namespace folly {
template <typename T> class MPMCQueue {
public:
  explicit MPMCQueue(std::size_t capacity);
  template <typename... Args> void blockingWrite(Args &&...args);
  template <typename... Args> bool write(Args &&...args);
  void blockingRead(T &value);
  bool read(T &value);
  long size() const;
};

template <typename T> class ProducerConsumerQueue {
public:
  explicit ProducerConsumerQueue(unsigned size);
  template <typename... Args> bool write(Args &&...args);
  bool read(T &value);
};

template <typename T, bool SingleProducer, bool SingleConsumer, bool MayBlock>
class UnboundedQueue {
public:
  void enqueue(const T &value);
  void enqueue(T &&value);
  void dequeue(T &value);
  bool try_dequeue(T &value);
  std::size_t size() const;
};
template <typename T, bool MayBlock>
using UMPMCQueue = UnboundedQueue<T, false, false, MayBlock>;
} // namespace folly

#endif
