// What the vocabulary makes of a project's own classes.
// RUN: %debug_tidy -checks=-*,concord-debug-types %s -- -std=c++20 | FileCheck %s
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <queue>
#include <shared_mutex>
#include <string>
#include <thread>

// Mutexes around known ones.
class Mutex {
public:
  void Lock() { M.lock(); }
  void Unlock() { M.unlock(); }
  bool TryLock() { return M.try_lock(); }

private:
  std::mutex M;
};
class PosixMutex {
public:
  void enter();
  void leave();

private:
  pthread_mutex_t Handle;
};
class ReadWriteLock {
public:
  void readLock() { M.lock_shared(); }
  void readUnlock() { M.unlock_shared(); }
  void writeLock() { M.lock(); }
  void writeUnlock() { M.unlock(); }

private:
  std::shared_mutex M;
};
class SpinLock {
public:
  void lock() {
    while (Flag.test_and_set())
      ;
  }
  void unlock() { Flag.clear(); }

private:
  std::atomic_flag Flag;
};
class ForwardedMutex {
public:
  void lock();
  void unlock();

private:
  struct Impl;
  Impl *P;
};
class PrivateMutex : std::recursive_mutex {
public:
  void acquire() { lock(); }
  void release() { unlock(); }
};
struct ILock {
  virtual void lock() = 0;
  virtual void unlock() = 0;
};

// No mutexes.
class Texture {
public:
  void *lock(int Level, int Flags);
  void unlock();

private:
  std::mutex M;
};
class FileLock {
public:
  void lock();
  void unlock();

private:
  int Fd;
};
class DoorLock {
public:
  void lock() { Locked = true; }
  void unlock() { Locked = false; }

private:
  bool Locked;
};
class Semaphore {
public:
  void acquire() {
    std::unique_lock<std::mutex> L(M);
    C.wait(L, [this] { return N > 0; });
    --N;
  }
  void release() {
    std::lock_guard<std::mutex> L(M);
    ++N;
    C.notify_one();
  }

private:
  std::mutex M;
  std::condition_variable C;
  int N = 0;
};

void mutexes() {
  // CHECK: 'MutexCase' is Mutex: mutex (exclusive structural)
  Mutex MutexCase;
  // CHECK: 'PosixCase' is PosixMutex: mutex (exclusive maybe-recursive structural)
  PosixMutex PosixCase;
  // CHECK: 'ReadWriteCase' is ReadWriteLock: mutex (exclusive shared structural)
  ReadWriteLock ReadWriteCase;
  // CHECK: 'SpinCase' is SpinLock: mutex (exclusive spin structural)
  SpinLock SpinCase;
  // CHECK: 'ForwardedCase' is ForwardedMutex: mutex (exclusive structural)
  ForwardedMutex ForwardedCase;
  // CHECK: 'PrivateCase' is PrivateMutex: mutex (exclusive recursive structural)
  PrivateMutex PrivateCase;
  // CHECK: 'InterfaceCase' holds ILock: mutex (exclusive structural)
  ILock *InterfaceCase;
  // CHECK-NOT: TextureCase
  Texture TextureCase;
  // CHECK-NOT: FileCase
  FileLock FileCase;
  // CHECK-NOT: DoorCase
  DoorLock DoorCase;
  // CHECK-NOT: 'SemaphoreCase' is Semaphore: mutex
  Semaphore SemaphoreCase;
  // CHECK-NOT: WeakCase
  std::weak_ptr<int> WeakCase;
}

// Guards.
class MutexLock {
public:
  explicit MutexLock(Mutex &M) : M(M) { M.Lock(); }
  ~MutexLock() { M.Unlock(); }

private:
  Mutex &M;
};
class HeaderLocker {
public:
  explicit HeaderLocker(std::mutex *M);
  ~HeaderLocker();

private:
  std::mutex *M;
};
template <class M> class TemplateGuard {
public:
  explicit TemplateGuard(M &Object) : Object(Object) { Object.lock(); }
  ~TemplateGuard() { Object.unlock(); }
  void unlock() { Object.unlock(); }

private:
  M &Object;
};
class ReadLock {
public:
  explicit ReadLock(ReadWriteLock &M) : M(M) { M.readLock(); }
  ~ReadLock() { M.readUnlock(); }

private:
  ReadWriteLock &M;
};
class MemberGuard {
public:
  explicit MemberGuard(std::mutex &M) : G(M) {}

private:
  std::lock_guard<std::mutex> G;
};
class Unlocker {
public:
  explicit Unlocker(std::mutex &M) : M(M) { M.unlock(); }
  ~Unlocker() { M.lock(); }

private:
  std::mutex &M;
};
class UsesMutex {
public:
  explicit UsesMutex(std::mutex &M) : M(M) {}
  ~UsesMutex();
  void f() { std::lock_guard<std::mutex> L(M); }

private:
  std::mutex &M;
};

