// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A producer that loses its consumer must end all the same: clean-up-tasks.

#include "channel.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

namespace tour::count_to {

namespace wrong {

// Whoever breaks off the counting leaves a thread in send() for ever. It owns
// all it uses, so nothing dangles; it only never ends.
std::shared_ptr<Channel<int>> countTo(int max) {
  auto numbers = std::make_shared<Channel<int>>();
  std::thread([numbers, max] {
    for (int i = 0; i < max; ++i)
      numbers->send(i);
    numbers->close();
  }).detach();
  return numbers;
}

void count() {
  const auto numbers = countTo(10);
  while (const auto number = numbers->receive()) {
    if (*number > 5)
      break;
    std::printf("%d\n", *number);
  }
}

} // namespace wrong

namespace right {

// The numbers come from an object. Its destructor cancels: it closes the
// channel, which wakes a blocked sender, and then joins.
class Counter {
public:
  explicit Counter(int max) : thread([this, max] { run(max); }) {}
  ~Counter() { numbers.close(); }

  std::optional<int> next() { return numbers.receive(); }

private:
  void run(int max) {
    for (int i = 0; i < max; ++i)
      if (!numbers.send(i))
        return;
    numbers.close();
  }

  Channel<int> numbers;
  std::jthread thread; // last: it uses 'numbers'
};

void count() {
  Counter counter(10);
  while (const auto number = counter.next()) {
    if (*number > 5)
      break;
    std::printf("%d\n", *number);
  }
}

} // namespace right

} // namespace tour::count_to
