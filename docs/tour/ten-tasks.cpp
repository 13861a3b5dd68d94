// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One slot per worker, no lock, no race: buffer-known-writes.

#include "channel.h"

#include <array>
#include <optional>
#include <thread>
#include <vector>

namespace tour::ten_tasks {

constexpr std::size_t workerCount = 10;

int handle(int task) { return task * task; }

namespace wrong {

// Ten threads grow one vector.
std::vector<int> handleTenTasks(const std::array<int, workerCount> &tasks) {
  std::vector<int> results;
  {
    std::vector<std::jthread> workers;
    for (const int &task : tasks)
      // finding: concord-racy-capture
      workers.emplace_back(
          [&results, &task] { results.push_back(handle(task)); });
  }
  return results;
}

} // namespace wrong

namespace right {

// A channel with a place for each write: no sender waits, so each worker ends
// as soon as its work is done.
std::vector<int> handleTenTasks(Channel<int> &tasks) {
  Channel<std::optional<int>> results(workerCount);
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < workerCount; ++i)
    workers.emplace_back([&tasks, &results] {
      const auto task = tasks.receive();
      results.send(task ? std::optional(handle(*task)) : std::nullopt);
    });

  std::vector<int> handled;
  for (std::size_t i = 0; i < workerCount; ++i)
    if (const auto result = results.receive().value_or(std::nullopt))
      handled.push_back(*result);
  return handled;
}

// Without a channel: distinct elements, read after the join.
std::array<int, workerCount>
handleTenTasks(const std::array<int, workerCount> &tasks) {
  std::array<int, workerCount> results{};
  {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < tasks.size(); ++i)
      workers.emplace_back(
          [&results, &tasks, i] { results[i] = handle(tasks[i]); });
  }
  return results;
}

} // namespace right

} // namespace tour::ten_tasks
