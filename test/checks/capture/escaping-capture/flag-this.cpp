// `this` in a detached task, on demand.
// RUN: %check_concord %s %t concord-escaping-capture --config="{CheckOptions: {concord-escaping-capture.FlagThis: true}}"
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

void use(int);

class Plain {
public:
  void start() {
    std::thread([this] { use(number); }).detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'this' is captured in a task that can outlive the object; capture weak_from_this(), or keep the handle and join it in the destructor [concord-escaping-capture]
    std::thread(&Plain::run, this).detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'this' is captured
    std::thread t([=, this] { use(number); });
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'this' is captured
    t.detach();
    std::thread([*this] { use(number); }).detach();
    std::thread u([this] { use(number); });
    u.join();
  }
  void run();

private:
  int number = 0;
};

class Shared : public std::enable_shared_from_this<Shared> {
public:
  void start() {
    std::thread([this, self = shared_from_this()] { use(number); }).detach();
  }

private:
  int number = 0;
};

class Waits {
public:
  ~Waits() {
    std::unique_lock lock(mutex);
    done.wait(lock, [this] { return running == 0; });
  }
  void start() {
    std::thread([this] { use(running); }).detach();
  }

private:
  std::mutex mutex;
  std::condition_variable done;
  int running = 0;
};
