// Where the handle of a launch goes.
// RUN: %check_debug %s %t concord-debug-launches
#include <array>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

void work();
void keep(std::thread t);
std::thread global;

class Worker {
public:
  Worker() : first(work) {
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: launches work; handle member first
    second = std::thread(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: launches work; handle member second
    third = std::make_unique<std::thread>(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: launches work; handle member third
    third.reset(new std::thread(work));
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: launches work; handle member third
    many.emplace_back(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: launches work; handle element of many
    raw = new std::thread(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: launches work; handle member raw
    joining = std::jthread(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launches work; handle member joining that waits
  }

private:
  std::thread first, second;
  std::unique_ptr<std::thread> third;
  std::vector<std::thread> many;
  std::thread *raw;
  std::jthread joining;
  std::thread byDefault{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: launches work; handle member byDefault
};

void locals() {
  std::thread t(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launches work; handle local t
  auto u = std::thread{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launches work; handle local u
  t = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: launches work; handle local t
  auto *p = new std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: launches work; handle local p
  auto q = std::make_shared<std::thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launches work; handle local q
  std::optional<std::thread> o;
  o.emplace(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work; handle local o
  auto f = std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launches work; handle local f that waits
  auto d = std::async(std::launch::deferred, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launches work; handle local d
  auto s = std::async(work).share();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launches work; handle local s that waits
}

void elements(int i) {
  std::vector<std::thread> v;
  v.push_back(std::thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: launches work; handle element of v
  v[i] = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: launches work; handle element of v
  v[i + 1] = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: launches work; handle element of v
  v.back() = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: launches work; handle element of v
  std::thread a[4];
  a[i] = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: launches work; handle element of a
  std::thread b[] = {std::thread(work), std::thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: launches work; handle element of b
  // CHECK-MESSAGES: :[[@LINE-2]]:41: warning: launches work; handle element of b
  std::array<std::thread, 1> c = {std::thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: launches work; handle element of c
  std::map<int, std::thread> m;
  m[i] = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: launches work; handle element of m
  m.emplace(i, std::thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches work; handle element of m
}

std::thread others(std::thread &out) {
  std::thread(work).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work; handle detached
  std::thread(work).join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work; handle joined
  std::thread{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work; handle dropped
  (void)std::async(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: launches work; handle dropped that waits
  std::async(work).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work; handle joined
  global = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: launches work; handle global global
  static std::thread once(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: launches work; handle global once
  keep(std::thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: launches work; handle escapes
  out = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: launches work; handle escapes out
  return std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: launches work; handle returned
}

void nothing() {
  std::thread empty;
  std::thread moved(std::move(empty));
  empty = std::move(moved);
}
