// RUN: %check_concord %s %t concord-unjoined-thread

// Joins in any nesting: nothing to report.

#include <algorithm>
#include <array>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();

void rangeFor() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work);
  for (auto &thread : threads)
    thread.join();
}

void rangeForIfJoinable() {
  std::vector<std::thread> threads;
  threads.push_back(std::thread(work));
  for (std::thread &thread : threads) {
    if (thread.joinable())
      thread.join();
  }
}

void indexes() {
  std::thread threads[4];
  for (int i = 0; i < 4; ++i)
    threads[i] = std::thread(work);
  for (int i = 0; i < 4; ++i)
    threads[i].join();
}

void initialiserList() {
  std::thread threads[] = {std::thread(work), std::thread(work)};
  for (auto &thread : threads)
    thread.join();
}

void stdArray() {
  std::array<std::thread, 2> threads;
  for (auto &thread : threads)
    thread = std::thread(work);
  for (auto &thread : threads)
    thread.join();
}

void iterators() {
  std::list<std::thread> threads;
  threads.emplace_back(work);
  for (auto it = threads.begin(); it != threads.end(); ++it)
    it->join();
}

void algorithmWithLambda() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  std::for_each(threads.begin(), threads.end(),
                [](std::thread &thread) { thread.join(); });
}

void algorithmWithGenericLambda() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  std::for_each(threads.begin(), threads.end(),
                [](auto &thread) { thread.join(); });
}

void algorithmWithMemberFunction() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  std::for_each(threads.begin(), threads.end(),
                std::mem_fn(&std::thread::join));
}

void rangesAlgorithm() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  std::ranges::for_each(threads, &std::thread::join);
}

void backToFront() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  while (!threads.empty()) {
    threads.back().join();
    threads.pop_back();
  }
}

void byValueOfAMap() {
  std::map<std::string, std::thread> threads;
  threads["a"] = std::thread(work);
  threads.emplace("b", work);
  for (auto &[name, thread] : threads)
    thread.join();
}

void pointers() {
  std::vector<std::unique_ptr<std::thread>> threads;
  threads.push_back(std::make_unique<std::thread>(work));
  for (auto &thread : threads)
    thread->join();
}

void uniquePointer() {
  auto thread = std::make_unique<std::thread>(work);
  thread->join();
}

void sharedPointer() {
  std::shared_ptr<std::thread> thread(new std::thread(work));
  if (thread && thread->joinable())
    thread->join();
}

void rawPointer() {
  std::thread *thread = new std::thread(work);
  thread->join();
  delete thread;
}

void throughReference() {
  std::vector<std::thread> threads;
  auto &thread = threads.emplace_back(work);
  thread.join();
}

struct Worker {
  std::string name;
  std::thread thread;
};

void inARecord() {
  std::vector<Worker> workers(4);
  for (Worker &worker : workers)
    worker.thread = std::thread(work);
  for (Worker &worker : workers)
    worker.thread.join();
}

void joinThread(std::thread &thread) {
  if (thread.joinable())
    thread.join();
}

void helper() {
  std::thread thread(work);
  joinThread(thread);
}

void joinAll(std::vector<std::thread> &threads) {
  for (auto &thread : threads)
    joinThread(thread);
}

void twoHelpers() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  joinAll(threads);
}

void helperAsCallable() {
  std::vector<std::thread> threads;
  threads.emplace_back(work);
  std::for_each(threads.begin(), threads.end(), joinThread);
}

void takeOver(std::thread thread) { thread.join(); }

void helperByValue() {
  std::thread thread(work);
  takeOver(std::move(thread));
}

void elsewhere(std::thread &thread);

void helperElsewhere() {
  std::thread thread(work);
  elsewhere(thread);
}

void namedLambda() {
  std::vector<std::thread> threads;
  auto joinAll = [&] {
    for (auto &thread : threads)
      thread.join();
  };
  threads.emplace_back(work);
  joinAll();
}

template <typename Function> class Finally {
public:
  explicit Finally(Function function) : function(std::move(function)) {}
  ~Finally() { function(); }

private:
  Function function;
};

template <typename Function> Finally<Function> finally(Function function) {
  return Finally<Function>(std::move(function));
}

int scopeGuard() {
  std::thread thread(work);
  auto guard = finally([&] { thread.join(); });
  if (ready())
    return 1;
  return 0;
}

class ThreadGuard {
public:
  explicit ThreadGuard(std::thread &thread) : thread(thread) {}
  ~ThreadGuard() {
    if (thread.joinable())
      thread.join();
  }

private:
  std::thread &thread;
};

int guardByReference() {
  std::thread thread(work);
  ThreadGuard guard(thread);
  if (ready())
    return 1;
  return 0;
}

class ScopedThread {
public:
  explicit ScopedThread(std::thread thread) : thread(std::move(thread)) {}
  ~ScopedThread() { thread.join(); }

private:
  std::thread thread;
};

void wrapped() {
  ScopedThread first{std::thread(work)};
  std::thread thread(work);
  ScopedThread second(std::move(thread));
}

class JoinThreads {
public:
  explicit JoinThreads(std::vector<std::thread> &threads) : threads(threads) {}
  ~JoinThreads() {
    for (unsigned i = 0; i < threads.size(); ++i)
      if (threads[i].joinable())
        threads[i].join();
  }

private:
  std::vector<std::thread> &threads;
};

void containerGuard() {
  std::vector<std::thread> threads;
  JoinThreads joiner(threads);
  threads.emplace_back(work);
}

struct JoinAndDelete {
  void operator()(std::thread *thread) const {
    thread->join();
    delete thread;
  }
};

void customDeleter() {
  std::unique_ptr<std::thread, JoinAndDelete> thread(new std::thread(work));
}

void lambdaDeleter() {
  std::shared_ptr<std::thread> thread(new std::thread(work),
                                      [](std::thread *thread) {
                                        thread->join();
                                        delete thread;
                                      });
}

void joinedByAnotherThread() {
  std::thread first(work);
  std::thread second([&first] { first.join(); });
  second.join();
}

void platforms() {
  std::thread thread(work);
#ifdef OTHER_PLATFORM
  thread.detach();
#else
  thread.join();
#endif
}

void pointersInAContainer() {
  std::vector<std::thread *> threads;
  threads.push_back(new std::thread(work));
  for (auto *thread : threads) {
    thread->join();
    delete thread;
  }
}

void comparedWithNull(bool threaded) {
  std::unique_ptr<std::thread> thread;
  if (threaded)
    thread = std::make_unique<std::thread>(work);
  if (thread != nullptr)
    thread->join();
}

void arrayOnTheHeap(int n) {
  std::thread *threads = new std::thread[n];
  for (int i = 0; i < n; ++i)
    threads[i] = std::thread(work);
  for (int i = 0; i < n; ++i)
    threads[i].join();
  delete[] threads;
}
