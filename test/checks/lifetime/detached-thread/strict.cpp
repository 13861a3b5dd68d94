// RUN: %check_concord %s %t concord-detached-thread --config="{CheckOptions: {concord-detached-thread.Strict: true}}"

#include <memory>
#include <thread>

void work();

void ownsAll() {
  auto shared = std::make_shared<int>(1);
  std::thread worker([shared] { ++*shared; });
  worker.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'worker' is detached, so nothing can wait for its end; keep the handle and join it [concord-detached-thread]
}

void temporary() {
  std::thread(work).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: thread is detached, so nothing can wait for its end
}

void joining() {
  std::jthread worker(work);
  worker.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'worker' is detached, so nothing can wait for its end
}

void parameter(std::thread &worker) {
  worker.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: thread 'worker' is detached, so nothing can wait for its end
}

// Right.

class Thread {
public:
  explicit Thread(void (*function)()) : thread_(function) {}
  void detach() { thread_.detach(); }

private:
  std::thread thread_;
};

void joined() {
  std::thread worker(work);
  worker.join();
}
