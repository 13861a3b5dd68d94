// RUN: %check_debug %s %t concord-debug-handles
// For which of its locals a launcher waits before they die.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

void use(int &);
bool ready();

// Joins.

void joined(int x) {
  std::thread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launch waited for by x t [
  t.join();
}

void joinedOnOneBranch(int x) {
  std::thread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launch waited for by nothing, detached [
  if (ready())
    t.join();
  else
    t.detach();
}

void joinedInALoop() {
  int x = 0;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: launch waited for by x ts t [
  for (auto &t : ts)
    t.join();
}

void joinedByAlgorithm() {
  int x = 0;
  std::vector<std::thread> ts;
  ts.emplace_back([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: launch waited for by x ts [
  std::for_each(ts.begin(), ts.end(), std::mem_fn(&std::thread::join));
}

void joiningThread() {
  int x = 0;
  std::jthread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launch waited for by x t [
}

void joiningThreadDeclaredFirst() {
  std::jthread t;
  int x = 0;
  t = std::jthread([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: launch waited for by t [
}

std::thread returned(int x) {
  std::thread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launch waited for by nothing [
  return t;
}

std::vector<std::jthread> kept;

void movedAway(int x) {
  std::jthread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launch waited for by nothing [
  kept.push_back(std::move(t));
}

void movedAndJoined(int x) {
  std::vector<std::thread> ts;
  std::thread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launch waited for by x ts t each [
  ts.push_back(std::move(t));
  for (auto &each : ts)
    each.join();
}

// Futures.

void awaited(int x) {
  auto f = std::async(std::launch::async, [&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launch waited for by x f [
  f.get();
}

void awaitedByDestructor() {
  int x = 0;
  auto f = std::async(std::launch::async, [&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launch waited for by x f [
}

void allAwaited() {
  int x = 0;
  std::vector<std::future<void>> fs;
  for (int i = 0; i < 4; ++i)
    fs.push_back(std::async(std::launch::async, [&] { use(x); }));
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launch waited for by x fs f [
  for (auto &f : fs)
    f.wait();
}

// Rendezvous.

void promised() {
  int x = 0;
  std::promise<void> p;
  auto f = p.get_future();
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by x p f, detached [
    use(x);
    p.set_value();
  }).detach();
  f.get();
}

void latched() {
  int x = 0;
  std::latch done(1);
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by x done, detached [
    use(x);
    done.count_down();
  }).detach();
  done.wait();
}

void atABarrier() {
  int x = 0;
  std::barrier done(2);
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by x done, detached [
    use(x);
    done.arrive_and_wait();
  }).detach();
  done.arrive_and_wait();
}

void semaphore() {
  int x = 0;
  std::binary_semaphore done(0);
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by x done, detached [
    use(x);
    done.release();
  }).detach();
  done.acquire();
}

void condition() {
  std::mutex m;
  std::condition_variable changed;
  bool done = false;
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by m changed done lock, detached [
    std::lock_guard<std::mutex> lock(m);
    done = true;
    changed.notify_one();
  }).detach();
  std::unique_lock<std::mutex> lock(m);
  while (!done)
    changed.wait(lock);
}

void polled() {
  std::atomic<bool> done{false};
  std::thread([&] { done = true; }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by done, detached [
  while (!done.load())
    std::this_thread::yield();
}

void awaitLatch(std::latch &latch) { latch.wait(); }

void oneCallDeep() {
  std::latch done(1);
  std::thread([&] { done.count_down(); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by done, detached [
  awaitLatch(done);
}

// Waits that give up.

bool timed(int x) {
  std::promise<void> p;
  auto f = p.get_future();
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by x(timed) p(timed) f(timed), detached [
    use(x);
    p.set_value();
  }).detach();
  return f.wait_for(1s) == std::future_status::ready;
}

bool timedThenWaits(int x) {
  std::promise<void> p;
  auto f = p.get_future();
  std::thread([&] {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by x p f, detached [
    use(x);
    p.set_value();
  }).detach();
  if (f.wait_for(1s) != std::future_status::ready)
    f.wait();
  return true;
}

// Nothing waits.

void detached(int x) {
  std::thread([&] { use(x); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by nothing, detached [
}

void unrelatedWait(int x, std::latch &other) {
  std::thread([&x] { use(x); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launch waited for by nothing, detached [
  other.wait();
}

// Guards.

template <typename F> struct Finally {
  F f;
  ~Finally() { f(); }
};
template <typename F> Finally(F) -> Finally<F>;

void scopeGuard(int x) {
  std::thread t([&] { use(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launch waited for by x t joiner [
  Finally joiner{[&] { t.join(); }};
  if (ready())
    return;
}
