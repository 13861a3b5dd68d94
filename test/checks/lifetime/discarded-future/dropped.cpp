// RUN: %check_concord %s %t concord-discarded-future --std=c++17,c++20,c++23 -- -Wno-unused-result

#include <future>
#include <memory>
#include <queue>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

int work();
void other();

void statement() {
  std::async(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future of this task is dropped, so this statement waits for the task and drops what it throws; keep it and ask it for the result where the task must be done [concord-discarded-future]
  std::async(std::launch::async, [] { other(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future of this task is dropped
}

void casts() {
  (void)std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the future of this task is dropped
  static_cast<void>(std::async(std::launch::async, work));
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the future of this task is dropped
  std::ignore = std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the future of this task is dropped
}

void unusedLocal() {
  {
    auto pending = std::async(std::launch::async, work);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: future 'pending' is never used, so the end of its scope waits for the task and drops what it throws; ask it for the result where the task must be done [concord-discarded-future]
  }
  other();
}

void inALoop(const std::vector<int> &items) {
  for (int item : items) {
    std::future<int> pending =
        std::async(std::launch::async, [item] { return item; });
    // CHECK-MESSAGES: :[[@LINE-2]]:22: warning: future 'pending' is never used
  }
}

std::future<int> start() { return std::async(std::launch::async, work); }

std::future<int> startNamed() {
  auto future = std::async(std::launch::async, work);
  other();
  return future;
}

void throughAFunction() {
  start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future of this task is dropped
  // CHECK-MESSAGES: :[[@LINE-11]]:18: note: 'start' starts the task and returns its future
  startNamed();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future of this task is dropped
  auto pending = start();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: future 'pending' is never used
}

// Right.

int waits() {
  std::async(std::launch::async, work).wait();
  std::async(std::launch::async, work).get();
  auto result = std::async(std::launch::async, work);
  other();
  return result.get();
}

void meantToBeUnused() {
  auto unused = std::async(std::launch::async, work);
  [[maybe_unused]] auto joinsHere = std::async(std::launch::async, work);
}

struct Owner {
  std::future<int> pending;
  std::vector<std::future<int>> all;
  void begin() {
    pending = std::async(std::launch::async, work);
    all.push_back(std::async(std::launch::async, work));
    all.emplace_back(std::async(std::launch::async, work));
  }
};

std::shared_future<int> shared() {
  return std::async(std::launch::async, work).share();
}

void keep(std::future<int> future);

void given() { keep(std::async(std::launch::async, work)); }

void lambdaUses() {
  auto future = std::async(std::launch::async, work);
  auto wait = [&] { return future.get(); };
  wait();
}

class Pool {
public:
  template <typename Function> std::future<int> submit(Function function) {
    auto task = std::make_shared<std::packaged_task<int()>>(function);
    tasks_.push([task] { (*task)(); });
    return task->get_future();
  }

private:
  std::queue<std::function<void()>> tasks_;
};

void fireAndForgetOfAPool(Pool &pool) { pool.submit(work); }

std::future<int> startElsewhere();

void notShown() { startElsewhere(); }

// References keep the future alive to the end of the scope, and no longer.
void references() {
  auto &&kept = std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: future 'kept' is never used
  const auto &constant = std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: future 'constant' is never used
  const auto &waited = std::async(std::launch::async, work);
  waited.wait();
}

void comma() {
  std::async(std::launch::async, work), work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future of this task is dropped
}

void sharedOn() {
  auto nobody = std::async(std::launch::async, work).share();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: future 'nobody' is never used
  std::async(std::launch::async, work).share();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future of this task is dropped
  auto several = std::async(std::launch::async, work).share();
  several.wait();
}
