// RUN: %check_concord %s %t concord-busy-wait,concord-plain-stop-flag --std=c++20,c++23

// Loops that ask for a value until another thread has changed it.

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>

using namespace std::chrono_literals;

std::atomic<bool> ready{false};
std::atomic<int> arrived{0};
volatile bool seen = false;
bool published = false;
std::mutex mutex;
void consume();

void burns() {
  while (!ready) {
  }
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready' again and again and keeps a processor busy until another thread acts; use the wait and notify_all of the atomic, or a condition variable [concord-busy-wait]
}

void yields() {
  while (arrived.load(std::memory_order_acquire) < 3)
    std::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'arrived' again and again and keeps a processor busy
}

void naps() {
  do
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  while (!ready);
  // CHECK-MESSAGES: :[[@LINE-3]]:3: warning: this loop only asks 'ready' again and again and wakes up for nothing until another thread acts; use the wait
}

void hints() {
  while (!ready)
    __builtin_ia32_pause();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready' again and again and keeps a processor busy
  while (!ready)
    asm volatile("pause" ::: "memory");
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready'
}

void asksVolatile() {
  while (!seen)
    ;
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'seen' again and again and keeps a processor busy until another thread acts; guard it with a mutex and wait for a condition variable
}

void releasesMeanwhile() {
  std::unique_lock<std::mutex> lock(mutex);
  while (!published) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop only asks 'published' again and again and wakes up for nothing
    lock.unlock();
    std::this_thread::sleep_for(100ms);
    lock.lock();
  }
}

void asksGuarded() {
  while (true) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop only asks 'published'
    {
      const std::lock_guard<std::mutex> guard(mutex);
      if (published)
        break;
    }
    std::this_thread::sleep_for(1ms);
  }
  for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop only asks 'published' again and again and keeps a processor busy
    const std::lock_guard<std::mutex> guard(mutex);
    if (published)
      return;
  }
}

void remembers() {
  bool done = false;
  while (!done) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop only asks 'ready'
    done = ready.load();
    std::this_thread::yield();
  }
}

void throughPointer(std::shared_ptr<std::atomic<bool>> done) {
  while (!*done)
    std::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks '*done'
}

void throughLambda() {
  const auto isReady = [] { return ready.load(); };
  while (!isReady())
    std::this_thread::sleep_for(1ms);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready'
}

static void nap(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

class Job {
public:
  bool isDone() const { return done; }
  bool isStarted() const {
    const std::lock_guard<std::mutex> guard(lock);
    return started;
  }
  void start() {
    const std::lock_guard<std::mutex> guard(lock);
    started = true;
  }
  void waitUntilDone() {
    while (!isDone())
      nap(5);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop only asks 'done'
  }
  int next() {
    while (values.empty())
      std::this_thread::sleep_for(1ms);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop only asks 'values' again and again and wakes up for nothing until another thread acts; guard it
    const std::lock_guard<std::mutex> guard(lock);
    const int value = values.front();
    values.pop();
    return value;
  }
  void shutDown() {
    stop = true;
    // A flag that says that the worker still runs.
    while (running)
      std::this_thread::yield();
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop only asks 'running'
  }

private:
  std::atomic<bool> done{false}, stop{false}, running{false};
  bool started = false;
  mutable std::mutex lock;
  std::queue<int> values;
};

void waitForStart(const Job &job) {
  while (!job.isStarted())
    nap(1);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'started'
}

// What a task waits for before it begins.
void startGate() {
  std::atomic<bool> go{false};
  std::jthread worker([&go] {
    while (!go)
      ;
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop only asks 'go'
    consume();
  });
  go = true;
}

template <typename Flag> void waitFor(Flag &flag) {
  while (!flag)
    std::this_thread::yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'flag'
}
void instantiate() { waitFor(ready); }

#define SPIN_UNTIL(condition)                                                  \
  while (!(condition))                                                         \
    std::this_thread::yield()
void inMacro() {
  SPIN_UNTIL(ready);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop only asks 'ready'
}

// A plain flag that a task polls has to become atomic first: the other check.
void plainFlag() {
  bool go = false;
  std::jthread worker([&go] {
    while (!go)
      std::this_thread::yield();
    // CHECK-MESSAGES: :[[@LINE-2]]:13: warning: task polls 'go'
    consume();
  });
  go = true;
}
