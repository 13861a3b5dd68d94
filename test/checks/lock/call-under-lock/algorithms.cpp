// RUN: %check_concord %s %t concord-call-under-lock --std=c++17,c++20

#include <algorithm>
#include <functional>
#include <mutex>
#include <vector>

class Source {
public:
  void direct() {
    std::lock_guard<std::mutex> lock(mutex);
    std::invoke(single);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'single' runs while 'mutex' is held; copy what it needs and call it after the lock is released [concord-call-under-lock]
  }
  void each() {
    std::lock_guard<std::mutex> lock(mutex);
    std::for_each(all.begin(), all.end(),
                  [](const std::function<void()> &Each) { Each(); });
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the lambda run here runs callback 'Each' while 'mutex' is held
  }
  int sum() {
    std::lock_guard<std::mutex> lock(mutex);
    int total = 0;
    std::for_each(numbers.begin(), numbers.end(),
                  [&](int Number) { total += Number; });
    return total;
  }
  void afterwards() {
    std::unique_lock<std::mutex> lock(mutex);
    auto copy = single;
    lock.unlock();
    std::invoke(copy);
  }
  void known() {
    std::lock_guard<std::mutex> lock(mutex);
    auto add = [this] { numbers.push_back(1); };
    std::invoke(add);
  }

private:
  std::mutex mutex;
  std::function<void()> single;
  std::vector<std::function<void()>> all;
  std::vector<int> numbers;
};
