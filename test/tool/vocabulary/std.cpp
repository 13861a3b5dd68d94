// The standard library, in the words of libstdc++ and libc++.
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++20 | FileCheck %s
// RUN: %if libc++ %{ %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++20 -stdlib=libc++ | FileCheck %s %}
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
void run();
void take(int *);

struct Derived : std::mutex {};
using Alias = std::unique_lock<std::mutex>;

void mutexes() {
  // CHECK: 'A' is std::mutex: mutex (exclusive)
  std::mutex A;
  // CHECK: 'B' is std::timed_mutex: mutex (exclusive timed)
  std::timed_mutex B;
  // CHECK: 'C' is std::recursive_mutex: mutex (exclusive recursive)
  std::recursive_mutex C;
  // CHECK: 'D' is std::recursive_timed_mutex: mutex (exclusive recursive timed)
  std::recursive_timed_mutex D;
  // CHECK: 'E' is std::shared_mutex: mutex (exclusive shared)
  std::shared_mutex E;
  // CHECK: 'F' is std::shared_timed_mutex: mutex (exclusive shared timed)
  std::shared_timed_mutex F;
  // CHECK: 'G' is std::mutex: mutex (exclusive)
  Derived G;
  // CHECK: 'H' holds std::mutex
  std::unique_ptr<std::mutex> H;
  // CHECK: 'I' holds std::mutex
  std::vector<std::shared_ptr<std::mutex>> I;
  // CHECK: lock std::mutex on 'A', blocks
  A.lock();
  // CHECK: unlock std::mutex on 'A'
  A.unlock();
  // CHECK: lock std::mutex on 'H->', blocks
  H->lock();
  // CHECK: timed-lock std::timed_mutex on 'B' timeout '1s', blocks
  B.try_lock_for(1s);
  // CHECK: timed-lock std::timed_mutex on 'B' timeout '0s' [
  B.try_lock_for(0s);
  // CHECK: lock-shared std::shared_mutex on 'E', blocks
  E.lock_shared();
  // CHECK: lock-multiple, blocks
  std::lock(A, C);
}

void guards(std::mutex &A, std::recursive_mutex &B, std::shared_mutex &S) {
  // CHECK: lock std::lock_guard on 'A', locks 'A', blocks
  std::lock_guard G1(A);
  // CHECK: lock std::scoped_lock, locks 'A' 'B', blocks
  std::scoped_lock G2(A, B);
  // CHECK: lock std::scoped_lock, adopts 'A' 'B' [
  std::scoped_lock G3(std::adopt_lock, A, B);
  // CHECK: none std::scoped_lock, empty
  std::scoped_lock<> G4;
  // CHECK: 'L' is std::unique_lock: guard (movable), guards
  // CHECK: lock std::unique_lock on 'A', defers 'A' [
  Alias L(A, std::defer_lock);
  // CHECK: lock std::unique_lock on 'A', tries 'A' [
  Alias L2(A, std::try_to_lock);
  // CHECK: none std::unique_lock, empty
  Alias L3(std::move(L));
  // CHECK: lock-shared std::shared_lock on 'S', locks shared 'S', blocks
  std::shared_lock L4(S);
  // CHECK: lock std::unique_lock on 'L', blocks
  L.lock();
  // CHECK: owns-lock std::unique_lock on 'L'
  if (L)
    // CHECK: release-guard std::unique_lock on 'L'
    L.release();
  // CHECK: guard-mutex std::unique_lock on 'L'
  L.mutex();
  // CHECK: lock std::lock_guard on 'A', blocks
  auto P = std::make_unique<std::lock_guard<std::mutex>>(A);
  std::weak_ptr<int> W;
  // CHECK-NOT: on 'W'
  W.lock();
}

template <class M> void inTemplate(M &Mutex) {
  // CHECK: 'TemplateGuard' is std::unique_lock: guard (movable), guards
  std::unique_lock<M> TemplateGuard(Mutex);
  // CHECK: unlock std::unique_lock on 'TemplateGuard'
  TemplateGuard.unlock();
  // CHECK: launch callable '[&] { Mutex.lock(); }'
  auto F = std::async(std::launch::async, [&] { Mutex.lock(); });
}

