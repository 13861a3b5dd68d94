// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A receive can say "closed": detect-closed-channel.

#include "channel.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace tour::closed_channel {

void process(int value) { std::printf("%d\n", value); }

namespace wrong {

// A closed channel never blocks: this loop spins on empty optionals. (Concord
// does not know this channel; docs/vocabulary.md says how it would.)
void drain(Channel<int> &in) {
  while (true) {
    const std::optional<int> value = in.receive();
    process(value.value_or(0));
  }
}

// A timeout is an answer too.
class Mailbox {
public:
  int next() {
    std::unique_lock lock(mutex);
    // finding: concord-unchecked-receive
    arrived.wait_for(lock, std::chrono::seconds(1),
                     [this] { return !mails.empty(); });
    const int mail = mails.front();
    mails.pop_front();
    return mail;
  }

private:
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<int> mails;
};

} // namespace wrong

namespace right {

void drain(Channel<int> &in) {
  while (const std::optional<int> value = in.receive())
    process(*value);
}

// Two sources until both are closed: C++ has no select, a thread each does it.
void drainBoth(Channel<int> &first, Channel<int> &second) {
  const std::jthread other([&second] { drain(second); });
  drain(first);
}

class Mailbox {
public:
  std::optional<int> next() {
    std::unique_lock lock(mutex);
    if (!arrived.wait_for(lock, std::chrono::seconds(1),
                          [this] { return !mails.empty(); }))
      return std::nullopt;
    const int mail = mails.front();
    mails.pop_front();
    return mail;
  }

private:
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<int> mails;
};

} // namespace right

} // namespace tour::closed_channel
