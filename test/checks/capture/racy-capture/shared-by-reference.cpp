// RUN: %check_concord %s %t concord-racy-capture

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

int compute(int);

void twoThreads() {
  int c = 0;
  std::thread a([&] { c++; });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:23: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&] { c++; });
  a.join();
  b.join();
}

void threadsInALoop() {
  int c = 0;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&c] {
      for (int k = 0; k < 1000; ++k)
        ++c;
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
        // CHECK-MESSAGES: :[[@LINE-4]]:5: note: this launch makes several tasks
    });
  for (auto &t : ts)
    t.join();
}

void inc(int &x) { ++x; }

void functionWithReference() {
  int c = 0;
  std::thread a(inc, std::ref(c));
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-6]]:22: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b(inc, std::ref(c));
  a.join();
  b.join();
}

void launcherGrowsIt() {
  std::vector<int> v;
  std::thread a([&] { v.push_back(1); });
  v.push_back(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'v' is written while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-3]]:23: note: written here
  // CHECK-MESSAGES: :[[@LINE-4]]:15: note: a task is launched here
  a.join();
}

void launcherReadsTheResultTooEarly() {
  int r = 0;
  std::thread a([&r] { r = compute(1); });
  int x = r;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'r' is read while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-3]]:24: note: written here
  // CHECK-MESSAGES: :[[@LINE-4]]:15: note: a task is launched here
  compute(x);
  a.join();
}

void bitsShareBytes() {
  std::vector<bool> f(8);
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i)
    ts.emplace_back([&f, i] { f[i] = true; });
    // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'f' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE-2]]:5: note: this launch makes several tasks
  for (auto &t : ts)
    t.join();
}

void twoFutures() {
  std::map<int, int> m;
  auto a = std::async(std::launch::async, [&] { m[1] = 2; });
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'm' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:49: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:12: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:12: note: the other task is launched here
  auto b = std::async(std::launch::async, [&] { m[2] = 2; });
  a.get();
  b.get();
}

void twoMutexes() {
  int c = 0;
  std::mutex m1, m2;
  std::thread a([&] {
    std::lock_guard<std::mutex> g(m1);
    ++c;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE+6]]:7: note: written here
    // CHECK-MESSAGES: :[[@LINE-5]]:15: note: a task is launched here
    // CHECK-MESSAGES: :[[@LINE+2]]:15: note: the other task is launched here
  });
  std::thread b([&] {
    std::lock_guard<std::mutex> g(m2);
    ++c;
  });
  a.join();
  b.join();
}

void onlyOneLocks() {
  int c = 0;
  std::mutex m;
  std::thread a([&] {
    std::lock_guard<std::mutex> g(m);
    ++c;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE+4]]:25: note: written here
    // CHECK-MESSAGES: :[[@LINE-5]]:15: note: a task is launched here
    // CHECK-MESSAGES: :[[@LINE+2]]:15: note: the other task is launched here
  });
  std::thread b([&] { ++c; });
  a.join();
  b.join();
}

struct Counter {
  int n = 0;
  void add() { ++n; }
};

void memberFunction() {
  Counter c;
  std::thread a([&] { c.add(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-7]]:18: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&] { c.add(); });
  a.join();
  b.join();
}

void memberFunctionPointer() {
  Counter c;
  std::thread a(&Counter::add, &c);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-19]]:18: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b(&Counter::add, &c);
  a.join();
  b.join();
}

void worker(int *p) { *p += 1; }

void pointerArgument() {
  int c = 0;
  std::thread a(worker, &c);
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-6]]:23: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b(worker, &c);
  a.join();
  b.join();
}

void joiningThreads() {
  std::string s;
  std::vector<std::jthread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&s, i] { s += std::to_string(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 's' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE-2]]:5: note: this launch makes several tasks
}

void namedLambda() {
  double sum = 0;
  std::vector<double> v(100);
  auto work = [&](int b, int e) {
    for (int i = b; i < e; ++i)
      sum += v[i];
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sum' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
      // CHECK-MESSAGES: :[[@LINE+3]]:15: note: a task is launched here
      // CHECK-MESSAGES: :[[@LINE+2]]:31: note: the other task is launched here
  };
  std::thread a(work, 0, 50), b(work, 50, 100);
  a.join();
  b.join();
}

