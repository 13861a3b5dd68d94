// RUN: %check_concord %s %t concord-unjoined-thread --config="{CheckOptions: {concord-unjoined-thread.ExceptionPaths: false}}"

#include <memory>
#include <optional>
#include <thread>
#include <utility>

void work();
bool ready();

void assignedTwice() {
  std::thread worker(work);
  worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread 'worker' is assigned while it is still joinable, which calls std::terminate; join it first [concord-unjoined-thread]
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: the thread is started here
  worker.join();
}

void assignedInALoop() {
  std::thread worker;
  while (ready())
    worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: thread 'worker' is assigned while it is still joinable
  if (worker.joinable())
    worker.join();
}

void assignedNothing() {
  std::thread worker(work);
  worker = std::thread();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread 'worker' is assigned while it is still joinable
}

void assignedAnother() {
  std::thread first(work), second(work);
  first = std::move(second);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread 'first' is assigned while it is still joinable
  first.join();
}

void deleted() {
  std::thread *worker = new std::thread(work);
  delete worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread 'worker' is destroyed while it is still joinable, which calls std::terminate; join it first [concord-unjoined-thread]
}

void leaked() {
  std::thread *worker = new std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: thread 'worker' is not joined before the last pointer to it is lost, so nothing can wait for it any more; keep the pointer and join the thread
  ready();
}

void reset() {
  auto worker = std::make_unique<std::thread>(work);
  worker.reset();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread 'worker' is destroyed while it is still joinable
}

void temporary() {
  std::thread{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread is destroyed at the end of the statement while it is still joinable, which calls std::terminate; give it a name and join it
}

// Right.

void joinedBefore() {
  std::thread worker(work);
  worker.join();
  worker = std::thread(work);
  worker.join();
}

void joinedInTheLoop() {
  std::thread worker;
  while (ready()) {
    if (worker.joinable())
      worker.join();
    worker = std::thread(work);
  }
  if (worker.joinable())
    worker.join();
}

void movedOutBefore() {
  std::thread first(work);
  std::thread second = std::move(first);
  first = std::thread(work);
  first.join();
  second.join();
}

void deletedAfterJoin() {
  std::thread *worker = new std::thread(work);
  worker->join();
  delete worker;
}

void keepElsewhere(std::thread *);

void pointerGivenAway() {
  std::thread *worker = new std::thread(work);
  keepElsewhere(worker);
}

void resetAfterJoin(std::optional<std::thread> worker) {
  if (worker) {
    worker->join();
    worker.reset();
  }
  worker.emplace(work);
  worker->join();
}

void temporaryJoined() { std::thread(work).join(); }
void temporaryDetached() { std::thread(work).detach(); }
void temporaryKept() { keepElsewhere(new std::thread(work)); }
