// RUN: %check_concord %s %t concord-ineffective-guard --std=c++17,c++20,c++23

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

int Value;

void ownMutex() {
  std::mutex Mutex;
  std::lock_guard<std::mutex> Lock(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: guard 'Lock' locks 'Mutex', which every call has for itself; make the mutex a member or static, so that all who use the state share it [concord-ineffective-guard]
  // CHECK-MESSAGES: :[[@LINE-3]]:14: note: the mutex is declared here
  ++Value;
}

void ownPerThread() {
  thread_local std::mutex Mutex;
  std::scoped_lock Lock(Mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: guard 'Lock' locks 'Mutex', which every thread has for itself
  ++Value;
}

void ownInTask() {
  std::thread Task([] {
    std::mutex Mutex;
    std::unique_lock Lock(Mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: guard 'Lock' locks 'Mutex', which every call has for itself
    ++Value;
    Lock.unlock();
  });
  Task.join();
}

void sharedByStatic() {
  static std::mutex Mutex;
  std::lock_guard<std::mutex> Lock(Mutex);
  ++Value;
}

// Tasks of this call share it.
void sharedWithTasks() {
  std::mutex Mutex;
  int Sum = 0;
  std::thread Task([&] {
    std::lock_guard<std::mutex> Lock(Mutex);
    ++Sum;
  });
  {
    std::lock_guard<std::mutex> Lock(Mutex);
    ++Sum;
  }
  Task.join();
}

void work(std::mutex &Mutex);
void sharedByReference() {
  std::mutex Mutex;
  std::thread Task(work, std::ref(Mutex));
  {
    std::lock_guard<std::mutex> Lock(Mutex);
    ++Value;
  }
  Task.join();
}

struct Job {
  std::mutex *mutex;
};
void run(Job);
void sharedByPointer() {
  std::mutex Mutex;
  run(Job{&Mutex});
  std::lock_guard<std::mutex> Lock(Mutex);
  ++Value;
}

// A wait needs some lock.
void sleepOn(std::condition_variable &Changed) {
  std::mutex Mutex;
  std::unique_lock<std::mutex> Lock(Mutex);
  Changed.wait_for(Lock, std::chrono::milliseconds(10));
}

void sharedMutexParameter(std::mutex &Mutex) {
  std::mutex &Alias = Mutex;
  std::lock_guard<std::mutex> Lock(Alias);
  ++Value;
}
