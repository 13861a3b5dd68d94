// RUN: %check_concord %s %t concord-call-under-lock
// A function of the unit that runs the callback.
#include <functional>
#include <mutex>

class Session {
public:
  void close() {
    std::lock_guard<std::mutex> guard(mutex);
    notify();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'notify' runs callback 'onClose' while 'mutex' is held; copy what it needs and call it after the lock is released [concord-call-under-lock]
    // CHECK-MESSAGES: :[[@LINE+20]]:5: note: called here
    // CHECK-MESSAGES: :[[@LINE-4]]:33: note: 'mutex' is taken here
  }

  void closeLater() {
    {
      std::lock_guard<std::mutex> guard(mutex);
      open = false;
    }
    notify();
  }

  // It is handed a lambda that is written here.
  void each() {
    std::lock_guard<std::mutex> guard(mutex);
    run([this] { open = false; });
  }

private:
  void notify() {
    onClose();
  }
  static void run(const std::function<void()> &f) { f(); }

  std::mutex mutex;
  bool open = true;
  std::function<void()> onClose;
};
