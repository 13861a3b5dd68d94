// RUN: %check_concord %s %t concord-plain-stop-flag --std=c++17,c++20,c++23

#include <atomic>
#include <csignal>
#include <functional>
#include <mutex>
#include <thread>

void poll();

class Poller {
public:
  ~Poller() {
    stop = true;
    worker.join();
  }

private:
  void run() {
    while (!stop)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'stop' while another thread may write it, without a lock, so the loop may never end; make it atomic, or use a stop token [concord-plain-stop-flag]
      // CHECK-MESSAGES: :[[@LINE-8]]:5: note: it is written here
      // CHECK-MESSAGES: :[[@LINE+4]]:8: note: 'stop' is declared here
      poll();
  }

  bool stop = false;
  std::thread worker{[this] { run(); }};
};

class Volatile {
public:
  void start();
  void end();

private:
  void loop();
  void step();
  volatile bool running = false;
  std::thread worker;
};

void Volatile::start() {
  running = true;
  worker = std::thread(&Volatile::loop, this);
}
void Volatile::end() {
  running = false;
  worker.join();
}
void Volatile::loop() { step(); }
void Volatile::step() {
  do {
    poll();
  } while (running == true);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: task polls 'running'
  // CHECK-MESSAGES: :[[@LINE-9]]:3: note:
  // CHECK-MESSAGES: :[[@LINE-19]]:17: note:
}

bool quit = false;
void work(int) {
  for (;;) {
    if (quit)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: task polls 'quit'
      // CHECK-MESSAGES: :[[@LINE+9]]:3: note:
      // CHECK-MESSAGES: :[[@LINE-6]]:6: note:
      break;
    poll();
  }
}
void global() {
  auto task = std::bind(work, 1);
  std::thread t(task);
  quit = true;
  t.join();
}

void local() {
  bool done = false;
  std::thread t([&] {
    while (!done)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'done'
      // CHECK-MESSAGES: :[[@LINE+4]]:3: note:
      // CHECK-MESSAGES: :[[@LINE-5]]:8: note:
      poll();
  });
  done = true;
  t.join();
}

template <typename T> class Templated {
public:
  ~Templated() {
    stop = true;
    worker.join();
  }
  void start() {
    worker = std::thread([this] {
      while (!stop)
        // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: task polls 'stop'
        // CHECK-MESSAGES: :[[@LINE-7]]:5: note:
        // CHECK-MESSAGES: :[[@LINE+6]]:8: note:
        poll();
    });
  }

private:
  bool stop = false;
  std::thread worker;
};
template class Templated<int>;

struct Shared {
  bool stop;
};
void useShared(Shared *shared) {
  while (!shared->stop)
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: task polls 'stop'
    // CHECK-MESSAGES: :[[@LINE+7]]:10: note:
    // CHECK-MESSAGES: :[[@LINE-6]]:8: note:
    poll();
}
void sharedLocal() {
  Shared shared{};
  std::thread t(useShared, &shared);
  shared.stop = true;
  t.join();
}

// Right from here on.

class Atomic {
public:
  ~Atomic() {
    stop = true;
    worker.join();
  }

private:
  std::atomic<bool> stop{false};
  std::thread worker{[this] {
    while (!stop)
      poll();
  }};
};

class Locked {
public:
  ~Locked() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      stop = true;
    }
    worker.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stop)
      poll();
  }
  bool stop = false;
  std::mutex mutex;
  std::thread worker{[this] { run(); }};
};

class OwnFlag { // only the task itself uses it
public:
  ~OwnFlag() { worker.join(); }

private:
  void finish() { done = true; }
  bool done = false;
  std::thread worker{[this] {
    while (!done)
      finish();
  }};
};

void beforeAndAfter() {
  bool once = true;
  once = false;
  std::thread t([&] {
    while (once)
      poll();
  });
  t.join();
  once = false;
}

void byValue() {
  bool stop = false;
  std::thread t([stop] {
    while (!stop)
      poll();
  });
  stop = true;
  t.join();
}

class Counted { // a number that the loop counts to is no flag
public:
  void set(int n) { count = n; }
  void start() {
    worker = std::thread([this] {
      for (int i = 0; i < count; ++i)
        poll();
    });
  }

private:
  int count = 3;
  std::thread worker;
};

class NoTask {
public:
  void end() { stop = true; }
  void run() {
    while (!stop)
      poll();
  }

private:
  bool stop = false;
};

class Restarted { // the write starts the loop, it does not end it
public:
  void prepare() { running = true; }
  void start() {
    worker = std::thread([this] {
      while (running)
        poll();
    });
  }

private:
  bool running = false;
  std::thread worker;
};

struct Search {
  bool found = false;
  void finish() { found = true; }
};

void otherObject() {
  std::thread t([] {
    Search own;
    while (!own.found)
      poll();
  });
  Search another;
  another.found = true;
  another.finish();
  t.join();
}
