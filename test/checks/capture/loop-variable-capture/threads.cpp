// Threads that are started in a loop and joined after it.
// RUN: %check_concord %s %t concord-loop-variable-capture --std=c++17,c++20,c++23
#include <array>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

void use(int);
void use(const std::string &);
void joinAll(std::vector<std::thread> &threads);

void counter(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&] { use(i); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'i' is captured by reference in a task that may run after the iteration; capture it by value [concord-loop-variable-capture]
  // CHECK-MESSAGES: :[[@LINE-2]]:36: note: captured here
  for (auto &t : threads)
    t.join();
}

void named(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.push_back(std::thread([&i] { use(i); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: loop variable 'i' is captured
  }
  for (auto &t : threads)
    t.join();
}

void byValue(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([i] { use(i); });
    threads.emplace_back([=] { use(i); });
    threads.emplace_back([&, i] { use(i + n); });
    threads.emplace_back([k = i] { use(k); });
    threads.emplace_back(static_cast<void (*)(int)>(use), i);
  }
  for (auto &t : threads)
    t.join();
}

void several(int n) {
  std::vector<std::thread> threads;
  for (int i = 0, j = n; i < j; ++i, --j)
    threads.emplace_back([&] { use(i + j + n); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variables 'i' and 'j' are captured by reference in a task that may run after the iteration; capture them by value
  for (auto &t : threads)
    t.join();
}

void unchangedInTheHead(int n) {
  std::vector<std::thread> threads;
  for (int i = 0, last = n - 1; i < last; ++i)
    threads.emplace_back([&last, i] { use(last - i); });
  for (auto &t : threads)
    t.join();
}

void nested(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      threads.emplace_back([&i, j] { use(i + j); });
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: loop variable 'i' is captured
  for (auto &t : threads)
    t.join();
}

void rangeVariable(const std::vector<int> &numbers) {
  std::vector<std::thread> threads;
  for (int number : numbers)
    threads.emplace_back([&number] { use(number); });
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'number' is captured
  for (const auto number : numbers)
    threads.emplace_back([&] { use(number); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'number' is captured
  for (auto &t : threads)
    t.join();
}

// The element outlives the loop.
void rangeReference(std::vector<std::string> &names,
                    std::map<int, std::string> &byNumber) {
  std::vector<std::thread> threads;
  for (const auto &name : names)
    threads.emplace_back([&] { use(name); });
  for (auto &&name : names)
    threads.emplace_back([&name] { use(name); });
  for (auto &entry : byNumber)
    threads.emplace_back([&entry] { use(entry.second); });
  for (auto &t : threads)
    t.join();
}

// A reference to a temporary that each iteration makes anew.
std::string nameOf(int);
struct Names {
  struct iterator {
    int at;
    std::string operator*() const { return nameOf(at); }
    iterator &operator++() { return ++at, *this; }
    bool operator!=(const iterator &o) const { return at != o.at; }
  };
  iterator begin() const { return {0}; }
  iterator end() const { return {3}; }
};

void rangeOfTemporaries(const Names &names) {
  std::vector<std::thread> threads;
  for (const auto &name : names)
    threads.emplace_back([&name] { use(name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'name' is captured
  for (auto &t : threads)
    t.join();
}

void iterator(std::list<std::string> &names) {
  std::vector<std::thread> threads;
  for (auto it = names.begin(); it != names.end(); ++it)
    threads.emplace_back([&] { use(*it); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'it' is captured
  for (auto it = names.begin(); it != names.end(); it++) {
    auto &name = *it;
    threads.emplace_back([&name] { use(name); });
  }
  for (auto &t : threads)
    t.join();
}

void slots(int n) {
  std::thread threads[8];
  std::array<std::optional<std::thread>, 8> others;
  std::vector<std::unique_ptr<std::thread>> more;
  for (int i = 0; i < 8; ++i) {
    threads[i] = std::thread([&, n] { use(i + n); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: loop variable 'i' is captured
    others[i] = std::thread([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: loop variable 'i' is captured
    more.push_back(std::make_unique<std::thread>([&i] { use(i); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: loop variable 'i' is captured
    more.emplace_back(new std::thread([&i] { use(i); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: loop variable 'i' is captured
  }
  for (int i = 0; i < 8; ++i) {
    threads[i].join();
    others[i]->join();
  }
  for (auto &t : more)
    t->join();
}

void detached(int n) {
  for (int i = 0; i < n; ++i)
    std::thread([&i] { use(i); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: loop variable 'i' is captured
  for (int i = 0; i < n; ++i) {
    std::thread t([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: loop variable 'i' is captured
    t.detach();
  }
}

void initCaptures(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([&r = i] { use(r); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'i' is captured
    threads.emplace_back([p = &i] { use(*p); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the address of loop variable 'i' is passed to a task that may run after the iteration; pass the value
    auto &alias = i;
    threads.emplace_back([&alias] { use(alias); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'i' is captured
    int *pointer = &i;
    threads.emplace_back([pointer] { use(*pointer); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the address of loop variable 'i'
    threads.emplace_back([copy = alias] { use(copy); });
  }
  for (auto &t : threads)
    t.join();
}

// Captured but not used.
void unused(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([&] { use(int(sizeof(i))); });
    threads.emplace_back([&i, n] { use(n); });
  }
  for (auto &t : threads)
    t.join();
}

void structured(const std::map<int, std::string> &names) {
  std::vector<std::thread> threads;
  for (const auto &[number, name] : names)
    threads.emplace_back([number = number, &name = name] { use(name); use(number); });
  for (const auto [number, name] : names)
    threads.emplace_back([&n = name] { use(n); });
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'name' is captured
  for (auto &t : threads)
    t.join();
}

// The variable belongs to the body: no loop changes it.
void bodyVariable(int n) {
  for (int i = 0; i < n; ++i) {
    int copy = i;
    std::thread t([&copy] { use(copy); });
    t.join();
  }
}
