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
  // CHECK-DAG: 'A' is std::mutex: mutex (exclusive)
  std::mutex A;
  // CHECK-DAG: 'B' is std::timed_mutex: mutex (exclusive timed)
  std::timed_mutex B;
  // CHECK-DAG: 'C' is std::recursive_mutex: mutex (exclusive recursive)
  std::recursive_mutex C;
  // CHECK-DAG: 'D' is std::recursive_timed_mutex: mutex (exclusive recursive timed)
  std::recursive_timed_mutex D;
  // CHECK-DAG: 'E' is std::shared_mutex: mutex (exclusive shared)
  std::shared_mutex E;
  // CHECK-DAG: 'F' is std::shared_timed_mutex: mutex (exclusive shared timed)
  std::shared_timed_mutex F;
  // CHECK-DAG: 'G' is std::mutex: mutex (exclusive)
  Derived G;
  // CHECK-DAG: 'H' holds std::mutex
  std::unique_ptr<std::mutex> H;
  // CHECK-DAG: 'I' holds std::mutex
  std::vector<std::shared_ptr<std::mutex>> I;
  // CHECK-DAG: lock std::mutex on 'A', blocks
  A.lock();
  // CHECK-DAG: unlock std::mutex on 'A'
  A.unlock();
  // CHECK-DAG: lock std::mutex on 'H->', blocks
  H->lock();
  // CHECK-DAG: timed-lock std::timed_mutex on 'B' timeout '1s', blocks
  B.try_lock_for(1s);
  // CHECK-DAG: timed-lock std::timed_mutex on 'B' timeout '0s' [
  B.try_lock_for(0s);
  // CHECK-DAG: lock-shared std::shared_mutex on 'E', blocks
  E.lock_shared();
  // CHECK-DAG: lock-multiple, blocks
  std::lock(A, C);
}

void guards(std::mutex &A, std::recursive_mutex &B, std::shared_mutex &S) {
  // CHECK-DAG: lock std::lock_guard on 'A', locks 'A', blocks
  std::lock_guard G1(A);
  // CHECK-DAG: lock std::scoped_lock, locks 'A' 'B', blocks
  std::scoped_lock G2(A, B);
  // CHECK-DAG: lock std::scoped_lock, adopts 'A' 'B' [
  std::scoped_lock G3(std::adopt_lock, A, B);
  // CHECK-DAG: none std::scoped_lock, empty
  std::scoped_lock<> G4;
  // CHECK-DAG: 'L' is std::unique_lock: guard (movable), guards
  // CHECK-DAG: lock std::unique_lock on 'A', defers 'A' [
  Alias L(A, std::defer_lock);
  // CHECK-DAG: lock std::unique_lock on 'A', tries 'A' [
  Alias L2(A, std::try_to_lock);
  // CHECK-DAG: none std::unique_lock, empty
  Alias L3(std::move(L));
  // CHECK-DAG: lock-shared std::shared_lock on 'S', locks shared 'S', blocks
  std::shared_lock L4(S);
  // CHECK-DAG: lock std::unique_lock on 'L', blocks
  L.lock();
  // CHECK-DAG: owns-lock std::unique_lock on 'L'
  if (L)
    // CHECK-DAG: release-guard std::unique_lock on 'L'
    L.release();
  // CHECK-DAG: guard-mutex std::unique_lock on 'L'
  L.mutex();
  // CHECK-DAG: lock std::lock_guard on 'A', blocks
  auto P = std::make_unique<std::lock_guard<std::mutex>>(A);
  std::weak_ptr<int> W;
  // CHECK-NOT: on 'W'
  W.lock();
}

template <class M> void inTemplate(M &Mutex) {
  // CHECK-DAG: 'TemplateGuard' is std::unique_lock: guard (movable), guards
  std::unique_lock<M> TemplateGuard(Mutex);
  // CHECK-DAG: unlock std::unique_lock on 'TemplateGuard'
  TemplateGuard.unlock();
  // CHECK-DAG: launch callable '[&] { Mutex.lock(); }'
  auto F = std::async(std::launch::async, [&] { Mutex.lock(); });
}

