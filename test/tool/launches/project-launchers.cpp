// Launchers of the project's own.
// RUN: %check_debug %s %t concord-debug-launches
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

void work();
using Task = std::function<void()>;

// Owns threads: what it keeps, they run.
class Pool {
public:
  Pool() {
    for (int i = 0; i < 4; ++i)
      workers.emplace_back([this] { loop(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: launches lambda, this; handle element of workers; in a loop
  }
  template <class F> void add(F &&f) { tasks.emplace(std::forward<F>(f)); }
  template <class F, class... A> void bind(F &&f, A &&...a) {
    add(std::bind(std::forward<F>(f), std::forward<A>(a)...));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: launches
  }
  void loop();
  void now(Task task) { task(); }
  void setHook(Task task) { hook = task; }

private:
  std::vector<std::thread> workers;
  std::queue<Task> tasks;
  Task hook;
};

// Private parts behind a pointer.
class Hidden {
  struct Impl {
    std::thread thread;
    std::queue<Task> tasks;
  };
  std::unique_ptr<Impl> impl;

public:
  void give(Task task) { impl->tasks.push(std::move(task)); }
};

// Detaches its threads.
class Detaching {
  std::shared_ptr<std::queue<Task>> tasks;

public:
  Detaching() {
    std::thread([tasks = tasks] { tasks->front()(); }).detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: launches lambda
  }
  void give(Task task) { tasks->push(task); }
};

// Keeps, but nothing of its own runs it.
class Registry {
  std::vector<Task> tasks;

public:
  void give(Task task) { tasks.push_back(task); }
};

class JoiningThread {
  std::thread thread;

public:
  template <class F> explicit JoiningThread(F &&f) : thread(std::forward<F>(f)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:54: warning: launches {{.*}}; handle member thread
  ~JoiningThread() { thread.join(); }
};

void calls(Pool &pool, Hidden &hidden, Detaching &detaching, Registry &registry) {
  pool.add([] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches lambda; handle none
  pool.bind(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work; handle none
  pool.now([] { work(); });
  hidden.give([] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches lambda; handle none
  detaching.give([] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches lambda; handle none
  registry.give([] { work(); });
  JoiningThread joining([] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: launches lambda; handle local joining that waits
}
