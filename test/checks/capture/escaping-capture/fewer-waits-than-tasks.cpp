// A wait that ends with the first of several tasks leaves the others running.
// RUN: %check_concord %s %t concord-escaping-capture
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <semaphore>
#include <thread>

int compute();

template <class T> class Channel {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<T> values;

public:
  void send(T value) {
    std::lock_guard lock(mutex);
    values.push_back(value);
    changed.notify_one();
  }
  T receive() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return !values.empty(); });
    T value = values.front();
    values.pop_front();
    return value;
  }
};

int firstOfThree() {
  Channel<int> answers;
  for (int i = 0; i < 3; ++i)
    std::thread([&] { answers.send(compute()); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: local 'answers' is captured by reference in a detached task
  return answers.receive();
}

int allOfThree() {
  Channel<int> answers;
  for (int i = 0; i < 3; ++i)
    std::thread([&] { answers.send(compute()); }).detach();
  int sum = 0;
  for (int i = 0; i < 3; ++i)
    sum += answers.receive();
  return sum;
}

int oneByOne() {
  Channel<int> answers;
  int sum = 0;
  for (int i = 0; i < 3; ++i) {
    std::thread([&] { answers.send(compute()); }).detach();
    sum += answers.receive();
  }
  return sum;
}

int twoLaunches() {
  Channel<int> answers;
  std::thread([&] { answers.send(compute()); }).detach();
  std::thread([&] { answers.send(compute()); }).detach();
  return answers.receive() + answers.receive();
}

void release(std::counting_semaphore<8> &done) {
  compute();
  done.release();
}

void oneOfTwo() {
  std::counting_semaphore<8> done(0);
  std::thread(release, std::ref(done)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: local 'done' is passed by reference to a detached task
  std::thread(release, std::ref(done)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: local 'done' is passed by reference to a detached task
  done.acquire();
}

void asManyAsLaunched(int n) {
  std::counting_semaphore<8> done(0);
  for (int i = 0; i < n; ++i)
    std::thread(release, std::ref(done)).detach();
  for (int i = 0; i < n; ++i)
    done.acquire();
}

// Only the last one sends.
void lastOneSends() {
  std::counting_semaphore<8> done(0);
  std::atomic<int> left{3};
  for (int i = 0; i < 3; ++i)
    std::thread([&] {
      compute();
      if (--left == 0)
        done.release();
    }).detach();
  done.acquire();
}
