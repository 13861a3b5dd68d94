// RUN: %check_concord %s %t concord-exposed-primitive --config="{CheckOptions: {concord-exposed-primitive.Strict: true}}"

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

std::unique_lock<std::mutex> onlyHere(std::mutex &m);

#else
#include <future>
#include <memory>
#include <mutex>

class Document {
public:
  std::unique_lock<std::mutex> editing();
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: function 'editing' makes its caller hold a lock; offer an operation that locks inside, or one that takes a callable [concord-exposed-primitive]
  void edit(std::unique_lock<std::mutex> &held);
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: function 'edit' takes a lock from its callers; let it use one of its own, inside [concord-exposed-primitive]
  void save(int version, std::mutex &disk);
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: function 'save' takes a mutex from its callers; {{.*}} [concord-exposed-primitive]
  explicit Document(std::shared_ptr<std::mutex> m);
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: function 'Document' takes a mutex from its callers; {{.*}} [concord-exposed-primitive]
  using Padlock = std::mutex;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: public alias 'Padlock' makes a mutex part of the interface of 'Document'; make it private [concord-exposed-primitive]

  void when(std::future<int> result);
  template <typename L> void with(L &lock);

private:
  using Own = std::mutex;
  void save(std::mutex &disk);
};

class Counter : public std::mutex {
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: class 'Counter' is publicly a mutex, so every caller can use it; make it a private member [concord-exposed-primitive]
public:
  int next();
};
class Quiet : std::mutex {
public:
  int next();
};
class TracedMutex : public std::mutex {};
class Loud : public std::mutex {
public:
  void lock();
  void unlock();
};

// Its name says that it works on the primitive.
void lockBoth(std::mutex &a, std::mutex &b);
bool waitFor(std::unique_lock<std::mutex> &lock, int seconds);

using Mutex = std::mutex;

#endif