void waits(std::condition_variable &C, std::condition_variable_any &Any,
           std::unique_lock<std::mutex> &L, std::stop_token Stop) {
  // CHECK-DAG: condition-wait std::condition_variable on 'C' lock 'L', blocks
  C.wait(L);
  // CHECK-DAG: condition-wait std::condition_variable on 'C' lock 'L' predicate '[] { return true; }', blocks
  C.wait(L, [] { return true; });
  // CHECK-DAG: condition-wait std::condition_variable on 'C' lock 'L' timeout '1s', blocks
  C.wait_for(L, 1s);
  // CHECK-DAG: condition-wait std::condition_variable_any on 'Any' lock 'L' predicate '[] { return true; }' stop-token 'Stop', blocks
  Any.wait(L, Stop, [] { return true; });
  // CHECK-DAG: notify-one std::condition_variable on 'C'
  C.notify_one();
  // CHECK-DAG: notify-all std::condition_variable_any on 'Any'
  Any.notify_all();
  // CHECK-DAG: arrive-and-wait std::latch on 'Latch', blocks
  std::latch Latch(2);
  Latch.arrive_and_wait();
  // CHECK-DAG: arrive std::latch on 'Latch'
  Latch.count_down();
  std::barrier<> Barrier(2);
  // CHECK-DAG: arrive-and-wait std::barrier on 'Barrier', blocks
  Barrier.arrive_and_wait();
  // CHECK-DAG: 'Semaphore' is std::{{counting|binary}}_semaphore: semaphore ()
  std::binary_semaphore Semaphore(1);
  // CHECK-DAG: acquire std::counting_semaphore on 'Semaphore', blocks
  Semaphore.acquire();
  // CHECK-DAG: sleep timeout '1s', blocks
  std::this_thread::sleep_for(1s);
  // CHECK-DAG: sleep timeout '0ms' [
  std::this_thread::sleep_for(0ms);
}

void threads() {
  // CHECK-DAG: 'A' is std::thread: thread (), destructor terminate
  // CHECK-DAG: launch std::thread callable 'run'
  std::thread A(run);
  // CHECK-DAG: launch std::thread callable 'take'
  A = std::thread(take, nullptr);
  // CHECK-DAG: join std::thread on 'A', blocks
  A.join();
  // CHECK-DAG: detach std::thread on 'A'
  A.detach();
  // CHECK-DAG: none std::thread [
  std::thread B;
  // CHECK-DAG: none std::thread [
  std::thread C(std::move(A));
  // CHECK-DAG: launch std::thread callable 'std::bind(take, nullptr)'
  // CHECK-DAG: wrapped copy of 'take'
  std::thread D(std::bind(take, nullptr));
  std::vector<std::thread> Threads;
  // CHECK-DAG: launch std::thread callable 'run'
  Threads.emplace_back(run);
  // CHECK-DAG: none std::thread [
  Threads.emplace_back(std::move(C));
  // CHECK-DAG: launch std::thread callable 'run'
  Threads.push_back(std::thread(run));
  // CHECK-DAG: launch std::thread callable 'take'
  auto E = std::make_unique<std::thread>(take, nullptr);
  // CHECK-DAG: launch std::thread callable '[] {}'
  auto *F = new std::thread([] {});
  // CHECK-DAG: 'G' is std::jthread: thread (stop-token-argument), destructor stop-join
  std::jthread G([](std::stop_token) {});
  // CHECK-DAG: request-stop std::jthread on 'G'
  G.request_stop();
  std::optional<std::jthread> H;
  // CHECK-DAG: launch std::jthread callable '[] {}'
  H.emplace([] {});
}

void tasks() {
  // CHECK-DAG: 'F' is std::future: future (), destructor block-if-async
  // CHECK-DAG: launch callable '[] { return 1; }'
  auto F = std::async([] { return 1; });
  // CHECK-DAG: launch callable 'take'
  auto G = std::async(std::launch::async, take, nullptr);
  // CHECK-DAG: get std::future on 'F', blocks
  F.get();
  // CHECK-DAG: timed-wait std::future on 'F' timeout '1s', blocks
  F.wait_for(1s);
  // CHECK-DAG: timed-wait std::future on 'F' timeout '0s' [
  F.wait_for(0s);
  std::promise<int> P;
  // CHECK-DAG: get-future std::promise on 'P'
  auto H = P.get_future();
  // CHECK-DAG: set-value std::promise on 'P'
  P.set_value(1);
  std::packaged_task<int()> T([] { return 1; });
  // CHECK-DAG: run std::packaged_task on 'T'
  T();
  // CHECK-DAG: 'O' is std::once_flag: once-flag ()
  static std::once_flag O;
  // CHECK-DAG: call-once std::once_flag on 'O' callable 'run'
  std::call_once(O, run);
}

void atomics() {
  // CHECK-DAG: 'A' is std::atomic: atomic ()
  std::atomic_int A;
  // CHECK-DAG: atomic-store std::atomic on 'A'
  A = 1;
  // CHECK-DAG: atomic-modify std::atomic on 'A'
  A++;
  // CHECK-DAG: atomic-load std::atomic on 'A'
  int I = A;
  // CHECK-DAG: atomic-modify std::atomic on 'A'
  A.fetch_add(I);
  // CHECK-DAG: 'F' is std::atomic_flag: atomic ()
  std::atomic_flag F;
  // CHECK-DAG: atomic-modify std::atomic_flag on 'F'
  F.test_and_set();
}
