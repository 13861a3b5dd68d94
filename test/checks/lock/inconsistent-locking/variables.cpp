// RUN: %check_concord %s %t concord-inconsistent-locking --std=c++17,c++20,c++23

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

// A variable of the file and the lock beside it.
namespace {
std::mutex mutex;
int visits;
std::string last;
std::vector<int> history;
} // namespace

void visit(const std::string &Who) {
  std::lock_guard<std::mutex> lock(mutex);
  ++visits;
  last = Who;
  history.push_back(visits);
}

int visitsSoFar() { return visits; }
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'visits' is read here without 'mutex', under which it is changed elsewhere; take the lock here too [concord-inconsistent-locking]

void forget() { last.clear(); }
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'last' is changed here without 'mutex'

void takeHistory(std::vector<int> &Into) { std::swap(Into, history); }
// CHECK-MESSAGES: :[[@LINE-1]]:60: warning: 'history' is changed here without 'mutex'

// Static members, reached from static functions.
class Registry {
public:
  static void add(int Value) {
    const std::lock_guard<std::mutex> lock(guard);
    total += Value;
  }
  static int sum() { return total; }
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'total' is read here without 'guard'

private:
  static std::mutex guard;
  static int total;
};
std::mutex Registry::guard;
int Registry::total;

// Two tasks of the unit leave no doubt, whatever most functions do.
std::mutex stepMutex;
int steps;
void carefully() {
  std::lock_guard<std::mutex> lock(stepMutex);
  ++steps;
}
void hastily() { ++steps; }
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'steps' is changed here without 'stepMutex'
int resetSteps() { return steps = 0; }

// Before the first thread and after the last one there is nobody else.
int run() {
  steps = 0;
  std::thread a(carefully), b(hastily);
  a.join();
  b.join();
  return steps;
}

// While a thread runs, the function that started it races with it.
std::mutex jobMutex;
int jobs;
void doJob() {
  std::lock_guard<std::mutex> lock(jobMutex);
  --jobs;
}
void runJobs() {
  jobs = 1;
  std::thread worker(doJob);
  ++jobs;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'jobs' is changed here without 'jobMutex'
  worker.join();
}

// Each place has a lock, but not the same one.
std::mutex red, blue;
int paint;
void paintRed() {
  std::lock_guard<std::mutex> lock(red);
  paint = 1;
}
void paintBlue() {
  std::lock_guard<std::mutex> lock(blue);
  paint = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'paint' is changed under 'blue' here, but under 'red' elsewhere, which keeps nobody out; take one lock for all its accesses
}
void paintAll() {
  std::thread a(paintRed), b(paintBlue);
  a.join();
  b.join();
}

class Canvas {
public:
  void first() {
    std::lock_guard<std::mutex> lock(left);
    ++strokes;
  }
  void second() {
    std::lock_guard<std::mutex> lock(right);
    ++strokes;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'strokes' is changed under 'right' here, but under 'left' elsewhere
  }

private:
  std::mutex left, right;
  int strokes = 0;
};

// A record that functions get by reference.
struct Account {
  std::mutex mutex;
  int balance = 0;
};
void deposit(Account &To, int Amount) {
  std::lock_guard<std::mutex> lock(To.mutex);
  To.balance += Amount;
}
void withdraw(Account &From, int Amount) {
  std::lock_guard<std::mutex> lock(From.mutex);
  From.balance -= Amount;
}
int balanceOf(const Account &Of) { return Of.balance; }
// CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'balance' is read here without 'mutex'

// Silent: helpers that are only called with the lock held.
namespace {
std::mutex tableMutex;
int table;
void grow() { table *= 2; }
} // namespace
void insert() {
  std::lock_guard<std::mutex> lock(tableMutex);
  ++table;
  grow();
}

// Silent: names that say who locks, and when they run.
static std::mutex cacheMutex;
static int cache;
void fill() {
  std::lock_guard<std::mutex> lock(cacheMutex);
  ++cache;
}
void fillLocked() { ++cache; }
void initCache() { cache = 0; }
void fillUnder(std::unique_lock<std::mutex> &) { ++cache; }

// Silent: atomics, constants, thread-local variables.
std::mutex mixedMutex;
std::atomic<int> counted;
thread_local int mine;
void mixed() {
  std::lock_guard<std::mutex> lock(mixedMutex);
  ++counted;
  ++mine;
}
int readMixed() { return counted + mine; }

// Silent: one of several locks may not be the one for this state.
std::mutex shards[4];
int sizes[4];
void put(unsigned At) {
  std::lock_guard<std::mutex> lock(shards[At]);
  ++sizes[At];
}
int sizeOf(unsigned At) { return sizes[At]; }

// Silent: a double check belongs to another check, with what it publishes.
std::mutex onceMutex;
int *made;
int *make() {
  if (!made) {
    std::lock_guard<std::mutex> lock(onceMutex);
    if (!made)
      made = new int(1);
  }
  return made;
}

// Silent: what a once flag makes is settled.
std::once_flag flag;
std::mutex settledMutex;
int settled;
void settle() {
  std::lock_guard<std::mutex> lock(settledMutex);
  settled = 1;
}
int useSettled() {
  std::call_once(flag, settle);
  return settled;
}