void waits(std::condition_variable &C, std::condition_variable_any &Any,
           std::unique_lock<std::mutex> &L, std::stop_token Stop) {
  // CHECK: condition-wait std::condition_variable on 'C' lock 'L', blocks
  C.wait(L);
  // CHECK: condition-wait std::condition_variable on 'C' lock 'L' predicate '[] { return true; }', blocks
  C.wait(L, [] { return true; });
  // CHECK: condition-wait std::condition_variable on 'C' lock 'L' timeout '1s', blocks
  C.wait_for(L, 1s);
  // CHECK: condition-wait std::condition_variable_any on 'Any' lock 'L' predicate '[] { return true; }' stop-token 'Stop', blocks
  Any.wait(L, Stop, [] { return true; });
  // CHECK: notify-one std::condition_variable on 'C'
  C.notify_one();
  // CHECK: notify-all std::condition_variable_any on 'Any'
  Any.notify_all();
  // CHECK: arrive-and-wait std::latch on 'Latch', blocks
  std::latch Latch(2);
  Latch.arrive_and_wait();
  // CHECK: arrive std::latch on 'Latch'
  Latch.count_down();
  std::barrier<> Barrier(2);
  // CHECK: arrive-and-wait std::barrier on 'Barrier', blocks
  Barrier.arrive_and_wait();
  // CHECK: 'Semaphore' is std::{{counting|binary}}_semaphore: semaphore ()
  std::binary_semaphore Semaphore(1);
  // CHECK: acquire std::counting_semaphore on 'Semaphore', blocks
  Semaphore.acquire();
  // CHECK: sleep timeout '1s', blocks
  std::this_thread::sleep_for(1s);
  // CHECK: sleep timeout '0ms' [
  std::this_thread::sleep_for(0ms);
}

void threads() {
  // CHECK: 'A' is std::thread: thread (), destructor terminate
  // CHECK: launch std::thread callable 'run'
  std::thread A(run);
  // CHECK: launch std::thread callable 'take'
  A = std::thread(take, nullptr);
  // CHECK: join std::thread on 'A', blocks
  A.join();
  // CHECK: detach std::thread on 'A'
  A.detach();
  // CHECK: none std::thread [
  std::thread B;
  // CHECK: none std::thread [
  std::thread C(std::move(A));
  // CHECK: launch std::thread callable 'std::bind(take, nullptr)'
  // CHECK: wrapped copy of 'take'
  std::thread D(std::bind(take, nullptr));
  std::vector<std::thread> Threads;
  // CHECK: launch std::thread callable 'run'
  Threads.emplace_back(run);
  // CHECK: none std::thread [
  Threads.emplace_back(std::move(C));
  // CHECK: launch std::thread callable 'run'
  Threads.push_back(std::thread(run));
  // CHECK: launch std::thread callable 'take'
  auto E = std::make_unique<std::thread>(take, nullptr);
  // CHECK: launch std::thread callable '[] {}'
  auto *F = new std::thread([] {});
  // CHECK: 'G' is std::jthread: thread (stop-token-argument), destructor stop-join
  std::jthread G([](std::stop_token) {});
  // CHECK: request-stop std::jthread on 'G'
  G.request_stop();
  std::optional<std::jthread> H;
  // CHECK: launch std::jthread callable '[] {}'
  H.emplace([] {});
}

void tasks() {
  // CHECK: 'F' is std::future: future (), destructor block-if-async
  // CHECK: launch callable '[] { return 1; }'
  auto F = std::async([] { return 1; });
  // CHECK: launch callable 'take'
  auto G = std::async(std::launch::async, take, nullptr);
  // CHECK: get std::future on 'F', blocks
  F.get();
  // CHECK: timed-wait std::future on 'F' timeout '1s', blocks
  F.wait_for(1s);
  // CHECK: timed-wait std::future on 'F' timeout '0s' [
  F.wait_for(0s);
  std::promise<int> P;
  // CHECK: get-future std::promise on 'P'
  auto H = P.get_future();
  // CHECK: set-value std::promise on 'P'
  P.set_value(1);
  std::packaged_task<int()> T([] { return 1; });
  // CHECK: run std::packaged_task on 'T'
  T();
  // CHECK: 'O' is std::once_flag: once-flag ()
  static std::once_flag O;
  // CHECK: call-once std::once_flag on 'O' callable 'run'
  std::call_once(O, run);
}

void atomics() {
  // CHECK: 'A' is std::atomic: atomic ()
  std::atomic_int A;
  // CHECK: atomic-store std::atomic on 'A'
  A = 1;
  // CHECK: atomic-modify std::atomic on 'A'
  A++;
  // CHECK: atomic-load std::atomic on 'A'
  int I = A;
  // CHECK: atomic-modify std::atomic on 'A'
  A.fetch_add(I);
  // CHECK: 'F' is std::atomic_flag: atomic ()
  std::atomic_flag F;
  // CHECK: atomic-modify std::atomic_flag on 'F'
  F.test_and_set();
}
