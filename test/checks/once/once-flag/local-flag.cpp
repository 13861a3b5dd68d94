// RUN: %check_concord %s %t concord-once-flag --std=c++17,c++20,c++23

#include <mutex>
#include <thread>
#include <pthread.h>

int Value;
void initialise() { ++Value; }

void localFlag() {
  std::once_flag Flag;
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the once flag 'Flag' is new at every call, so the function runs every time; make it static, or a member next to the state that it guards [concord-once-flag]
  // CHECK-MESSAGES: :[[@LINE+1]]:3: note: used here
  std::call_once(Flag, initialise);
}

struct State {
  std::once_flag flag;
  int value = 0;
  std::once_flag &once() { return flag; }
};

int localObject() {
  State Local;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the once flag in 'Local' is new at every call
  std::call_once(Local.flag, initialise);
  return Local.value;
}

State make();
void temporary() {
  std::call_once(make().once(), initialise);
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the once flag is part of a temporary, so the function runs at every call; keep the flag where the state is that it guards
}

void cFlag() {
  pthread_once_t Once = PTHREAD_ONCE_INIT;
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the once flag 'Once' is new at every call
  pthread_once(&Once, initialise);
}

void byValue(pthread_once_t Once) {
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the once flag 'Once' is new at every call
  pthread_once(&Once, initialise);
}

void staticFlag() {
  static std::once_flag Flag;
  std::call_once(Flag, initialise);
}

std::once_flag Global;
class Lazy {
public:
  void use(State &Given, State *Pointer) {
    std::call_once(flag, [this] { ++value; });
    std::call_once(Global, initialise);
    std::call_once(Given.flag, initialise);
    std::call_once(Pointer->flag, initialise);
    State &Alias = Given;
    std::call_once(Alias.flag, initialise);
  }

private:
  std::once_flag flag;
  int value = 0;
};

// The tasks of this call share it.
void sharedWithTasks() {
  std::once_flag Flag;
  auto Work = [&] { std::call_once(Flag, initialise); };
  std::thread First(Work), Second(Work);
  First.join();
  Second.join();
}

void lend(std::once_flag &);
void lent() {
  std::once_flag Flag;
  lend(Flag);
  std::call_once(Flag, initialise);
}

void perThread() {
  thread_local std::once_flag Flag;
  std::call_once(Flag, initialise);
}
