// RUN: %check_debug %s %t concord-debug-locks
// Manual locks: pairs, tries, windows, correlated conditions, access paths.
#include <mutex>
#include <shared_mutex>

void locks_here();
bool work();

std::mutex m;
std::shared_timed_mutex s;

void pair_events() {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: acquire m [
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m [
  m.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: unlock m [
  m.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: unlock unheld m [
}

void twice_events() {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: acquire m [
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: reacquire m [
}

void mismatch_events() {
  s.lock_shared();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: acquire s [
  s.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: unlock mismatch s [
}

void owned_events() {
  std::lock_guard<std::mutex> g(m);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: acquire m [
  m.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: unlock owned m [
}

void adopt_events() {
  std::lock_guard<std::mutex> g(m, std::adopt_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: adopt unheld m [
}

void tried() {
  if (m.try_lock()) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m [
    m.unlock();
  } else {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none [
  }
}

void triedNegated() {
  if (!m.try_lock())
    return;
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m [
  m.unlock();
}

void triedThroughVariable() {
  bool locked = m.try_lock();
  work();
  if (locked) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m [
    m.unlock();
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void correlated(bool threaded) {
  if (threaded)
    m.lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m maybe [
  if (threaded)
    m.unlock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

void flagged() {
  bool locked = false;
  if (work()) {
    m.lock();
    locked = true;
  }
  if (locked) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m [
    m.unlock();
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none [
}

// Entered with the lock held: released around slow work and taken back.
void window_exits() {
  m.unlock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: none (window) [
  m.lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m [
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: leaves: held none; released none [

void lockOnly_exits() {
  m.lock();
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: leaves: held m; released none [

void unlockOnly_exits() {
  m.unlock();
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: leaves: held none; released m [

int early_exits(bool fail) {
  m.lock();
  if (fail)
    return 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: leaves: held m; released none [
  m.unlock();
  return 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: leaves: held none; released none [
}

struct Node {
  std::mutex m;
  Node *next = nullptr;
  void both(Node &other) {
    m.lock();
    other.m.lock();
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: m, other.m [
    other.m.unlock();
    m.unlock();
  }
};

void throughPointers(Node *n) {
  n->m.lock();
  n->next->m.lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: n->m, n->next->m [
  n->next->m.unlock();
  n->m.unlock();
}

// Another object each time: nothing is held twice.
void walk_events(Node *n) {
  for (; n; n = n->next) {
    n->m.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: acquire n->m [
    work();
    n->m.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: unlock n->m [
  }
}

void alias(Node &n) {
  std::mutex &lock = n.m;
  lock.lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: n.m [
  lock.unlock();
}

void local() {
  Node node;
  std::mutex *const lock = &node.m;
  lock->lock();
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: node.m [
  node.m.unlock();
}
