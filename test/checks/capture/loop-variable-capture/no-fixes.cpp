// Where a copy would not compile or would change the meaning.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <functional>
#include <memory>
#include <thread>
#include <vector>

void use(int);
void add(int &);

#define LAUNCH(threads, what) threads.emplace_back([&] { what; })

void unfixed(int n, std::vector<std::thread> &threads,
             std::vector<std::unique_ptr<int>> &pointers) {
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([&i] { add(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([&i] { add(i); });
    threads.emplace_back([&] { ++i; });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([&] { ++i; });
    threads.emplace_back(add, std::ref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: loop variable 'i' is passed
    // CHECK-FIXES: threads.emplace_back(add, std::ref(i));
    LAUNCH(threads, use(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: loop variable 'i' is captured
    // CHECK-FIXES: LAUNCH(threads, use(i));
  }
  for (auto it = pointers.begin(); it != pointers.end(); ++it) {
    for (std::unique_ptr<int> taken = std::move(*it); taken; taken.reset())
      threads.emplace_back([&taken] { use(*taken); });
    // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: loop variable 'taken' is captured
    // CHECK-FIXES: threads.emplace_back([&taken] { use(*taken); });
  }
}
