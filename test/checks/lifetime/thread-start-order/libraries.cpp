// RUN: %check_concord %s %t concord-thread-start-order
// REQUIRES: boost
#include <boost/thread.hpp>

#include <string>

void use(const std::string &);

// Wrong.

class Early {
public:
  Early() : thread_(&Early::run, this) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread starts before member 'name_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor [concord-thread-start-order]
  // CHECK-MESSAGES: :[[@LINE+5]]:20: note: the thread uses 'name_' here
  // CHECK-MESSAGES: :[[@LINE+6]]:15: note: 'name_' is declared after 'thread_'
  ~Early() { thread_.join(); }

private:
  void run() { use(name_); }
  boost::thread thread_;
  std::string name_;
};

class Bound {
public:
  Bound() : thread_(boost::bind(&Bound::run, this)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread starts before member 'mutex_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+5]]:53: note: the thread uses 'mutex_' here
  // CHECK-MESSAGES: :[[@LINE+6]]:16: note: 'mutex_' is declared after 'thread_'
  ~Bound() { thread_.join(); }

private:
  void run() { const boost::mutex::scoped_lock lock(mutex_); }
  boost::thread thread_;
  boost::mutex mutex_;
};

class Virtual {
public:
  Virtual() { thread_ = boost::thread([this] { run(); }); }
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: thread starts in the constructor of 'Virtual' and calls 'run', which is pure virtual until a derived class is complete; start it when the object is complete
  // CHECK-MESSAGES: :[[@LINE-2]]:48: note: the thread calls it here
  virtual ~Virtual() { thread_.join(); }
  virtual void run() = 0;

private:
  boost::thread thread_;
};

// Right.

class Last {
public:
  Last() : thread_(&Last::run, this) {}
  ~Last() { thread_.join(); }

private:
  void run() { use(name_); }
  std::string name_;
  boost::thread thread_;
};
