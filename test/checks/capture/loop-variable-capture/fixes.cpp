// Edits of capture lists and arguments.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void use(int);
void add(int &);
void byConst(const int &);

void fixed(int n, std::vector<std::thread> &threads) {
  int total = 0;
  for (int i = 0, j = 0; i < n; ++i, ++j) {
    threads.emplace_back([&] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([&, i] { use(i); });
    threads.emplace_back([&] { use(i + j + total); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variables 'i' and 'j' are captured
    // CHECK-FIXES: threads.emplace_back([&, i, j] { use(i + j + total); });
    threads.emplace_back([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([i] { use(i); });
    threads.emplace_back([n, & i, &total] { use(i + n + total); });
    // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([n, i, &total] { use(i + n + total); });
    threads.emplace_back([=, &i] { use(i + n); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([=] { use(i + n); });
    threads.emplace_back([&r = i] { use(r); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([r = i] { use(r); });
    threads.emplace_back([&, n] { use(i + n); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'i' is captured
    // CHECK-FIXES: threads.emplace_back([&, i, n] { use(i + n); });
    threads.emplace_back(byConst, std::cref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: loop variable 'i' is passed
    // CHECK-FIXES: threads.emplace_back(byConst, i);
    threads.emplace_back([](int k) { use(k); }, std::ref(i));
    // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: loop variable 'i' is passed
    // CHECK-FIXES: threads.emplace_back([](int k) { use(k); }, i);
  }
}
