// What a task reaches.
// RUN: %check_debug %s %t concord-debug-launches
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void use(int);

void captures(int &parameter, int *pointer) {
  int local = 0;
  std::vector<int> owner{1};
  int &alias = local;
  int &element = owner[0];
  int *address = &local;
  int &foreign = *pointer;
  std::jthread a([&local, n = local] { use(local + n); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local, value local; handle
  std::jthread b([&] { use(local + parameter); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local, reference parameter; handle
  std::jthread c([&alias, &element, &foreign] { use(alias + element + foreign); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local through alias, reference owner through element, reference foreign; handle
  std::jthread d([address, pointer, p = &local] { use(*address + *pointer + *p); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, pointer local through address, value pointer, pointer local; handle
  std::jthread e([&r = local, w = std::ref(local)] { use(r + w); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local, reference local; handle
  std::jthread f([&local, &owner] { use(owner[0]); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local unused, reference owner; handle
  std::jthread g([&] { [&] { use(local); }(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local; handle
  auto inner = [&local] { use(local); };
  std::jthread h([inner] { inner(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, reference local, value inner; handle
  std::jthread i(use, std::ref(local));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches use, reference local; handle
  std::jthread j(std::bind(use, std::ref(local)));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches use, reference local; handle
  char text[4];
  std::jthread k([](char *) {}, text);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, pointer text; handle
  std::jthread l([](int *) {}, owner.data());
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, pointer owner; handle
  std::jthread m([](int *) {}, pointer);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda, value pointer; handle
}

class Object {
  void start() {
    std::jthread a([this] { use(member); });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launches lambda, this; handle
    std::jthread b([*this] { use(member); });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launches lambda, copy of this; handle
    std::jthread c([&] { use(member); });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launches lambda, this; handle
    std::jthread d([self = this] { use(self->member); });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launches lambda, this; handle
    std::jthread e(&Object::run, this);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launches run on an object, this; handle
    int &alias = member;
    std::jthread f([&alias] { use(alias); });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: launches lambda, reference member through alias; handle
  }
  void run();
  int member;
};
