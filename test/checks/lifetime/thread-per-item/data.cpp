// RUN: %check_concord %s %t concord-thread-per-item --std=c++17,c++20,c++23
// Loops whose input decides how many threads there are.
#include <array>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

void handle(const std::string &);
void *handleRaw(void *);
using Threads = std::vector<std::thread>;
template <typename... T> void joinAll(T &...);

// Wrong.

void overContainer(const std::vector<std::string> &items) {
  Threads threads;
  for (const auto &item : items)
    threads.emplace_back([item] { handle(item); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread is started for each element, however many there are; hand the work to a pool, or give each of a few threads its share [concord-thread-per-item]
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: the loop begins here
  for (auto &thread : threads)
    thread.join();
}

void bySize(const std::vector<std::string> &items) {
  Threads threads;
  for (std::size_t i = 0; i < items.size(); ++i)
    threads.push_back(std::thread(handle, items[i]));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
  for (auto &thread : threads)
    thread.join();
}

void bySavedSize(const std::vector<std::string> &items) {
  std::vector<std::future<void>> results;
  for (std::size_t i = 0, n = items.size(); i < n; ++i)
    results.push_back(std::async(std::launch::async, handle, items[i]));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
}

void byIntSize(const std::deque<std::string> &items) {
  Threads threads;
  const int n = static_cast<int>(items.size());
  for (int i = 0; i != n; i++)
    threads.emplace_back(handle, items[i]);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
  for (auto &thread : threads)
    thread.join();
}

void byIterator(std::map<int, std::string> &items) {
  std::list<std::thread> threads;
  for (auto it = items.begin(); it != items.end(); ++it)
    threads.emplace_back(handle, it->second);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
  for (auto &thread : threads)
    thread.join();
}

void byLines(std::istream &in) {
  Threads threads;
  std::string line;
  while (std::getline(in, line))
    threads.emplace_back(handle, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
  for (auto &thread : threads)
    thread.join();
}

void byWords(std::ifstream &in) {
  std::string word;
  while (in >> word)
    std::thread(handle, word).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
}

void untilEmpty(std::deque<std::string> &queue) {
  Threads threads;
  while (!queue.empty()) {
    threads.emplace_back(handle, queue.front());
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread is started for each element
    // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
    queue.pop_front();
  }
  for (auto &thread : threads)
    thread.join();
}

void inPthreads(std::vector<std::string> &items, std::vector<pthread_t> &ids) {
  for (auto &item : items) {
    pthread_t id;
    pthread_create(&id, nullptr, handleRaw, &item);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a thread is started for each element
    // CHECK-MESSAGES: :[[@LINE-4]]:3: note:
    ids.push_back(id);
  }
}

template <typename Range> void overRange(const Range &range) {
  Threads threads;
  for (const auto &item : range)
    threads.emplace_back([item] { handle(item); });
  for (auto &thread : threads)
    thread.join();
}

template <typename T> void overItems(const std::vector<T> &items) {
  Threads threads;
  for (const auto &item : items)
    threads.emplace_back([item] { handle(item); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
  for (auto &thread : threads)
    thread.join();
}
template void overItems(const std::vector<std::string> &);

std::string next();
void withoutEnd() {
  for (;;) {
    std::thread worker(handle, next());
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: each round of a loop without end detaches a new thread, and nothing limits how many run; hand the work to a pool
    // CHECK-MESSAGES: :[[@LINE-3]]:3: note: the loop begins here
    worker.detach();
  }
}

bool running();
void whileRunning() {
  while (running())
    std::thread([text = next()] { handle(text); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: each round of a loop without end
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
}

// Right.

void constant() {
  Threads threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back(handle, std::to_string(i));
  for (auto &thread : threads)
    thread.join();
}

void byHardware() {
  Threads threads;
  const unsigned n = std::thread::hardware_concurrency();
  for (unsigned i = 0; i < n; ++i)
    threads.emplace_back(handle, std::to_string(i));
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
    threads.emplace_back(handle, std::to_string(i));
  for (auto &thread : threads)
    thread.join();
}

void byParameter(int workers) {
  Threads threads;
  for (int i = 0; i < workers; ++i)
    threads.emplace_back(handle, std::to_string(i));
  while (workers-- > 0)
    threads.emplace_back(handle, std::to_string(workers));
  for (auto &thread : threads)
    thread.join();
}

void overArray(const std::array<std::string, 4> &parts) {
  Threads threads;
  const char *names[] = {"a", "b"};
  for (const char *name : names)
    threads.emplace_back(handle, name);
  for (const auto &part : parts)
    threads.emplace_back(handle, part);
  for (std::size_t i = 0; i < parts.size(); ++i)
    threads.emplace_back(handle, parts[i]);
  for (const char *name : {"c", "d"})
    threads.emplace_back(handle, name);
  for (auto &thread : threads)
    thread.join();
}

void perWorker(std::vector<std::thread> &threads) {
  for (auto &thread : threads)
    thread = std::thread(handle, "x");
  for (std::size_t i = 0; i < threads.size(); ++i)
    threads[i] = std::thread(handle, "x");
}

struct Worker {
  std::thread thread;
  std::string name;
};
void perWorkerObject(std::vector<Worker> &workers) {
  for (auto &worker : workers)
    worker.thread = std::thread([&worker] { handle(worker.name); });
}

void limitedByWindow(const std::vector<std::string> &items) {
  std::deque<std::thread> window;
  for (const auto &item : items) {
    if (window.size() == 4) {
      window.front().join();
      window.pop_front();
    }
    window.emplace_back(handle, item);
  }
  for (auto &thread : window)
    thread.join();
}

void limitedByCount(const std::vector<std::string> &items, std::mutex &m,
                    std::condition_variable &cv, int &running) {
  Threads threads;
  for (const auto &item : items) {
    std::unique_lock lock(m);
    cv.wait(lock, [&] { return running < 4; });
    ++running;
    threads.emplace_back(handle, item);
  }
  for (auto &thread : threads)
    thread.join();
}

void oneAfterTheOther(const std::vector<std::string> &items) {
  for (const auto &item : items) {
    std::thread thread(handle, item);
    thread.join();
  }
}

int acceptConnection();
void serve() {
  for (;;) {
    const int connection = acceptConnection();
    std::thread([connection] { handle(std::to_string(connection)); }).detach();
  }
}

void outOfTheLoop(const std::vector<std::string> &items) {
  std::thread thread([&] {
    for (const auto &item : items)
      handle(item);
  });
  thread.join();
}

#define START(item) threads.emplace_back(handle, item)
void inMacro(const std::vector<std::string> &items) {
  Threads threads;
  for (const auto &item : items)
    START(item);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a thread is started for each element
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note:
  for (auto &thread : threads)
    thread.join();
}
