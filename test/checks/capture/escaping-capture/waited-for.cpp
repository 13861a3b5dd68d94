// Tasks that are waited for before what they reach dies.
// RUN: %check_concord %s %t concord-escaping-capture
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <thread>
#include <vector>

void use(int);
int work();

void joined() {
  int local = 0;
  std::thread t([&] { local = work(); });
  t.join();
  std::vector<std::thread> threads;
  threads.emplace_back([&] { use(local); });
  for (auto &thread : threads)
    thread.join();
  std::vector<std::unique_ptr<std::thread>> others;
  others.push_back(std::make_unique<std::thread>([&] { use(local); }));
  std::for_each(others.begin(), others.end(), [](auto &o) { o->join(); });
  if (t.joinable())
    t.join();
}

void joining() {
  int local = 0;
  std::jthread t([&] { use(local); });
  std::vector<std::jthread> threads;
  threads.emplace_back([&] { use(local); });
}

void futures() {
  int local = 0;
  auto first = std::async(std::launch::async, [&] { use(local); });
  auto second = std::async([&] { return local; });
  std::async(std::launch::async, [&] { use(local); });
  use(second.get());
}

void promise() {
  int local = 0;
  std::promise<int> result;
  auto future = result.get_future();
  std::thread([&] { result.set_value(local); }).detach();
  use(future.get());
}

void rendezvous() {
  int local = 0;
  std::latch latch(1);
  std::thread([&] {
    use(local);
    latch.count_down();
  }).detach();
  latch.wait();

  std::binary_semaphore semaphore(0);
  std::thread([&] {
    use(local);
    semaphore.release();
  }).detach();
  semaphore.acquire();

  std::mutex mutex;
  std::condition_variable ready;
  bool done = false;
  std::thread([&] {
    std::lock_guard lock(mutex);
    use(local);
    done = true;
    ready.notify_one();
  }).detach();
  std::unique_lock lock(mutex);
  ready.wait(lock, [&] { return done; });

  std::atomic<bool> finished{false};
  std::thread([&] {
    use(local);
    finished = true;
  }).detach();
  while (!finished)
    std::this_thread::yield();
}

struct Joiner {
  std::thread &thread;
  ~Joiner() { thread.join(); }
};

template <class F> struct Finally {
  F f;
  ~Finally() { f(); }
};
template <class F> Finally(F) -> Finally<F>;

void guards() {
  int local = 0;
  std::thread t([&] { use(local); });
  Joiner joiner{t};
  std::thread u([&] { use(local); });
  Finally finally{[&] { u.join(); }};
  if (work())
    return;
  use(local);
}

void joinAll(std::vector<std::thread> &threads) {
  for (auto &t : threads)
    t.join();
}

void oneCallDeep() {
  int local = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&local] { use(local); });
  joinAll(threads);
}

void neverEnds() {
  int local = 0;
  std::thread([&] { use(local); }).detach();
  for (;;)
    work();
}
