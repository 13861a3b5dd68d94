// An object that releases the lock for its scope, and takes it back.
// RUN: %check_concord %s %t concord-call-under-lock
#include <mutex>

class ScopeUnlock {
  std::mutex &mutex;

public:
  explicit ScopeUnlock(std::mutex &m) noexcept : mutex(m) { mutex.unlock(); }
  ~ScopeUnlock() noexcept { mutex.lock(); }
  ScopeUnlock(const ScopeUnlock &) = delete;
  ScopeUnlock &operator=(const ScopeUnlock &) = delete;
};

struct Listener {
  virtual void onTag(int tag) = 0;
};

class Cache {
  std::mutex mutex;
  Listener &listener;

  void tell(int tag) {
    const ScopeUnlock unlock(mutex);
    listener.onTag(tag);
  }

public:
  explicit Cache(Listener &l) : listener(l) {}
  void all() {
    const std::scoped_lock lock(mutex);
    for (int i = 0; i < 3; ++i) {
      const ScopeUnlock unlock(mutex);
      listener.onTag(i);
    }
    listener.onTag(-1);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: virtual function 'onTag' runs while 'mutex' is held; copy what it needs and call it after the lock is released [concord-call-under-lock]
    // CHECK-MESSAGES: :[[@LINE-7]]:28: note: 'mutex' is taken here
  }
  void one() {
    mutex.lock();
    {
      ScopeUnlock unlock{mutex};
      listener.onTag(1);
    }
    tell(2);
    mutex.unlock();
  }
};

// The same with the attributes of clang.
class __attribute__((capability("mutex"))) Mutex {
public:
  void Lock() __attribute__((acquire_capability()));
  void Unlock() __attribute__((release_capability()));
};
class __attribute__((scoped_lockable)) MutexLock {
public:
  explicit MutexLock(Mutex &m) __attribute__((acquire_capability(m)));
  ~MutexLock() __attribute__((release_capability()));
};
class __attribute__((scoped_lockable)) MutexUnlock {
public:
  explicit MutexUnlock(Mutex &m) __attribute__((release_capability(m)));
  ~MutexUnlock() __attribute__((release_capability()));
};

Mutex global;
void annotated(Listener &listener) {
  MutexLock lock(global);
  {
    MutexUnlock unlock(global);
    listener.onTag(1);
  }
  listener.onTag(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: virtual function 'onTag' runs while 'global' is held
}
