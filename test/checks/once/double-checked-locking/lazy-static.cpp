// RUN: %check_concord %s %t concord-double-checked-locking --config="{CheckOptions: {concord-double-checked-locking.UnlockedLazyStatics: true}}"

#include <mutex>

class Registry {
public:
  static Registry *get() {
    if (!instance)
      // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'instance' is initialised on first use without a lock, in a class that locks elsewhere; initialise it in a function-local static or through a once flag [concord-double-checked-locking]
      // CHECK-MESSAGES: :[[@LINE+1]]:7: note: set here
      instance = new Registry;
    return instance;
  }
  void add() {
    std::lock_guard<std::mutex> lock(mutex);
    ++count;
  }

private:
  static Registry *instance;
  std::mutex mutex;
  int count = 0;
};

// Nothing here says that there are threads.
class Settings {
public:
  static Settings *get() {
    if (!instance)
      instance = new Settings;
    return instance;
  }

private:
  static Settings *instance;
};
