// RUN: %check_concord %s %t concord-busy-wait --std=c++20,c++23

// Loops that spin or poll for a reason, or do more than that.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <mutex>
#include <queue>
#include <stop_token>
#include <string>
#include <thread>

using namespace std::chrono_literals;

std::atomic<bool> ready{false};
std::atomic<int> value{0};
std::mutex mutex;
bool published = false;
void work();
bool next(int &);

// The spin of a lock is what it is for.
class SpinLock {
public:
  void lock() {
    while (flag.test_and_set(std::memory_order_acquire))
      while (flag.test(std::memory_order_relaxed))
        ;
  }
  void unlock() { flag.clear(std::memory_order_release); }

private:
  std::atomic_flag flag;
};

void spinUntilReady() {
  while (!ready)
    ;
}

class Ticket {
public:
  void lock() {
    const unsigned mine = taken.fetch_add(1);
    while (served.load() != mine)
      std::this_thread::yield();
  }
  void unlock() { served.fetch_add(1); }

private:
  std::atomic<unsigned> taken{0}, served{0};
};

// Changes the value itself.
void doubles() {
  int old = value;
  while (!value.compare_exchange_weak(old, old * 2))
    ;
}

// It has a limit.
bool spinsBriefly() {
  for (int i = 0; i < 1000; ++i)
    if (ready)
      return true;
  int rounds = 0;
  while (!ready && rounds < 10) {
    std::this_thread::sleep_for(1ms);
    ++rounds;
  }
  const auto deadline = std::chrono::steady_clock::now() + 1s;
  while (!ready && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(1ms);
  return ready;
}

void backsOff() {
  int pause = 1;
  while (!ready) {
    std::this_thread::sleep_for(std::chrono::microseconds(pause));
    pause *= 2;
  }
}

// Other work.
void works() {
  while (!ready)
    work();
  std::queue<int> queue;
  queue.push(1);
  while (!queue.empty())
    queue.pop();
  int number = 0;
  while (next(number))
    ;
  std::string word;
  while (std::cin >> word)
    ;
}

// A wait that sleeps until it is woken.
void waits() {
  std::condition_variable changed;
  std::unique_lock<std::mutex> lock(mutex);
  while (!published)
    changed.wait(lock);
  while (!ready)
    ready.wait(false);
}

// The sleep stands for the work of the task.
std::atomic<bool> stopNow{false};
void lives() {
  std::jthread byToken([](std::stop_token stop) {
    while (!stop.stop_requested())
      std::this_thread::sleep_for(10ms);
  });
  std::atomic<bool> done{false};
  std::jthread byFlag([&done] {
    while (!done)
      std::this_thread::sleep_for(10ms);
    std::cout << "ended\n";
  });
  while (!stopNow)
    std::this_thread::sleep_for(10ms);
  done = true;
}

// Once a second is no busy wait.
void looksSometimes() {
  while (!ready)
    std::this_thread::sleep_for(2s);
}

// A signal handler can notify nobody.
std::atomic<bool> interrupted{false};
volatile std::sig_atomic_t received = 0;
void onSignal(int) { interrupted = true; }
void untilSignal() {
  std::signal(SIGINT, onSignal);
  while (!interrupted)
    std::this_thread::sleep_for(100ms);
  while (!received)
    std::this_thread::sleep_for(100ms);
}

// Nothing here is another thread's.
struct Node {
  Node *next;
};
const Node *last(const Node *node) {
  while (node->next)
    node = node->next;
  return node;
}
const char *end(const char *text) {
  while (*text)
    ++text;
  return text;
}

template <typename T> void dependent(T &queue) {
  while (queue.try_pop())
    std::this_thread::yield();
}
