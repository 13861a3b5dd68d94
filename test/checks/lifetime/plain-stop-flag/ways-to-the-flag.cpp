// Flags that reach the task as an argument, through a getter, or that the
// launcher polls.
// RUN: %check_concord %s %t concord-plain-stop-flag
#include <atomic>
#include <functional>
#include <mutex>
#include <semaphore>
#include <thread>

void poll();
int compute();

void untilReference(const bool &end) {
  while (!end)
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: task polls 'over'
    poll();
}
void untilPointer(void *data) {
  auto *end = static_cast<volatile bool *>(data);
  while (!*end)
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: task polls 'finished'
    poll();
}
void byArgument() {
  bool over = false;
  std::thread first(untilReference, std::cref(over));
  volatile bool finished = false;
  std::thread second(untilPointer, (void *)&finished);
  over = true;
  finished = true;
  first.join();
  second.join();
}

// One reference that nobody writes while the task runs.
void readOnly(const bool &verbose) {
  while (!verbose)
    poll();
}
void writtenBefore() {
  bool verbose = false;
  verbose = true;
  std::thread task(readOnly, std::cref(verbose));
  task.join();
}

enum class Phase { Idle, Running, Ended };

class Engine {
public:
  void start() { thread = std::thread(&Engine::run, this); }
  void stop() {
    phase = Phase::Ended;
    thread.join();
  }
  // Not what the loop waits for.
  void pause() { other = Phase::Ended; }

private:
  void run() {
    while (phase != Phase::Ended)
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: task polls 'phase'
      poll();
    while (other == Phase::Ended)
      poll();
  }
  Phase phase = Phase::Running;
  Phase other = Phase::Running;
  std::thread thread;
};

class Getter {
public:
  ~Getter() {
    ended = true;
    thread.join();
  }

private:
  bool alive() const { return !ended; }
  void run() {
    while (alive())
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: task polls 'ended'
      poll();
  }
  bool ended = false;
  std::thread thread{&Getter::run, this};
};

bool published = false;
int result;
void produce() {
  result = compute();
  published = true;
}
int launcherWaits() {
  std::thread task(produce);
  while (!published)
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this loop polls 'published' while a task may write it, without a lock, so it may never end; make it atomic, or wait for the task [concord-plain-stop-flag]
    // CHECK-MESSAGES: :[[@LINE-6]]:3: note: it is written here
    std::this_thread::yield();
  task.join();
  return result;
}

void launcherWaitsForALocal() {
  bool done = false;
  std::thread task([&done] {
    poll();
    done = true;
  });
  while (!done)
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this loop polls 'done'
    poll();
  task.join();
}

void set(bool &flag) { flag = true; }
void launcherWaitsForAnArgument() {
  bool done = false;
  std::thread task(set, std::ref(done));
  while (!done)
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this loop polls 'done'
    poll();
  task.join();
}

// Ordered by something else.
void ordered() {
  bool done = false;
  std::mutex mutex;
  std::thread locked([&] {
    std::lock_guard lock(mutex);
    done = true;
  });
  for (;;) {
    std::lock_guard lock(mutex);
    if (done)
      break;
  }
  locked.join();

  bool last = false;
  std::counting_semaphore<8> items(0);
  std::thread sender([&] {
    items.release();
    last = true;
    items.release();
  });
  while (!last)
    items.acquire();
  sender.join();

  bool late = false;
  std::thread joined([&] { late = true; });
  joined.join();
  while (!late)
    poll();

  std::atomic<bool> atomic{false};
  std::thread setter([&] { atomic = true; });
  while (!atomic)
    poll();
  setter.join();
}