void insideAnAlgorithm() {
  int sum = 0;
  std::vector<int> v(100);
  auto f = [&] { std::for_each(v.begin(), v.end(), [&](int x) { sum += x; }); };
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'sum' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-2]]:65: note: written here
  // CHECK-MESSAGES: :[[@LINE+2]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+2]]:15: note: the other task is launched here
  std::thread a(f);
  std::thread b(f);
  a.join();
  b.join();
}

void referenceParameter(std::vector<int> &out) {
  std::vector<std::future<void>> fs;
  for (int i = 0; i < 4; ++i)
    fs.push_back(
        std::async(std::launch::async, [&out, i] { out.push_back(i); }));
        // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: 'out' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
        // CHECK-MESSAGES: :[[@LINE-2]]:9: note: this launch makes several tasks
  for (auto &f : fs)
    f.get();
}

void assignedBesideAJthread() {
  int c = 0;
  {
    std::jthread a([&] { ++c; });
    c = 5;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'c' is written while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE-3]]:28: note: written here
    // CHECK-MESSAGES: :[[@LINE-4]]:18: note: a task is launched here
  }
}

void clearedWhileSorted() {
  std::vector<int> v{1};
  std::thread a([&] { std::sort(v.begin(), v.end()); });
  v.clear();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'v' is written while a task that has it by reference may be reading it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-3]]:33: note: read here
  // CHECK-MESSAGES: :[[@LINE-4]]:15: note: a task is launched here
  a.join();
}

void helper(int &c) { inc(c); }

void twoCallsDeep() {
  int c = 0;
  std::thread a([&] { helper(c); });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-212]]:22: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&] { helper(c); });
  a.join();
  b.join();
}

void throughALocalReference() {
  int c = 0;
  int &r = c;
  std::thread a([&r] { ++r; });
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:26: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&c] { ++c; });
  a.join();
  b.join();
}

struct Data {
  int x;
  int y;
};

void sameField() {
  Data d{};
  std::thread a([&] { d.x = 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'd' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:25: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&] { d.x = 2; });
  a.join();
  b.join();
}

void sameElement() {
  std::array<int, 4> a{};
  std::thread s([&] { a[0] = 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'a' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:23: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread t([&] { a[0] = 2; });
  s.join();
  t.join();
}

void sharedPointerItself() {
  std::shared_ptr<int> p;
  std::thread a([&] { p = std::make_shared<int>(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'p' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:23: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&] { p.reset(); });
  a.join();
  b.join();
}

void detached() {
  int c = 0;
  std::thread t([&c] { c = 42; });
  t.detach();
  std::printf("%d", c);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'c' is read while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-4]]:24: note: written here
  // CHECK-MESSAGES: :[[@LINE-5]]:15: note: a task is launched here
}

void threadInAUniquePointer() {
  int c = 0;
  auto t = std::make_unique<std::thread>([&c] { c = 42; });
  c++;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c' is written while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-3]]:49: note: written here
  // CHECK-MESSAGES: :[[@LINE-4]]:12: note: a task is launched here
  t->join();
}

void threadAssignedLater() {
  int c = 0;
  std::thread t;
  t = std::thread([&c] { c = 42; });
  c++;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c' is written while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-3]]:26: note: written here
  // CHECK-MESSAGES: :[[@LINE-4]]:7: note: a task is launched here
  t.join();
}

template <class T> void inATemplate(T init) {
  T c = init;
  std::thread a([&] { c += 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:23: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&] { c += 1; });
  a.join();
  b.join();
}

template void inATemplate<int>(int);

void arrayOfThreads() {
  int c = 0;
  std::thread ts[2];
  for (auto &t : ts)
    t = std::thread([&c] { c++; });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE-2]]:9: note: this launch makes several tasks
  for (auto &t : ts)
    t.join();
}

void initCaptures() {
  int c = 0;
  std::thread a([p = &c] { ++*p; });
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE+3]]:30: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:15: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:15: note: the other task is launched here
  std::thread b([&r = c] { ++r; });
  a.join();
  b.join();
}
