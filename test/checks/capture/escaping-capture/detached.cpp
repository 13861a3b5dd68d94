// Detached threads that reach locals.
// RUN: %check_concord %s %t concord-escaping-capture --std=c++17,c++20,c++23
#include <memory>
#include <string>
#include <thread>
#include <vector>

void use(int);
void use(const std::string &);
void fill(std::vector<int> &);
int work();

void direct(int n) {
  int local = work();
  std::thread([&] { use(local); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: local 'local' is captured by reference in a detached task that can outlive it; capture it by value, or wait for the task [concord-escaping-capture]
  // CHECK-MESSAGES: :[[@LINE-2]]:25: note: captured here
  std::thread([&n] { use(n); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: parameter 'n' is captured by reference in a detached task
}

void laterDetached(std::string name) {
  std::vector<int> numbers;
  std::thread t([&numbers] { fill(numbers); });
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: local 'numbers' is captured by reference in a detached task that can outlive it; let the task own what it uses, or wait for it
  // CHECK-MESSAGES: :[[@LINE+4]]:5: note: the task is detached here
  // CHECK-MESSAGES: :[[@LINE-4]]:20: note: a shared pointer that the task holds by value would keep it alive
  std::thread u([&] { use(name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: parameter 'name' is captured
  t.detach();
  u.detach();
}

void several() {
  int first = 1, second = 2;
  std::thread([&] { use(first + second); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: locals 'first' and 'second' are captured by reference in a detached task that can outlive them; capture them by value
}

void arguments() {
  int local = 0;
  char buffer[16];
  std::thread([](const int &k) { use(k); }, std::cref(local)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: local 'local' is passed by reference to a detached task that can outlive it; pass it by value
  std::thread([](int *k) { use(*k); }, &local).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: the address of local 'local' is passed to a detached task that can outlive it; let the task own what it uses
  std::thread([](char *k) { use(*k); }, buffer).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: the address of local 'buffer' is passed
}

struct Job {
  void run();
  int id;
};

void memberFunctions() {
  Job job;
  std::thread(&Job::run, &job).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the address of local 'job' is passed
  std::thread(&Job::run, std::ref(job)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: local 'job' is passed by reference
  std::thread(&Job::run, job).detach();
  auto shared = std::make_shared<Job>();
  std::thread(&Job::run, shared).detach();
  std::thread([&] { shared->run(); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: local 'shared' is captured
}

void initCaptures() {
  int local = 0;
  std::thread([p = &local] { use(*p); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the address of local 'local' is passed
  std::thread([&r = local] { use(r); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: local 'local' is captured
  std::thread([r = std::ref(local)] { use(r); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: local 'local' is captured by reference
  std::thread([copy = local] { use(copy); }).detach();
}

void throughReferences(int n) {
  int local = n;
  int &alias = local;
  std::thread([&alias] { use(alias); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: local 'local' is captured
  std::vector<int> numbers{1, 2};
  int &element = numbers[0];
  std::thread([&element] { use(element); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: local 'numbers' is captured
  for (int &number : numbers)
    std::thread([&number] { use(number); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: local 'numbers' is captured
}

// The task owns what it uses, or what it uses outlives everything.
int global;
void owned(std::string &reference, Job *pointer, std::shared_ptr<Job> shared) {
  static int counter;
  int local = 0;
  auto moved = std::make_unique<Job>();
  int *heap = new int(1);
  int &onHeap = *heap;
  std::thread([=] { use(local); }).detach();
  std::thread([&] { use(reference); }).detach();
  std::thread([&] { use(counter + global); }).detach();
  std::thread([pointer] { pointer->run(); }).detach();
  std::thread([shared] { shared->run(); }).detach();
  std::thread([moved = std::move(moved)] { moved->run(); }).detach();
  std::thread([heap] { use(*heap); }).detach();
  std::thread([&onHeap] { use(onHeap); }).detach();
  std::thread([&r = *heap] { use(r); }).detach();
  std::thread([&r = pointer->id] { use(r); }).detach();
  std::thread([p = &pointer->id] { use(*p); }).detach();
  std::thread([p = &heap[1]] { use(*p); }).detach();
  std::thread([&local] { use(1); }).detach();
  std::thread([](int k) { use(k); }, local).detach();
}

class Object {
public:
  void start() {
    auto &member = number;
    std::thread([&member] { use(member); }).detach();
    std::thread([this] { use(number); }).detach();
    std::thread([&] { use(number); }).detach();
  }

private:
  int number = 0;
};
