// RUN: %check_concord %s %t concord-wait-without-predicate --std=c++20
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <stop_token>

std::mutex m;
std::condition_variable cv;
std::condition_variable_any any;
bool ready, stop;
int value;
std::queue<int> items;
void use(int);
bool isReady();
using namespace std::chrono_literals;

void predicates(std::stop_token token) {
  std::unique_lock lock(m);
  cv.wait(lock, [] { return ready; });
  cv.wait_for(lock, 1s, [] { return ready; });
  any.wait(lock, token, [] { return ready; });
  cv.wait(lock, isReady);
}

void loops() {
  std::unique_lock lock(m);
  while (!ready)
    cv.wait(lock);
  while (!isReady()) {
    cv.wait(lock);
  }
  do {
    cv.wait(lock);
  } while (!ready);
  for (; !ready; cv.wait(lock))
    ;
  for (; items.empty();)
    cv.wait(lock);
  while (!stop)
    if (items.empty())
      cv.wait(lock);
    else
      items.pop();
}

void testsInside() {
  std::unique_lock lock(m);
  for (;;) {
    if (ready)
      break;
    cv.wait(lock);
  }
  while (true) {
    cv.wait(lock);
    if (ready)
      return;
  }
}

void oneWayOrTheOther() {
  std::unique_lock lock(m);
  while (1) {
    if (items.empty()) {
      cv.wait(lock);
      continue;
    }
    use(items.front());
    items.pop();
  }
}

void elseBranch() {
  std::unique_lock lock(m);
  for (;;) {
    if (!items.empty()) {
      use(items.front());
      items.pop();
    } else {
      cv.wait(lock);
    }
  }
}

void byState(int state) {
  std::unique_lock lock(m);
  while (!stop) {
    switch (state) {
    case 0:
      cv.wait(lock);
      break;
    default:
      return;
    }
  }
}

void twoLevels() {
  std::unique_lock lock(m);
  while (!ready) {
    {
      use(1);
      cv.wait(lock);
    }
    use(2);
  }
}

void byGoto() {
  std::unique_lock lock(m);
again:
  if (!ready) {
    cv.wait(lock);
    goto again;
  }
}

// The callers loop.
struct Condition {
  std::condition_variable native;
  std::mutex *mutex;
  void wait(std::unique_lock<std::mutex> &lock) { native.wait(lock); }
  void Wait() {
    std::unique_lock<std::mutex> lock(*mutex, std::adopt_lock);
    native.wait(lock);
    lock.release();
  }
};
struct Client {
  std::condition_variable changed;
  void WaitForChange(std::unique_lock<std::mutex> &lock) {
    assert(lock.owns_lock());
    changed.wait(lock);
  }
  bool WaitABit(std::unique_lock<std::mutex> &lock) {
    return changed.wait_for(lock, 1s) == std::cv_status::no_timeout;
  }
};

void timed() {
  std::unique_lock lock(m);
  if (cv.wait_for(lock, 1s) == std::cv_status::timeout)
    return;
  const auto status = cv.wait_until(lock, std::chrono::steady_clock::now());
  if (status == std::cv_status::timeout)
    return;
  while (!stop) {
    cv.wait_for(lock, 1s);
    use(value);
  }
  for (;;) {
    cv.wait_for(lock, 100ms); // a tick
    use(value);
  }
}

int *take();
int *takeWithin() {
  std::unique_lock lock(m);
  int *item = take();
  if (!item) {
    cv.wait_for(lock, 1s);
    item = take();
  }
  return item;
}

bool readyNow(std::unique_lock<std::mutex> &lock) {
  if (!ready)
    cv.wait(lock);
  return ready;
}

// The name alone says nothing.
struct Camera {
  void wait(int);
};
void other(Camera &c) { c.wait(1); }
