// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Somebody waits for every thread, and one bad task ends nothing:
// wait-for-exit, survive-task-failure.

#include "channel.h"

#include <array>
#include <cstdio>
#include <exception>
#include <functional>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

namespace tour::wait_group {

using Task = std::function<void()>;

namespace wrong {

// An early return, and std::terminate.
bool runBoth(const Task &first, const Task &second) {
  std::thread worker(first); // finding: concord-unjoined-thread
  if (!second)
    return false;
  second();
  worker.join();
  return true;
}

// No destructor: the end of a Pool is the end of the program.
class Pool {
public:
  void start(Task task) { workers.emplace_back(std::move(task)); }

private:
  std::vector<std::thread> workers; // finding: concord-unjoined-thread
};

// The early return keeps the count up, and the wait below never ends.
void runCounted(const std::function<bool()> &prepare, const Task &run) {
  std::latch done(2);
  const auto task = [&] {
    if (!prepare())
      return; // finding: concord-wait-group
    run();
    done.count_down();
  };
  std::jthread first(task), second(task);
  done.wait();
}

// An exception of one task is the end of all.
void check(int value) {
  std::jthread worker([value] {
    if (value < 0)
      // finding: concord-throwing-thread
      throw std::invalid_argument("negative");
  });
}

} // namespace wrong

namespace right {

bool runBoth(const Task &first, const Task &second) {
  const std::jthread worker(first);
  if (!second)
    return false;
  second();
  return true;
}

// Two workers, one channel of tasks. Closing it is the stop signal: it wakes
// those who wait, and those who work finish first.
class Pool {
public:
  ~Pool() { tasks.close(); }

  void add(Task task) { tasks.send(std::move(task)); }

private:
  void work() {
    while (const auto task = tasks.receive())
      runSafely(*task);
  }

  /// A task that throws is reported, and the worker takes the next one.
  static void runSafely(const Task &task) noexcept {
    try {
      task();
    } catch (const std::exception &error) {
      std::fprintf(stderr, "task failed: %s\n", error.what());
    } catch (...) {
      std::fputs("task failed\n", stderr);
    }
  }

  Channel<Task> tasks;
  std::array<std::jthread, 2> workers{std::jthread([this] { work(); }),
                                      std::jthread([this] { work(); })};
};

void runAll() {
  Pool pool;
  for (int i = 0; i < 6; ++i)
    pool.add([i] {
      if (i % 2)
        throw std::runtime_error("odd");
      std::printf("task %d is done\n", i);
    });
} // all tasks have run, both workers have ended

} // namespace right

} // namespace tour::wait_group
