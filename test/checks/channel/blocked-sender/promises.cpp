// RUN: %check_concord %s %t concord-blocked-sender --std=c++17,c++20,c++23

// A promise that a task leaves unset while somebody waits for it.

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

bool connect();
int request();
void report();

int earlyReturn() {
  std::promise<int> answer;
  std::future<int> result = answer.get_future();
  std::thread worker([&answer] {
    if (!connect())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody fulfils 'answer', so who waits for its result waits for ever; set a value or an exception on every way out [concord-blocked-sender]
    answer.set_value(request());
  });
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: other ways fulfil it here
  const int value = result.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: somebody waits for it here
  worker.join();
  return value;
}

static void ask(std::promise<int> &answer) {
  if (!connect())
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: after this return nobody fulfils 'answer'
  answer.set_value(request());
}
void byReference() {
  std::promise<int> answer;
  std::thread worker(ask, std::ref(answer));
  answer.get_future().wait();
  worker.join();
}

int swallows() {
  std::promise<int> answer;
  auto result = answer.get_future();
  std::thread worker([&answer] {
    try {
      answer.set_value(request());
    } catch (const std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this handler nobody fulfils 'answer'
      report();
    }
  });
  const int value = result.get();
  worker.join();
  return value;
}

int throws() {
  std::promise<int> answer;
  auto task = std::async(std::launch::async, [&answer] {
    if (!connect())
      throw std::runtime_error("no connection");
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this exception nobody fulfils 'answer'
    answer.set_value(request());
  });
  return answer.get_future().get();
}

// The launcher keeps the promise alive.
int shared() {
  auto answer = std::make_shared<std::promise<int>>();
  auto result = answer->get_future();
  std::thread([answer] {
    if (!connect())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody fulfils 'answer'
    answer->set_value(request());
  }).detach();
  return result.get();
}

class Client {
public:
  void start() {
    worker = std::thread([this] {
      if (!connect())
        return;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: after this return nobody fulfils 'connected'
      connected.set_value();
    });
  }
  void wait() { isConnected.wait(); }
  ~Client() { worker.join(); }

private:
  std::promise<void> connected;
  std::future<void> isConnected = connected.get_future();
  std::thread worker;
};

int notRun() {
  std::packaged_task<int()> task(request);
  auto result = task.get_future();
  std::thread worker([&task] {
    if (!connect())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody fulfils 'task'
    task();
  });
  const int value = result.get();
  worker.join();
  return value;
}

// The promise dies with its task, which is an answer.
int moved() {
  std::promise<int> answer;
  auto result = answer.get_future();
  std::thread([answer = std::move(answer)]() mutable {
    if (!connect())
      return;
    answer.set_value(request());
  }).detach();
  return result.get();
}
static void owns(std::promise<int> answer) {
  if (!connect())
    return;
  answer.set_value(request());
}
int movedAsArgument() {
  std::promise<int> answer;
  auto result = answer.get_future();
  std::thread(owns, std::move(answer)).detach();
  return result.get();
}

// Set on every way.
int setsAlways() {
  std::promise<int> answer;
  auto result = answer.get_future();
  std::thread worker([&answer] {
    if (!connect()) {
      answer.set_exception(
          std::make_exception_ptr(std::runtime_error("no connection")));
      return;
    }
    try {
      answer.set_value(request());
    } catch (...) {
      try {
        answer.set_exception(std::current_exception());
      } catch (...) {
      }
    }
  });
  const int value = result.get();
  worker.join();
  return value;
}

static void fail(std::promise<int> &answer);
int byHelper() {
  std::promise<int> answer;
  auto result = answer.get_future();
  std::thread worker([&answer] {
    if (!connect()) {
      fail(answer);
      return;
    }
    answer.set_value(request());
  });
  const int value = result.get();
  worker.join();
  return value;
}

// Nobody waits without a limit.
bool givesUp() {
  std::promise<int> answer;
  auto result = answer.get_future();
  std::thread worker([&answer] {
    if (!connect())
      return;
    answer.set_value(request());
  });
  const bool isThere = result.wait_for(std::chrono::seconds(1)) ==
                       std::future_status::ready;
  worker.join();
  return isThere;
}
