// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A producer that loses its consumer must end all the same: clean-up-tasks.

#include "channel.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

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

// With a function that cancels, whoever breaks off can end the thread, and has
// to remember it on every path.
std::pair<std::shared_ptr<Channel<int>>, std::function<void()>>
cancellableCountTo(int max) {
  auto numbers = std::make_shared<Channel<int>>();
  std::thread([numbers, max] {
    for (int i = 0; i < max; ++i)
      if (!numbers->send(i))
        return;
    numbers->close();
  }).detach();
  return {numbers, [numbers] { numbers->close(); }};
}

void forgetful() {
  const auto [numbers, cancel] = // finding: concord-unreleased-cancel
      cancellableCountTo(10);
  while (const auto number = numbers->receive()) {
    if (*number > 5)
      return;
    std::printf("%d\n", *number);
  }
  cancel();
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

/// Calls a function when it dies.
class Finally {
public:
  explicit Finally(std::function<void()> last) : last(std::move(last)) {}
  Finally(const Finally &) = delete;
  Finally &operator=(const Finally &) = delete;
  ~Finally() { last(); }

private:
  std::function<void()> last;
};

// The cancel function is called whichever way the scope is left.
void countAndCancel() {
  const auto [numbers, cancel] = wrong::cancellableCountTo(10);
  const Finally finally(cancel);
  while (const auto number = numbers->receive()) {
    if (*number > 5)
      return;
    std::printf("%d\n", *number);
  }
}

} // namespace right

} // namespace tour::count_to
