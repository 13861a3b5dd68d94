// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CONCORD_TOUR_CHANNEL_H
#define CONCORD_TOUR_CHANNEL_H

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace tour {

/// Passes values from thread to thread, in order, and says when no more will
/// come. With capacity 0 a sender waits until somebody receives.
///
/// The mutex and the condition variables are private: who uses a channel need
/// not know of them.
template <typename T> class Channel {
public:
  explicit Channel(std::size_t capacity = 0) : capacity(capacity) {}

  /// Waits for room, or for a receiver.
  /// \returns false if the channel is closed; the value is then dropped.
  bool send(T value) {
    std::unique_lock lock(mutex);
    roomMade.wait(lock, [this] { return closed || hasRoom(); });
    if (closed)
      return false;
    values.push_back(std::move(value));
    valueSent.notify_one();
    return true;
  }

  /// Waits for a value.
  /// \returns nothing if the channel is closed and everything was received.
  std::optional<T> receive() {
    std::unique_lock lock(mutex);
    ++receivers;
    roomMade.notify_one();
    valueSent.wait(lock, [this] { return closed || !values.empty(); });
    --receivers;
    if (values.empty())
      return std::nullopt;
    T value = std::move(values.front());
    values.pop_front();
    return value;
  }

  /// Wakes everybody who waits. May be called more than once.
  void close() {
    const std::scoped_lock lock(mutex);
    closed = true;
    roomMade.notify_all();
    valueSent.notify_all();
  }

private:
  /// Every receiver that waits is a place that no one has to wait for.
  bool hasRoom() const { return values.size() < capacity + receivers; }

  std::mutex mutex;
  std::condition_variable roomMade, valueSent;
  std::deque<T> values;
  const std::size_t capacity;
  std::size_t receivers = 0;
  bool closed = false;
};

} // namespace tour

#endif // CONCORD_TOUR_CHANNEL_H
