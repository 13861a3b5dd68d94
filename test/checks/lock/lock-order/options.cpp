// RUN: %check_concord %s %t concord-lock-order --config="{CheckOptions: {concord-lock-order.AdjacentGuards: true, concord-lock-order.WaitWithSecondLock: true}}"
#include <condition_variable>
#include <mutex>

std::mutex a, b;
std::condition_variable changed;
int n;

void adjacent() {
  std::lock_guard<std::mutex> first(a);
  std::lock_guard<std::mutex> second(b);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: two locks are taken one after the other; one guard for both takes them in a safe order
  // CHECK-FIXES: const std::scoped_lock first(a, b);
  ++n;
}
void waits() {
  a.lock();
  std::unique_lock<std::mutex> lock(b);
  changed.wait(lock, [] { return n > 0; });
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the wait takes 'b' again while 'a' is held, and who notifies may need 'a'; wait with one lock
  a.unlock();
}
// Right: the guard is used, or something stands between.
void used() {
  std::lock_guard<std::mutex> first(a);
  std::unique_lock<std::mutex> second(b);
  second.unlock();
}
void between() {
  std::lock_guard<std::mutex> first(a);
  ++n;
  std::lock_guard<std::mutex> second(b);
}
void waitsAlone() {
  std::unique_lock<std::mutex> lock(b);
  changed.wait(lock, [] { return n > 0; });
}
