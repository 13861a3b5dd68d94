// RUN: %check_concord %s %t concord-stop-token-parameter --std=c++20

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

void step(std::stop_token stop = {});
void copy(std::stop_token stop, int count);
void load(int number);
void load(std::stop_token stop, int number);

void optional(std::stop_token stop) {
  step();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'stop' is not handed on, so a stop request does not reach 'step'; pass it [concord-stop-token-parameter]
  // CHECK-MESSAGES: :[[@LINE-8]]:{{[0-9]+}}: note: this function takes a stop token
  copy({}, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'copy' gets an empty stop token although 'stop' is at hand, so a stop request does not reach it; pass 'stop'
  // CHECK-MESSAGES: :[[@LINE-10]]:{{[0-9]+}}: note:
  copy(std::stop_token(), 2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'copy' gets an empty stop token
  load(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'stop' is not handed on although an overload of 'load' takes a stop token; pass it
}

class Job {
public:
  void run(std::stop_token stop) {
    prepare();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' is not handed on, so a stop request does not reach 'prepare'
    std::unique_lock lock(m);
    changed.wait(lock, [this] { return ready; });
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'stop' is not handed to this wait, so a stop request does not end it; pass it after the lock
  }

private:
  void prepare(std::stop_token stop = std::stop_token{});
  std::mutex m;
  std::condition_variable_any changed;
  bool ready = false;
};

void captured(std::stop_token stop) {
  auto inner = [stop] {
    step();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' is not handed on
  };
  inner();
}

// Right.

void passes(std::stop_token stop, std::stop_token other) {
  step(stop);
  step(other);
  copy(std::move(stop), 1);
  load(other, 3);
}

void noToken() {
  step();
  copy({}, 1);
  load(3);
}

// The overload that the other stands for.
void load(std::stop_token, int number) { load(number); }

// The stop has been requested, and what cleans up must not be stopped.
void cleansUp(std::stop_token stop) {
  if (stop.stop_requested()) {
    copy({}, 0);
    return;
  }
  while (!stop.stop_requested())
    step(stop);
  copy({}, 1);
}

// A callback wakes the wait.
void wakes(std::stop_token stop, std::condition_variable_any &changed,
           std::mutex &m) {
  std::stop_callback wake(stop, [&] { changed.notify_all(); });
  std::unique_lock lock(m);
  changed.wait(lock, [&] { return stop.stop_requested(); });
}
void passesToWait(std::stop_token stop, std::condition_variable_any &changed,
                  std::mutex &m) {
  std::unique_lock lock(m);
  changed.wait(lock, stop, [] { return false; });
  changed.wait(lock, [&] { return stop.stop_requested(); });
}
