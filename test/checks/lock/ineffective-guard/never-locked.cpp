// RUN: %check_concord %s %t concord-ineffective-guard --std=c++17,c++20,c++23

#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <tuple>
#include <utility>

std::mutex First, Second;
int Value;

void withoutMutex() {
  std::scoped_lock Lock;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: guard 'Lock' has no mutex and locks nothing; pass it the mutex that it is to hold [concord-ineffective-guard]
  std::scoped_lock<> Braces{};
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: guard 'Braces' has no mutex
  std::unique_lock<std::mutex> Unused;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: guard 'Unused' has no mutex
  ++Value;
}

void deferred() {
  std::unique_lock<std::mutex> Lock(First, std::defer_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: guard 'Lock' starts without the lock and never takes it; lock it, or construct it without the deferring tag [concord-ineffective-guard]
  ++Value;
}

void askedOnly() {
  auto Lock = std::unique_lock(First, std::defer_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: guard 'Lock' starts without the lock
  if (Lock.owns_lock())
    Lock.unlock();
  if (Lock)
    ++Value;
}

void sharedDeferred(std::shared_mutex &Table) {
  std::shared_lock Lock(Table, std::defer_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: guard 'Lock' starts without the lock
  ++Value;
}

void lockIt(std::unique_lock<std::mutex> &Lock);

void lockedLater(bool Shared) {
  std::unique_lock<std::mutex> A(First, std::defer_lock);
  std::unique_lock<std::mutex> B(Second, std::defer_lock);
  std::lock(A, B);
  std::unique_lock<std::mutex> C(First, std::defer_lock);
  if (Shared)
    C.lock();
  std::unique_lock<std::mutex> D(First, std::defer_lock);
  if (D.try_lock())
    ++Value;
  std::unique_lock<std::mutex> E(First, std::defer_lock);
  lockIt(E);
  std::unique_lock<std::mutex> F(First, std::defer_lock);
  auto Later = [&F] { F.lock(); };
  Later();
}

std::unique_lock<std::mutex> handedOut() {
  std::unique_lock<std::mutex> Lock(First, std::defer_lock);
  return Lock;
}

void filledLater(bool Shared) {
  std::unique_lock<std::mutex> Lock;
  if (Shared)
    Lock = std::unique_lock<std::mutex>(First);
  std::optional<std::lock_guard<std::mutex>> Maybe;
  if (Shared)
    Maybe.emplace(Second);
}

// An empty pack is the caller's choice.
template <typename... Mutexes> void all(Mutexes &...Each) {
  std::scoped_lock Lock(Each...);
  ++Value;
}
void callAll() {
  all();
  all(First, Second);
}
