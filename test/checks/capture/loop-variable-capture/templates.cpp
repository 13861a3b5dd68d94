// Templates: a pattern is reported once, whatever its instances.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <thread>
#include <vector>

template <class T> void use(const T &);

template <class T> void instantiated(const std::vector<T> &values) {
  std::vector<std::thread> threads;
  for (T value : values)
    threads.emplace_back([&value] { use(value); });
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'value' is captured
  for (const T &value : values)
    threads.emplace_back([&value] { use(value); });
  for (auto &t : threads)
    t.join();
}
template void instantiated(const std::vector<int> &);
template void instantiated(const std::vector<long> &);

struct Pool {
  std::vector<std::thread> threads;
  template <class F> void run(int n, F &&f) {
    for (int i = 0; i < n; ++i)
      threads.emplace_back([&] { f(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: loop variable 'i' is captured
  }
};
void both(Pool &pool) {
  pool.run(2, [](int) {});
  pool.run(3, [](long) {});
}
