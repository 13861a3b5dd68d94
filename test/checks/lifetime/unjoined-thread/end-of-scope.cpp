// RUN: %check_concord %s %t concord-unjoined-thread --std=c++17,c++20,c++23 --config="{CheckOptions: {concord-unjoined-thread.ExceptionPaths: false}}"

#include <atomic>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();

void neverJoined() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when it goes out of scope, which calls std::terminate; join it on every path{{.*}} [concord-unjoined-thread]
  ready();
}

void startedLater() {
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when it goes out of scope
  worker = std::thread(work);
}

void joinedInOneBranch() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when it goes out of scope
  if (ready())
    worker.join();
}

int earlyReturn() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when its scope is left early, which calls std::terminate; join it on every path{{.*}} [concord-unjoined-thread]
  // CHECK-MESSAGES: :[[@LINE-2]]:15: note: the thread is started here
  if (!ready())
    return 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: note: the scope is left here without a join
  worker.join();
  return 0;
}

void breaksOut() {
  while (ready()) {
    std::thread worker(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: thread 'worker' is still joinable when its scope is left early
    if (ready())
      break;
    worker.join();
  }
}

void throwsBetween() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when its scope is left early
  if (!ready())
    throw std::runtime_error("not ready");
  worker.join();
}

void inALambda() {
  auto task = [] {
    std::thread inner(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: thread 'inner' is still joinable when it goes out of scope
  };
  task();
}

template <typename Function> void inATemplate(Function function) {
  std::thread worker(function);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when it goes out of scope
}

void instantiates() {
  inATemplate(work);
  inATemplate([] { work(); });
}

using Worker = std::thread;

void alias() {
  Worker worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'worker' is still joinable when it goes out of scope
}

void optionalThread() {
  std::optional<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: thread 'worker' is still joinable when it goes out of scope
  worker.emplace(work);
}

void movedBetweenLocals() {
  std::thread first(work);
  std::thread second = std::move(first);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'second' is still joinable when it goes out of scope
}

std::thread start() { return std::thread(work); }

void startedByAFunction() {
  std::thread worker = start();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: thread 'worker' is still joinable when it goes out of scope
  ready();
}

// Right.

void joined() {
  std::thread worker(work);
  worker.join();
}

void joinedIfJoinable() {
  std::thread worker;
  if (ready())
    worker = std::thread(work);
  if (worker.joinable())
    worker.join();
}

void sameConditionTwice(bool threaded) {
  std::thread worker;
  if (threaded)
    worker = std::thread(work);
  work();
  if (threaded)
    worker.join();
}

void conditionInAVariable() {
  const bool threaded = ready();
  std::thread worker;
  if (threaded)
    worker = std::thread(work);
  if (!threaded)
    return;
  worker.join();
}

void joinedOnEachBranch() {
  std::thread worker(work);
  if (ready()) {
    worker.join();
    return;
  }
  worker.join();
}

void joinedBeforeThrow() {
  std::thread worker(work);
  if (!ready()) {
    worker.join();
    throw std::runtime_error("not ready");
  }
  worker.join();
}

void joinedInAHandler() {
  std::thread worker(work);
  try {
    if (!ready())
      throw std::runtime_error("not ready");
  } catch (...) {
    worker.join();
    throw;
  }
  worker.join();
}

void detached() {
  std::thread worker(work);
  worker.detach();
}

std::thread returned() {
  std::thread worker(work);
  return worker;
}

std::thread returnedByMove() {
  std::thread worker(work);
  return std::move(worker);
}

void keep(std::thread worker);

void movedAway() {
  std::thread worker(work);
  keep(std::move(worker));
}

std::vector<std::thread> threads;

void movedIntoAContainer() {
  std::thread worker(work);
  threads.push_back(std::move(worker));
}

struct Owner {
  ~Owner() { member.join(); }
  std::thread member;
  void start() {
    std::thread worker(work);
    member = std::move(worker);
  }
  void swapIn() {
    std::thread worker(work);
    std::swap(member, worker);
  }
};

[[noreturn]] void fail();

void leftByEndingTheProgram() {
  std::thread worker(work);
  if (!ready())
    fail();
  worker.join();
}

void neverLeft() {
  std::thread worker(work);
  for (;;)
    work();
}

void noThread() {
  std::thread empty;
  std::thread *pointer = nullptr;
  (void)pointer;
}

#define JOIN(thread)                                                           \
  do {                                                                         \
    if ((thread).joinable())                                                   \
      (thread).join();                                                         \
  } while (false)

void joinedByAMacro() {
  std::thread worker(work);
  JOIN(worker);
}

void joinedInALoop() {
  std::thread worker(work);
  while (worker.joinable())
    worker.join();
}

void joinsItself() {
#if __cplusplus >= 202002L
  std::jthread worker(work);
#endif
}

void staticThread() {
  static std::thread worker(work);
}
