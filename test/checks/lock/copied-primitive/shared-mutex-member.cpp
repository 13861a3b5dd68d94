// RUN: %check_concord %s %t concord-copied-primitive --config="{CheckOptions: {concord-copied-primitive.SharedMutexMembers: true}}"

#include <memory>
#include <mutex>

struct Copied {
  std::shared_ptr<std::mutex> mutex;
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: copies of 'Copied' share the mutex 'mutex' but not the rest of their state; make the class uncopyable, or give each object a mutex of its own [concord-copied-primitive]
  int value;
};

class Unique {
  std::unique_ptr<std::mutex> mutex;
};

class Uncopyable {
public:
  Uncopyable(const Uncopyable &) = delete;

private:
  std::shared_ptr<std::mutex> mutex;
};
