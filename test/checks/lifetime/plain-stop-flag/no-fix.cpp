// RUN: %check_concord %s %t concord-plain-stop-flag --std=c++17,c++20
#include <cstdio>
#include <thread>
// CHECK-FIXES: #include <thread>
// CHECK-FIXES-NOT: std::atomic

void poll();
void use(bool &flag);

// Found, but what else is done with the flag does not compile with an atomic.

class Printed {
public:
  ~Printed() {
    stop = true;
    std::printf("%d\n", stop);
    worker.join();
  }

private:
  bool stop = false;
  std::thread worker{[this] {
    while (!stop)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'stop'
      poll();
  }};
};

class Together {
public:
  ~Together() {
    stop = true;
    worker.join();
  }

private:
  bool other = false, stop = false;
  std::thread worker{[this] {
    while (!stop && !other)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'stop'
      poll();
  }};
};

class Deduced {
public:
  ~Deduced() {
    stop = true;
    auto copy = stop;
    auto get = [this] { return stop; };
    if (copy == get())
      worker.join();
  }

private:
  bool stop = false;
  std::thread worker{[this] {
    while (!stop)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'stop'
      poll();
  }};
};

class Chained {
public:
  ~Chained() {
    bool all = stop = true;
    if (all)
      worker.join();
  }

private:
  bool stop = false;
  std::thread worker{[this] {
    while (!stop)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'stop'
      poll();
  }};
};

struct Copied {
  bool stop = false;
};
void copied() {
  Copied state;
  std::thread t([&] {
    while (!state.stop)
      // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: task polls 'stop'
      poll();
  });
  state.stop = true;
  Copied another = state;
  t.join();
  (void)another;
}

bool shared = false;
extern bool shared;
void global() {
  std::thread t([] {
    while (!shared)
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: task polls 'shared'
      poll();
  });
  shared = true;
  t.join();
}
