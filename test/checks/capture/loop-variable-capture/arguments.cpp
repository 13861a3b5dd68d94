// Loop variables that reach a task as arguments.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <functional>
#include <future>
#include <thread>
#include <vector>

void byReference(int &);
void byPointer(int *);
void byCopy(int);
void byConst(const int &);

struct Worker {
  void run(int &);
  void operator()() const;
  int id;
};

void references(int n, Worker &worker) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back(byReference, std::ref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: loop variable 'i' is passed by reference to a task that may run after the iteration; pass it by value [concord-loop-variable-capture]
    threads.emplace_back(byConst, std::cref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: loop variable 'i' is passed
    threads.push_back(std::thread(byPointer, &i));
    // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: the address of loop variable 'i' is passed to a task that may run after the iteration; pass the value
    threads.emplace_back(&Worker::run, &worker, std::ref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: loop variable 'i' is passed
    threads.emplace_back(byCopy, i);
    threads.emplace_back(byConst, i);
  }
  for (auto &t : threads)
    t.join();
}

void bound(int n) {
  using namespace std::placeholders;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back(std::bind(byReference, std::ref(i)));
    // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: loop variable 'i' is passed
    threads.emplace_back(std::bind(byCopy, i));
    threads.emplace_back(std::bind(byCopy, _1), i);
    auto task = std::bind(byPointer, &i);
    threads.emplace_back(task);
    // CHECK-MESSAGES: :[[@LINE-2]]:38: warning: the address of loop variable 'i'
  }
  for (auto &t : threads)
    t.join();
}

void asyncArguments(int n) {
  std::vector<std::future<void>> results;
  for (int i = 0; i < n; ++i) {
    results.push_back(std::async(byReference, std::ref(i)));
    // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: loop variable 'i' is passed
    results.push_back(std::async(std::launch::async, byPointer, &i));
    // CHECK-MESSAGES: :[[@LINE-1]]:65: warning: the address of loop variable 'i'
  }
}

// A function object that keeps a reference, a pointer, a copy.
struct KeepsReference {
  explicit KeepsReference(int &value) : value(value) {}
  void operator()() const { byReference(value); }
  int &value;
};
struct KeepsPointer {
  int *value;
  void operator()() const { byPointer(value); }
};
struct KeepsCopy {
  explicit KeepsCopy(const int &value) : value(value) {}
  void operator()() const { byCopy(value); }
  int value;
};

void functionObjects(int n, std::vector<Worker> &workers) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back(KeepsReference(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: loop variable 'i' is passed
    threads.emplace_back(KeepsPointer{&i});
    // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: the address of loop variable 'i'
    threads.emplace_back(KeepsCopy(i));
  }
  for (Worker worker : workers)
    threads.emplace_back(std::ref(worker));
  // CHECK-MESSAGES: :[[@LINE-2]]:15: warning: loop variable 'worker' is passed
  for (Worker &worker : workers)
    threads.emplace_back(std::ref(worker));
  for (auto &t : threads)
    t.join();
}

// The elements outlive the loop; only the index changes.
void elements(std::vector<int> &numbers) {
  std::vector<std::thread> threads;
  for (size_t i = 0; i < numbers.size(); ++i) {
    threads.emplace_back(byReference, std::ref(numbers[i]));
    threads.emplace_back(byPointer, &numbers[i]);
  }
  for (auto &t : threads)
    t.join();
}
