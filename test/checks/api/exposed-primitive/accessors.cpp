// RUN: %check_concord %s %t concord-exposed-primitive

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

std::mutex &Ledger::mutex() { return m; }

long total(Ledger &ledger) {
  const std::scoped_lock lock(ledger.mutex());
  return ledger.sum;
}

static std::mutex &onlyHere();

#else
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>

class Ledger {
public:
  std::mutex &mutex();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: function 'mutex' hands a mutex to its callers; keep it private and offer an operation that uses it inside [concord-exposed-primitive]
  // CHECK-MESSAGES: :[[@LINE-16]]:26: note: code outside the class uses it here
  std::mutex *mutexPointer() const { return &m; }
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: function 'mutexPointer' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]
  std::shared_ptr<std::mutex> shared();
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: function 'shared' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]
  auto &changed() { return condition; }
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: function 'changed' hands a condition variable to its callers; {{.*}} [concord-exposed-primitive]
  operator std::mutex &() { return m; }
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: function 'operator std::mutex &' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]
  static std::mutex &global();
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: function 'global' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]
  virtual std::mutex &forDerived();
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: function 'forDerived' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]

  std::future<long> later();
  long sum = 0;

private:
  std::mutex &hidden();
  mutable std::mutex m;
  std::condition_variable condition;
};

std::mutex &outputMutex();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: function 'outputMutex' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]

// Right: the base has decided, and was told.
class SubLedger : public Ledger {
public:
  std::mutex &forDerived() override;
};

// A factory's result is the caller's own.
std::unique_ptr<std::mutex> makeMutex();

// A lock object is the wide form: see strict.cpp.
class Document {
public:
  std::unique_lock<std::mutex> lockForEditing();
  void edit(std::unique_lock<std::mutex> &lock);
  void edit(std::mutex &m);

private:
  std::mutex m;
};

template <typename Lockable> class Holder {
public:
  Lockable &lockable() { return held; }
  template <typename L> L &as();

private:
  Lockable held;
};
inline void hold() { Holder<std::mutex>().lockable().lock(); }

#endif
