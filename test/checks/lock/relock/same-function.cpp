// RUN: %check_concord %s %t concord-relock --std=c++17,c++20,c++23
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

struct Account {
  std::mutex m;
  std::recursive_mutex r;
  std::shared_mutex s;
  int n = 0;
};

Account account;
std::mutex global;

void nestedGuards() {
  std::lock_guard<std::mutex> outer(global);
  {
    std::lock_guard<std::mutex> inner(global);
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'global' is locked again while this thread holds it, which deadlocks; keep the first lock only [concord-relock]
    // CHECK-MESSAGES: :[[@LINE-4]]:31: note: 'global' is taken here
  }
}

void otherSpellings(Account &a) {
  std::unique_lock lock(a.m);
  a.m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'a.m' is locked again
  a.m.unlock();
}

void guardTwice() {
  std::unique_lock<std::mutex> lock(global);
  lock.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'global' is locked again
}

void throughReference(Account &a) {
  std::mutex &m = a.m;
  m.lock();
  a.m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'a.m' is locked again
  m.unlock();
}

void onTheHeap(std::unique_ptr<Account> a) {
  std::scoped_lock first(a->m);
  std::optional<std::lock_guard<std::mutex>> second;
  second.emplace(a->m);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'a->m' is locked again
}

void listedTwice(Account &a) {
  std::scoped_lock lock(a.m, a.m);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'a.m' is given twice to what takes all its locks at once, which deadlocks; name each lock once
}

void listedTwiceByHand(Account &a, Account &b) {
  std::lock(a.m, b.m, a.m);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'a.m' is given twice
  a.m.unlock();
  b.m.unlock();
}

int upgrade(Account &a) {
  std::shared_lock<std::shared_mutex> reading(a.s);
  if (a.n == 0) {
    std::unique_lock<std::shared_mutex> writing(a.s);
    // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'a.s' is locked exclusively while this thread holds its shared lock, which deadlocks; release the shared lock first
    a.n = 1;
  }
  return a.n;
}

int downgrade(Account &a) {
  std::unique_lock<std::shared_mutex> writing(a.s);
  std::shared_lock<std::shared_mutex> reading(a.s);
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'a.s' is locked again
  return a.n;
}

void inMacro(Account &a) {
#define LOCKED(m) std::lock_guard<std::mutex> macroGuard(m)
  std::lock_guard<std::mutex> lock(a.m);
  { LOCKED(a.m); }
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'a.m' is locked again
}

template <class Mutex> void inTemplate(Mutex &m) {
  std::lock_guard<Mutex> outer(m);
  std::lock_guard<Mutex> inner(m);
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'm' is locked again
}
template void inTemplate(std::mutex &);
template void inTemplate(std::timed_mutex &);
template void inTemplate(std::recursive_mutex &);

// Right: a recursive mutex.
void recursive(Account &a) {
  std::lock_guard<std::recursive_mutex> outer(a.r);
  std::lock_guard<std::recursive_mutex> inner(a.r);
}

// Right: released before, by the guard or by scope.
void released(Account &a) {
  std::unique_lock<std::mutex> lock(a.m);
  lock.unlock();
  { std::lock_guard<std::mutex> again(a.m); }
  lock.lock();
  lock = {};
  std::lock_guard<std::mutex> third(a.m);
}

// Right: the sibling branches exclude each other.
void branches(Account &a, bool first) {
  if (first) {
    std::lock_guard<std::mutex> lock(a.m);
    ++a.n;
  } else {
    std::lock_guard<std::mutex> lock(a.m);
    --a.n;
  }
}

// Right: the same condition guards both.
void correlated(Account &a, bool needLock) {
  if (needLock)
    a.m.lock();
  ++a.n;
  if (!needLock)
    a.m.lock();
  a.m.unlock();
}

// Right: different objects.
void different(Account &a, Account &b, Account *c) {
  std::lock_guard<std::mutex> first(a.m);
  std::lock_guard<std::mutex> second(b.m);
  std::lock_guard<std::mutex> third(c->m);
}

// Right: the pointer moves on.
struct Node {
  std::mutex m;
  Node *next;
};
void handOverHand(Node *n) {
  while (n) {
    n->m.lock();
    Node *before = n;
    n = n->next;
    before->m.unlock();
  }
}
void all(std::vector<Node> &nodes) {
  for (Node &n : nodes)
    n.m.lock();
  for (unsigned i = 0; i < nodes.size(); ++i)
    nodes[i].m.unlock();
}

// Right: an attempt that fails instead of waiting.
void attempts(Account &a) {
  std::lock_guard<std::mutex> lock(a.m);
  if (a.m.try_lock())
    a.m.unlock();
  std::unique_lock<std::mutex> second(a.m, std::try_to_lock);
}

// Right: nothing is taken here.
void tags(Account &a) {
  a.m.lock();
  std::lock_guard<std::mutex> adopted(a.m, std::adopt_lock);
  std::unique_lock<std::mutex> deferred(a.m, std::defer_lock);
}

// Right: a window in a function entered with the lock.
void window(Account &a) {
  a.m.unlock();
  ++a.n;
  a.m.lock();
}

// Right: readers do not exclude each other; see option SharedTwice.
int readers(Account &a) {
  std::shared_lock<std::shared_mutex> outer(a.s);
  std::shared_lock<std::shared_mutex> inner(a.s);
  return a.n;
}

// Right: the wait releases the lock and takes it back.
void waits(Account &a, std::condition_variable &changed) {
  std::unique_lock<std::mutex> lock(a.m);
  changed.wait(lock, [&] { return a.n > 0; });
}

// Right: the lambda runs later, with nothing held.
std::vector<void (*)()> later;
void writtenUnderLock() {
  std::lock_guard<std::mutex> lock(global);
  later.push_back([] { std::lock_guard<std::mutex> inner(global); });
}
