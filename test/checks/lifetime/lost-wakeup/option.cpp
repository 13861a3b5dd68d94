// RUN: %check_concord %s %t concord-lost-wakeup --config='{CheckOptions: {concord-lost-wakeup.UnlockedChanges: false}}'
// The option UnlockedChanges leaves only what surely hangs.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

class Unlocked {
public:
  Unlocked() : thread_([this] { run(); }) {}
  ~Unlocked() {
    stop_ = true;
    changed_.notify_all();
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_.load(); });
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class NotNotified {
public:
  NotNotified() : thread_([this] { run(); }) {}
  ~NotNotified() {
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' is set and the thread joined without a notify of 'changed_', on which the thread may sleep for ever; notify it after setting the flag [concord-lost-wakeup]
    // CHECK-MESSAGES: :[[@LINE+8]]:14: note: the thread waits here
    // CHECK-MESSAGES: :[[@LINE+1]]:13: note: the thread is joined here
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_.load(); });
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
