// RUN: %check_concord %s %t concord-blocking-under-lock
#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <queue>
#include <semaphore>
#include <shared_mutex>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

class Service {
public:
  void sleeps() {
    std::lock_guard<std::mutex> lock(m);
    std::this_thread::sleep_for(100ms);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep_for' sleeps while 'm' is held; release the lock first [concord-blocking-under-lock]
    // CHECK-MESSAGES: :[[@LINE-3]]:33: note: 'm' is taken here
  }
  void joins() {
    m.lock();
    worker.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'join' waits for another thread while 'm' is held
    m.unlock();
  }
  int result() {
    std::shared_lock<std::shared_mutex> lock(s);
    return answer.get();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'get' waits for others while 's' is held
  }
  void latchAndSemaphore(std::latch &ready, std::counting_semaphore<> &slots) {
    std::scoped_lock lock(m);
    ready.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'wait' waits for others while 'm' is held
    slots.acquire();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'acquire' waits for others while 'm' is held
  }
  void inC() {
    std::lock_guard<std::mutex> lock(m);
    usleep(1000);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' sleeps while 'm' is held
  }
  void anotherLock() {
    std::lock_guard<std::mutex> outer(m);
    std::unique_lock<std::mutex> lock(q);
    changed.wait(lock, [this] { return !jobs.empty(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'wait' waits, and releases only its own lock, while 'm' is held
  }
  // One function deep.
  void wrapper() { std::this_thread::sleep_for(1s); }
  void callsWrapper() {
    std::lock_guard<std::mutex> lock(m);
    wrapper();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'wrapper' sleeps while 'm' is held
    // CHECK-MESSAGES: :[[@LINE-5]]:20: note: it waits here
  }
  int pop() {
    std::unique_lock<std::mutex> lock(q);
    changed.wait(lock, [this] { return !jobs.empty(); });
    int job = jobs.front();
    jobs.pop();
    return job;
  }
  int popsUnderLock() {
    std::lock_guard<std::mutex> lock(m);
    return pop();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'pop' waits, and releases only its own lock, while 'm' is held
  }
  void stops() {
    std::lock_guard<std::mutex> lock(m);
    for (std::thread &t : workers)
      if (t.joinable())
        t.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'join' waits for another thread
  }

  // Right: the wait releases the lock.
  void waits() {
    std::unique_lock<std::mutex> lock(q);
    changed.wait(lock, [this] { return !jobs.empty(); });
    changed.wait_for(lock, 1s);
    waitFor(lock);
  }
  void waitFor(std::unique_lock<std::mutex> &lock) { changed.wait(lock); }
  // Right: a window.
  void window() {
    std::unique_lock<std::mutex> lock(m);
    lock.unlock();
    std::this_thread::sleep_for(100ms);
    lock.lock();
  }
  void entered() {
    m.unlock();
    worker.join();
    m.lock();
  }
  void callsEntered() {
    m.lock();
    entered();
    m.unlock();
  }
  // Right: not held yet, or no longer.
  void deferred() {
    std::unique_lock<std::mutex> lock(m, std::defer_lock);
    std::this_thread::sleep_for(100ms);
    lock.lock();
  }
  void scope() {
    { std::lock_guard<std::mutex> lock(m); }
    worker.join();
  }
  // Right: does not wait.
  bool polls(std::counting_semaphore<> &slots, std::latch &ready) {
    std::lock_guard<std::mutex> lock(m);
    if (answer.wait_for(0s) == std::future_status::ready)
      n = answer.get();
    ready.count_down();
    return slots.try_acquire() && ready.try_wait();
  }
  // Right: another thread sleeps.
  void launches() {
    std::lock_guard<std::mutex> lock(m);
    worker = std::thread([] { std::this_thread::sleep_for(1s); });
  }
  // Right without option InputOutput.
  void reads(int fd, char *buffer) {
    std::lock_guard<std::mutex> lock(m);
    n = read(fd, buffer, 10);
  }

private:
  std::mutex m, q;
  std::shared_mutex s;
  std::condition_variable changed;
  std::queue<int> jobs;
  std::thread worker;
  std::vector<std::thread> workers;
  std::future<int> answer;
  int n = 0;
};

// Right: a condition variable of the project's own, which knows its mutex and
// is entered with it.
class Condition {
public:
  explicit Condition(std::mutex *mutex) : mutex(mutex) {}
  void Wait() {
    std::unique_lock<std::mutex> lock(*mutex, std::adopt_lock);
    changed.wait(lock);
    lock.release();
  }

private:
  std::condition_variable changed;
  std::mutex *const mutex;
};
class Queue {
public:
  void pop() {
    std::lock_guard<std::mutex> lock(m);
    while (n == 0)
      filled.Wait();
    --n;
  }

private:
  std::mutex m;
  Condition filled{&m};
  int n = 0;
};
