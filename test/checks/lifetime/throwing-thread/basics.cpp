// RUN: %check_concord %s %t concord-throwing-thread --std=c++17,c++20,c++23

#include <exception>
#include <functional>
#include <future>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

void work();
void report(const char *) noexcept;
bool failed();

// Wrong: nothing on the thread catches it.

void inALambda() {
  std::thread thread([] {
    if (failed())
      throw std::runtime_error("failed");
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: an exception leaves the function of a thread here and ends the program; catch it in the thread and report it, or start the task with a future [concord-throwing-thread]
    work();
  });
  // CHECK-MESSAGES: :[[@LINE-6]]:15: note: the thread is started here
  thread.join();
}

void parse(const std::string &text) {
  if (text.empty())
    throw std::invalid_argument("no text");
}

void load(std::string text) {
  parse(text);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception leaves the function
  // CHECK-MESSAGES: :[[@LINE-6]]:5: note: it is thrown here
}

void byName() {
  std::thread thread(load, "a");
  thread.join();
}

struct Worker {
  void start() { thread = std::thread(&Worker::run, this); }
  ~Worker() { thread.join(); }

private:
  void run();
  std::thread thread;
};

void Worker::run() {
  for (int i = 0; i < 3; ++i)
    if (failed())
      throw i;
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: an exception leaves
}

void handledByTheWrongType() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([i] {
      try {
        throw i;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: an exception leaves
      } catch (const std::exception &error) {
        report(error.what());
      }
    });
  for (auto &thread : threads)
    thread.join();
}

void thrownAgain() {
  std::thread thread([] {
    try {
      work();
    } catch (...) {
      report("failed");
      throw;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: an exception leaves
    }
  });
  thread.join();
}

// Around the launch, no handler helps.
void handlerInTheLauncher() {
  try {
    std::thread thread([] { throw std::logic_error("never caught"); });
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: an exception leaves
    thread.join();
  } catch (const std::exception &error) {
    report(error.what());
  }
}

void *entry(void *) {
  throw 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception leaves
}

void posix() {
  pthread_t thread;
  if (pthread_create(&thread, nullptr, entry, nullptr) == 0)
    pthread_join(thread, nullptr);
}

// Right: caught on the thread, kept by a future, or decided.

void caught() {
  std::thread thread([] {
    try {
      parse("");
    } catch (const std::exception &error) {
      report(error.what());
    }
  });
  thread.join();
}

void carried() {
  std::exception_ptr error;
  std::thread thread([&error] {
    try {
      parse("");
      throw 1;
    } catch (...) {
      error = std::current_exception();
    }
  });
  thread.join();
  if (error)
    std::rethrow_exception(error);
}

void safelyDo(const std::function<void()> &task) {
  try {
    task();
  } catch (...) {
    report("failed");
  }
}

void wrapped() {
  std::thread thread([] {
    for (int i = 0; i < 3; ++i)
      safelyDo([i] {
        if (i == 1)
          throw std::runtime_error("one");
      });
  });
  thread.join();
}

void kept() {
  std::future<void> result = std::async(std::launch::async, [] { parse(""); });
  std::packaged_task<void()> task([] { throw 1; });
  std::future<void> other = task.get_future();
  std::thread thread(std::move(task));
  thread.join();
  other.get();
  result.get();
}

void decided() noexcept { parse(""); }

void terminates() {
  std::thread thread(decided);
  std::thread other([]() noexcept { throw 1; });
  thread.join();
  other.join();
}

void functionTry() try {
  parse("");
} catch (...) {
  report("failed");
}

void wholeFunction() {
  std::thread thread(functionTry);
  thread.join();
}

void throwsInTheLauncher() {
  std::thread thread(work);
  thread.join();
  throw std::runtime_error("not on the thread");
}
