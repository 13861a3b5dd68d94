// The handle lives longer than what the task reaches.
// RUN: %check_concord %s %t concord-escaping-capture
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void use(int);
int work();

std::thread returned() {
  int local = work();
  return std::thread([&] { use(local); });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: local 'local' is captured by reference in a task that can outlive it; capture it by value
}

std::thread returnedLater(int n) {
  std::thread t([&n] { use(n); });
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: parameter 'n' is captured
  return t;
}

std::future<int> future() {
  int local = work();
  return std::async(std::launch::async, [&local] { return local; });
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: local 'local' is captured
}

class Worker {
public:
  ~Worker() {
    thread.join();
    for (auto &t : threads)
      t.join();
  }
  void start() {
    int local = work();
    thread = std::thread([&] { use(local); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: local 'local' is captured
    threads.emplace_back([&local] { use(local); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: local 'local' is captured
    std::thread t([&local] { use(local); });
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: local 'local' is captured
    threads.push_back(std::move(t));
  }
  void startRight() {
    int local = work();
    thread = std::thread([local] { use(local); });
    threads.emplace_back([this] { use(number); });
    auto &member = number;
    threads.emplace_back([&] { use(member); });
  }
  void startAndWait() {
    int local = work();
    thread = std::thread([&] { use(local); });
    thread.join();
  }

private:
  int number = 0;
  std::thread thread;
  std::vector<std::thread> threads;
};

void innerScope(bool big) {
  std::vector<std::thread> threads;
  std::thread single;
  if (big) {
    int local = work();
    threads.emplace_back([&] { use(local); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: local 'local' is captured
    single = std::thread([&local] { use(local); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: local 'local' is captured
  }
  if (single.joinable())
    single.join();
  for (auto &t : threads)
    t.join();
}

void loopBody(const std::vector<int> &numbers) {
  std::vector<std::thread> threads;
  for (const int &number : numbers) {
    int copy = number;
    threads.emplace_back([&copy] { use(copy); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: local 'copy' is captured
  }
  for (auto &t : threads)
    t.join();
}

void declaredBefore() {
  std::jthread t;
  std::string local;
  t = std::jthread([&] { use(local.size()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: local 'local' is captured
}

void declaredAfter() {
  std::string local;
  std::jthread t;
  t = std::jthread([&] { use(local.size()); });
}
