// RUN: %check_concord %s %t concord-call-under-lock
// RUN: %check_concord %s %t concord-call-under-lock --suffix=ALL --config="{CheckOptions: {concord-call-under-lock.VirtualCalls: true, concord-call-under-lock.VirtualCallsOnThis: true}}"
// Virtual functions of listeners, template methods, signals.
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void onData(int);
  virtual int priority() const;
};

struct Codec {
  virtual ~Codec() = default;
  virtual void encode(int);
};

struct FinalListener final : Listener {
  void onData(int) override;
};

#define emit
class QObject;

template <typename Signature> class signal;
template <typename R, typename... A> class signal<R(A...)> {
public:
  void operator()(A...) const {}
};

class Source {
public:
  void tell(int n) {
    std::lock_guard<std::mutex> guard(mutex);
    for (auto &listener : listeners)
      listener->onData(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: virtual function 'onData' runs while 'mutex' is held
    codec->encode(n);
    // CHECK-MESSAGES-ALL: :[[@LINE-1]]:12: warning: virtual function 'encode' runs while 'mutex' is held
    exact.onData(n);
    last->onData(n);
    changed(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: callback 'changed' runs while 'mutex' is held
    emit announced(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: signal 'announced' runs while 'mutex' is held
    write(n);
    // CHECK-MESSAGES-ALL: :[[@LINE-1]]:5: warning: virtual function 'write' runs while 'mutex' is held
    Source::write(n);
  }

  void later(int n) {
    std::unique_lock<std::mutex> guard(mutex);
    guard.unlock();
    emit announced(n);
  }

  void announced(int);

protected:
  virtual void write(int);

private:
  std::mutex mutex;
  std::vector<std::shared_ptr<Listener>> listeners;
  Codec *codec = nullptr;
  Listener exact;
  FinalListener *last = nullptr;
  signal<void(int)> changed;
};
