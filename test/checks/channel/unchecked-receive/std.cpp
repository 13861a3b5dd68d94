// RUN: %check_concord %s %t concord-unchecked-receive --std=c++20,c++23 -- -Wno-unused-result
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <semaphore>
#include <shared_mutex>

using namespace std::chrono_literals;

std::mutex m;
std::timed_mutex timed;
std::condition_variable cv;
std::deque<int> items;
bool stop;
int count;
std::counting_semaphore<4> slots(4);
void use(int);
int work();

int mailbox() {
  std::unique_lock lock(m);
  cv.wait_for(lock, 1s, [] { return !items.empty(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this wait may time out before its predicate holds, and nobody tests its result; go on only if it returns true [concord-unchecked-receive]
  // CHECK-MESSAGES: :[[@LINE+1]]:20: note: this relies on its success
  const int item = items.front();
  items.pop_front();
  return item;
}

class Inbox {
  std::mutex mutex;
  std::condition_variable_any filled;
  std::deque<int> messages;

public:
  int first() {
    std::unique_lock lock(mutex);
    filled.wait_until(lock, std::chrono::steady_clock::now() + 1s,
                      [this] { return messages.size() > 0; });
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this wait may time out before its predicate holds
    // CHECK-MESSAGES: :[[@LINE+1]]:12: note: this relies on its success
    return messages[0];
  }
};

int future() {
  auto f = std::async(std::launch::async, work);
  f.wait_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this wait may time out, and nobody tests its result, so that the next one waits without a limit; test it, or leave it out
  // CHECK-MESSAGES: :[[@LINE+1]]:10: note: this relies on its success
  return f.get();
}

void tryLock() {
  m.try_lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this attempt to lock may fail, and nobody tests whether it did; use and unlock the mutex only if it succeeded
  // CHECK-MESSAGES: :[[@LINE+2]]:3: note: this relies on its success
  ++count;
  m.unlock();
  timed.try_lock_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this attempt to lock may fail
  // CHECK-MESSAGES: :[[@LINE+1]]:3: note: this relies
  timed.unlock();
}

void trySemaphore() {
  slots.try_acquire();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this attempt to acquire may fail, and nobody tests whether it did
  // CHECK-MESSAGES: :[[@LINE+2]]:3: note: this relies
  use(1);
  slots.release();
}

void tryGuard() {
  std::unique_lock<std::mutex> lock(m, std::try_to_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this guard may not hold its mutex, and nobody asks it; go on only if it owns the lock
  ++count;
}

std::optional<int> right() {
  std::unique_lock lock(m);
  if (!cv.wait_for(lock, 1s, [] { return !items.empty(); }))
    return std::nullopt;
  cv.wait_for(lock, 1s, [] { return stop || !items.empty(); });
  if (items.empty())
    return std::nullopt;
  return items.front();
}

void tick() {
  std::unique_lock lock(m);
  while (!stop) {
    cv.wait_for(lock, 1s, [] { return stop; });
    use(count);
  }
}

void drain() {
  std::unique_lock lock(m);
  cv.wait_for(lock, 1s, [] { return !items.empty(); });
  std::deque<int> batch;
  batch.swap(items);
}

void all() {
  std::unique_lock lock(m);
  cv.wait_for(lock, 1s, [] { return !items.empty(); });
  for (int item : items)
    use(item);
  items.clear();
}

void onPurpose() {
  (void)m.try_lock();
  m.unlock();
}

void tested() {
  if (m.try_lock()) {
    ++count;
    m.unlock();
  }
  const bool got = slots.try_acquire();
  use(got);
  if (got)
    slots.release();
  std::unique_lock<std::mutex> lock(m, std::try_to_lock);
  if (!lock)
    return;
  std::unique_lock<std::timed_mutex> other(timed, 1s);
  if (other.owns_lock())
    use(1);
  auto f = std::async(std::launch::async, work);
  if (f.wait_for(1s) == std::future_status::ready)
    use(f.get());
  (void)f.wait_for(1s);
}
