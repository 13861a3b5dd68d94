// RUN: %check_concord %s %t concord-wait-group
// RUN: %check_concord %s %t concord-wait-group --suffix=,PATHS --config="{CheckOptions: {concord-wait-group.ExceptionPaths: true}}"

// A task that does not count down on every way out.

#include <atomic>
#include <barrier>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

bool prepare();
void work();
void quiet() noexcept;
void report();

void earlyReturn() {
  std::latch done(2);
  const auto task = [&] {
    if (!prepare()) {
      report();
      return;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody counts down 'done', so who waits for it waits for ever; count down on every way out, best in the destructor of a guard [concord-wait-group]
    }
    quiet();
    done.count_down();
  };
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: other ways count down here
  std::jthread first(task), second(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: the task is launched here
  done.wait();
}

static void named(std::latch &done, int number) {
  if (number < 0)
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: after this return nobody counts down 'done'
  done.count_down();
}
void startsNamed() {
  std::latch done(2);
  std::jthread first(named, std::ref(done), 1), second(named, std::ref(done), 2);
  done.wait();
}

void shared() {
  auto done = std::make_shared<std::latch>(1);
  std::thread([done] {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody counts down 'done'
    done->count_down();
  }).detach();
  done->wait();
}

void meets() {
  std::barrier meeting(2);
  std::jthread first([&] {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody counts down 'meeting'
    meeting.arrive_and_wait();
  });
  std::jthread second([&] {
    if (!prepare()) {
      meeting.arrive_and_drop();
      return;
    }
    meeting.arrive_and_wait();
  });
}

void throws() {
  std::latch done(1);
  auto result = std::async(std::launch::async, [&] {
    if (!prepare())
      // CHECK-MESSAGES-PATHS: :[[@LINE-1]]:10: warning: an exception that leaves the task here skips the count down of 'done', so who waits for it waits for ever; count down in the destructor of a guard
      throw std::runtime_error("not prepared");
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this exception nobody counts down 'done'
    done.count_down();
  });
  done.wait();
  result.get();
}

void swallows() {
  std::latch done(1);
  std::thread thread([&] {
    try {
      if (!prepare())
        throw std::runtime_error("not prepared");
      work();
      done.count_down();
    } catch (const std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this handler nobody counts down 'done'
      report();
    }
  });
  done.wait();
  thread.join();
}

void maySwallow() {
  std::latch done(1);
  std::thread thread([&] {
    try {
      work();
      done.count_down();
    } catch (...) {
      // CHECK-MESSAGES-PATHS: :[[@LINE-1]]:7: warning: after this handler nobody counts down 'done'
      report();
    }
  });
  done.wait();
  thread.join();
}

void skipsRounds(const std::vector<int> &numbers) {
  std::latch done(std::ptrdiff_t(numbers.size()));
  std::jthread thread([&] {
    for (const int number : numbers) {
      if (number < 0)
        continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: after this continue nobody counts down 'done'
      work();
      done.count_down();
    }
  });
  done.wait();
}

class Service {
public:
  void start() {
    ++pending;
    std::thread([this] { run(); }).detach();
  }
  void wait() {
    while (pending > 0)
      std::this_thread::yield();
  }

private:
  void run() {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: after this return nobody counts down 'pending'
    work();
    --pending;
  }
  std::atomic<int> pending{0};
};

// Every way counts down.

class CountDown {
public:
  explicit CountDown(std::latch &latch) : latch(latch) {}
  ~CountDown() { latch.count_down(); }

private:
  std::latch &latch;
};

void byGuard() {
  std::latch done(1);
  std::jthread thread([&] {
    const CountDown guard(done);
    if (!prepare())
      return;
    work();
  });
  done.wait();
}

void byDeleter() {
  std::latch done(1);
  std::jthread thread([&] {
    const std::shared_ptr<void> guard(nullptr,
                                      [&](void *) { done.count_down(); });
    if (!prepare())
      return;
    work();
  });
  done.wait();
}

void byHand() {
  std::latch done(1);
  std::jthread thread([&] {
    const auto finish = [&] { done.count_down(); };
    if (!prepare()) {
      finish();
      return;
    }
    quiet();
    done.count_down();
  });
  done.wait();
}

void sameCondition(bool fast) {
  std::latch done(1);
  std::jthread thread([&] {
    if (fast)
      done.count_down();
    quiet();
    if (fast)
      return;
    quiet();
    done.count_down();
  });
  done.wait();
}

void handles() {
  std::latch done(1);
  std::thread thread([&] {
    try {
      work();
      done.count_down();
    } catch (...) {
      done.count_down();
    }
  });
  done.wait();
  thread.join();
}

// Only the last one opens it.
void lastOne() {
  std::latch done(1);
  std::atomic<int> left{2};
  const auto task = [&] {
    quiet();
    if (--left == 0)
      done.count_down();
  };
  std::jthread first(task), second(task);
  done.wait();
}

// It hands its duty over to another task.
void handsOver() {
  std::latch done(1);
  std::jthread thread([&] {
    if (!prepare()) {
      std::thread([&] { done.count_down(); }).detach();
      return;
    }
    quiet();
    done.count_down();
  });
  done.wait();
}

template <typename Latch> void dependent(Latch &done) {
  std::jthread thread([&] {
    if (!prepare())
      return;
    done.count_down();
  });
}
