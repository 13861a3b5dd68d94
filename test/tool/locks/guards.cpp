// RUN: %check_debug %s %t concord-debug-locks --std=c++17,c++23
// The states of guards: defer, adopt, try, unlock, lock, release, move, swap,
// end of scope.
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

void locks_here();

std::mutex m, n;
std::shared_mutex s;

void scope() {
  {
    std::lock_guard<std::mutex> g(m);
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by g [
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void deduced() {
  std::scoped_lock g(m, n);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g, n by g [
}

void alias() {
  using Lock = std::unique_lock<std::mutex>;
  auto g = Lock(m);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
}

void shared() {
  std::shared_lock g(s);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: s shared by g [
}

void deferred() {
  std::unique_lock<std::mutex> g(m, std::defer_lock);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
  g.lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
}

void unlocked() {
  std::unique_lock<std::mutex> g(m);
  g.unlock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
  g.lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
}

void adopted() {
  m.lock();
  std::lock_guard<std::mutex> g(m, std::adopt_lock);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
}

void adoptedFirst() {
  std::lock(m, n);
  std::scoped_lock g(std::adopt_lock, m, n);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g, n by g [
}

void lockedTogether() {
  std::unique_lock<std::mutex> a(m, std::defer_lock), b(n, std::defer_lock);
  std::lock(a, b);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by a, n by b [
}

void tried() {
  std::unique_lock<std::mutex> g(m, std::try_to_lock);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g maybe [
  if (!g)
    return;
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
}

void triedOwns() {
  std::unique_lock<std::mutex> g(m, std::try_to_lock);
  if (g.owns_lock()) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by g [
  } else {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none [
  }
}

void triedInCondition() {
  if (std::unique_lock<std::mutex> g(m, std::try_to_lock); g.owns_lock())
    locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by g [
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void released() {
  std::unique_lock<std::mutex> g(m);
  g.release();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m [
  m.unlock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void moved() {
  std::unique_lock<std::mutex> a(m);
  {
    std::unique_lock<std::mutex> b(std::move(a));
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by b [
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void assigned() {
  std::unique_lock<std::mutex> g;
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
  g = std::unique_lock<std::mutex>(m);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
  g = std::unique_lock<std::mutex>(n);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: n by g [
}

void swapped() {
  std::unique_lock<std::mutex> a(m), b(n, std::defer_lock);
  a.swap(b);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by b [
}

void temporary() {
  (std::lock_guard<std::mutex>(m), locks_here());
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: held: m [
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void branches(bool both) {
  std::lock_guard<std::mutex> a(m);
  if (both) {
    std::lock_guard<std::mutex> b(n);
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by a, n by b [
  } else {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by a [
  }
}

void loops(int count) {
  for (int i = 0; i < count; ++i) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none [
    std::lock_guard<std::mutex> g(m);
    if (i == 3)
      continue;
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m by g [
  }
}

void handlers() {
  try {
    std::lock_guard<std::mutex> g(m);
    throw 1;
  } catch (int) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none [
  }
}

void lambdas() {
  std::lock_guard<std::mutex> g(m);
  auto later = [] {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none [
  };
  later();
}

void held_in_optional() {
  std::optional<std::lock_guard<std::mutex>> g;
  g.emplace(m);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
  g.reset();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void held_on_heap() {
  auto g = std::make_unique<std::lock_guard<std::mutex>>(m);
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m by g [
  g.reset();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}
