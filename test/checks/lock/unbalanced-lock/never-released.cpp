// RUN: %check_concord %s %t concord-unbalanced-lock --std=c++17,c++20

#include <condition_variable>
#include <mutex>
#include <thread>

int state;
bool ready();

// The mutex ends with the function.
void ownMutex() {
  std::mutex mutex;
  mutex.lock();
  ++state;
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'mutex' is still held when the function returns here, and nothing releases it; release it where it is taken [concord-unbalanced-lock]
// CHECK-MESSAGES: :[[@LINE-4]]:9: note: taken here

void partOfOwn() {
  struct {
    std::mutex mutex;
    int value = 0;
  } box;
  box.mutex.lock();
  ++box.value;
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'box.mutex' is still held

// The thread ends.
std::mutex shared;
void task() {
  shared.lock();
  ++state;
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'shared' is still held when the function returns here, and nothing releases it
void start() {
  std::thread thread(task);
  thread.join();
  std::thread other([] {
    shared.lock();
    ++state;
  });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'shared' is still held
  other.join();
}

// Every function that can name the lock is here, and none releases it.
class Counter {
public:
  void add() {
    mutex.lock();
    ++value;
  }
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mutex' is still held
  int get() {
    std::lock_guard<std::mutex> guard(mutex);
    return value;
  }

private:
  std::mutex mutex;
  int value = 0;
};

// Silent: another function gives the lock back.
class Section {
public:
  void open() {
    mutex.lock();
    ++value;
  }
  void shut() {
    ++value;
    mutex.unlock();
  }

private:
  std::mutex mutex;
  int value = 0;
};

// Silent: a function that is not shown may do it.
class Elsewhere {
public:
  void open() {
    mutex.lock();
    ++value;
  }
  void shut();

private:
  std::mutex mutex;
  int value = 0;
};

// Silent: others can name the lock, too.
std::mutex global;
void takeGlobal() { global.lock(); }

// A wait releases a lock that is not held.
std::mutex gate;
std::condition_variable changed;
void deferred() {
  std::unique_lock<std::mutex> lock(gate, std::defer_lock);
  changed.wait(lock, ready);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'gate' is not held when this wait begins, which releases it; lock it before the wait
}
void released() {
  std::unique_lock<std::mutex> lock(gate);
  lock.unlock();
  while (!ready())
    changed.wait(lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'gate' is not held when this wait begins
  // CHECK-MESSAGES: :[[@LINE-4]]:8: note: released here
}
void right(bool Now) {
  std::unique_lock<std::mutex> lock(gate, std::defer_lock);
  if (Now)
    lock.lock();
  else
    lock.lock();
  changed.wait(lock, ready);
}
void given(std::unique_lock<std::mutex> &Lock) { changed.wait(Lock, ready); }
