// RUN: %check_concord %s %t concord-thread-start-order
// What is not complete yet says nothing.
#include <thread>

class Broken {
public:
  Broken() : thread_([this] { run(); }), {}
  // CHECK-MESSAGES: :[[@LINE-1]]:42: error: expected class member or base class name
  ~Broken() { thread_.join(); }

private:
  void run() { use(name_); }
  std::thread thread_;
  Name name_;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: error: unknown type name 'Name'
};
