// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A task gets its own copy of what may change or die: capture-by-value.

#include "channel.h"

#include <array>
#include <cstdio>
#include <functional>
#include <future>
#include <thread>
#include <vector>

namespace tour::loop_variable {

constexpr std::array values{2, 4, 6, 8, 10};

void print(Channel<int> &results) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (const auto result = results.receive())
      std::printf("%d\n", *result);
}

namespace wrong {

// All threads share one 'i', which the loop goes on changing.
void doubleAll() {
  Channel<int> results(values.size());
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < values.size(); ++i)
    workers.emplace_back(
        // finding: concord-loop-variable-capture
        [&] { results.send(values[i] * 2); });
  print(results);
}

// Naming the capture does not help, nor does std::ref.
void doubleEach() {
  Channel<int> results(values.size());
  const auto sendDouble = [&results](const int &value) {
    results.send(value * 2);
  };
  std::vector<std::jthread> workers;
  for (int value : values)
    // finding: concord-loop-variable-capture
    workers.emplace_back(sendDouble, std::ref(value));
  print(results);
}

// The function returns first, and 'offset' is gone when the task adds it.
std::future<int> sumLater(int offset) {
  // finding: concord-escaping-capture
  return std::async(std::launch::async,
                    [&offset] { return values[0] + offset; });
}

} // namespace wrong

namespace right {

// The lambda has a copy of its own.
void doubleAll() {
  Channel<int> results(values.size());
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < values.size(); ++i)
    workers.emplace_back([&results, i] { results.send(values[i] * 2); });
  print(results);
}

// Or the value is an argument, which std::jthread copies.
void doubleEach() {
  Channel<int> results(values.size());
  const auto sendDouble = [&results](int value) { results.send(value * 2); };
  std::vector<std::jthread> workers;
  for (int value : values)
    workers.emplace_back(sendDouble, value);
  print(results);
}

std::future<int> sumLater(int offset) {
  return std::async(std::launch::async,
                    [offset] { return values[0] + offset; });
}

} // namespace right

} // namespace tour::loop_variable