void guards(Mutex &M, std::mutex &S, ReadWriteLock &R) {
  // CHECK: 'LockCase' is MutexLock: guard (structural), guards
  MutexLock LockCase(M);
  // CHECK: 'HeaderCase' is HeaderLocker: guard (structural), guards
  HeaderLocker HeaderCase(&S);
  // CHECK: 'TemplateCase' is TemplateGuard: guard (structural), guards
  TemplateGuard<std::mutex> TemplateCase(S);
  // CHECK: 'ReadCase' is ReadLock: guard (structural), guards shared
  ReadLock ReadCase(R);
  // CHECK: 'MemberCase' is MemberGuard: guard (structural), guards
  MemberGuard MemberCase(S);
  // CHECK: 'UnlockCase' is Unlocker: unlock-guard (structural)
  Unlocker UnlockCase(S);
  // CHECK-NOT: UsesCase
  UsesMutex UsesCase(S);
}

// Channels, condition variables, threads.
template <class T> class BlockingQueue {
public:
  void push(T Value) {
    std::lock_guard<std::mutex> L(M);
    Q.push(std::move(Value));
    C.notify_one();
  }
  bool pop(T &Out) {
    std::unique_lock<std::mutex> L(M);
    C.wait(L, [this] { return Done || !Q.empty(); });
    if (Q.empty())
      return false;
    Out = std::move(Q.front());
    Q.pop();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> L(M);
    Done = true;
    C.notify_all();
  }

private:
  std::mutex M;
  std::condition_variable C;
  std::queue<T> Q;
  bool Done = false;
};
class ThreadPool {
public:
  void submit(std::function<void()> F);
  void stop();

private:
  std::mutex M;
  std::condition_variable C;
  std::deque<std::function<void()>> Q;
  std::deque<std::thread> Threads;
};
class CondVar {
public:
  void Wait(Mutex *M);
  void Signal() { C.notify_one(); }
  void SignalAll() { C.notify_all(); }

private:
  std::condition_variable C;
};
class JoiningThread {
public:
  template <class F> explicit JoiningThread(F f) : T(f) {}
  ~JoiningThread() {
    if (T.joinable())
      join();
  }
  void join() { T.join(); }

private:
  std::thread T;
};
class PlainThread {
public:
  void start(std::function<void()> F) { T = std::thread(F); }
  void Join() { T.join(); }

private:
  std::thread T;
};
class ThreadJoiner {
public:
  explicit ThreadJoiner(std::thread &T) : T(T) {}
  ~ThreadJoiner() { T.join(); }

private:
  std::thread &T;
};

void others(std::thread &T) {
  // CHECK: 'QueueCase' is BlockingQueue: channel (structural), capacity none
  BlockingQueue<int> QueueCase;
  // CHECK-NOT: PoolCase
  ThreadPool PoolCase;
  // CHECK: 'ConditionCase' is CondVar: condition-variable (structural)
  CondVar ConditionCase;
  // CHECK: 'JoiningCase' is JoiningThread: thread (structural), destructor join
  JoiningThread JoiningCase([] {});
  // CHECK: 'PlainCase' is PlainThread: thread (structural), destructor terminate
  PlainThread PlainCase;
  // CHECK: 'JoinerCase' is ThreadJoiner: scope (structural), destructor join
  ThreadJoiner JoinerCase(T);
}

// A destructor that uses the class's own type.
class SelfJoining : public std::thread {
public:
  using std::thread::thread;
  ~SelfJoining() {
    if (joinable())
      join();
  }
};
// CHECK: 'SelfJoiningCase' is std::thread: thread (), destructor join
SelfJoining SelfJoiningCase;

// Derived classes are what their base is.
struct DerivedMutex : std::mutex {};
struct DerivedGuard : std::lock_guard<std::mutex> {
  using lock_guard::lock_guard;
};
// CHECK: 'DerivedMutexCase' is std::mutex: mutex (exclusive)
DerivedMutex DerivedMutexCase;
