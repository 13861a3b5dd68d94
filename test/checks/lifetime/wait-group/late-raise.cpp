// RUN: %check_concord %s %t concord-wait-group --std=c++17,c++20,c++23

// The count is raised inside the task that it counts.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

void work();

void countsAtomic() {
  std::atomic<int> pending{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      // CHECK-MESSAGES: :[[@LINE+1]]:7: warning: 'pending' is raised only by the task that it counts, so who waits may find nothing to wait for before the task has begun; raise it before the launch [concord-wait-group]
      ++pending;
      work();
      --pending;
    });
  // CHECK-MESSAGES: :[[@LINE-6]]:{{[0-9]+}}: note: the task is launched here
  while (pending != 0)
    std::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: here somebody waits for it
  for (std::thread &thread : threads)
    thread.join();
}

void countsBefore() {
  std::atomic<int> pending{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    pending.fetch_add(1);
    threads.emplace_back([&] {
      work();
      pending.fetch_sub(1);
    });
  }
  while (pending.load() > 0)
    std::this_thread::yield();
  for (std::thread &thread : threads)
    thread.join();
}

class Jobs {
public:
  void late() {
    threads.emplace_back([this] {
      {
        const std::lock_guard<std::mutex> guard(mutex);
        running += 1;
        // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'running' is raised only by the task
      }
      work();
      const std::lock_guard<std::mutex> guard(mutex);
      if (--running == 0)
        idle.notify_all();
    });
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mutex);
    idle.wait(lock, [this] { return running == 0; });
  }
  ~Jobs() {
    for (std::thread &thread : threads)
      thread.join();
  }

private:
  std::mutex mutex;
  std::condition_variable idle;
  int running = 0;
  std::vector<std::thread> threads;
};

// A worker counts what it takes from the queue, under the lock of the queue.
class Pool {
public:
  Pool() {
    thread = std::thread([this] {
      for (;;) {
        std::function<void()> task;
        {
          std::unique_lock<std::mutex> lock(mutex);
          changed.wait(lock, [this] { return stop || !tasks.empty(); });
          if (stop)
            return;
          task = std::move(tasks.front());
          tasks.pop();
          ++busy;
        }
        task();
        const std::lock_guard<std::mutex> guard(mutex);
        --busy;
        changed.notify_all();
      }
    });
  }
  void waitUntilIdle() {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [this] { return tasks.empty() && busy == 0; });
  }

private:
  std::mutex mutex;
  std::condition_variable changed;
  std::queue<std::function<void()>> tasks;
  int busy = 0;
  bool stop = false;
  std::thread thread;
};

// Nobody waits for it: a number to look at.
void gauge() {
  std::atomic<int> active{0};
  std::thread thread([&] {
    ++active;
    work();
    --active;
  });
  thread.join();
}

// A class that counts for others.
class WaitGroup {
public:
  void add(int number) {
    const std::lock_guard<std::mutex> guard(mutex);
    count += number;
  }
  void done() {
    const std::lock_guard<std::mutex> guard(mutex);
    if (--count == 0)
      zero.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mutex);
    zero.wait(lock, [this] { return count == 0; });
  }

private:
  std::mutex mutex;
  std::condition_variable zero;
  int count = 0;
};

void addsInTask() {
  WaitGroup group;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&group] {
      group.add(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'group' is raised only by the task
      work();
      group.done();
    });
  group.wait();
  for (std::thread &thread : threads)
    thread.join();
}

// Two workers; a task that throws is reported and ends nothing.
void safelyDo(const std::function<void()> &task) noexcept {
  try {
    task();
  } catch (...) {
    std::terminate();
  }
}

void twoWorkers() {
  WaitGroup group;
  group.add(2);
  std::thread first([&] {
    safelyDo([] { throw 1; });
    group.done();
  });
  std::thread second([&] {
    safelyDo(work);
    group.done();
  });
  group.wait();
  first.join();
  second.join();
}
