// RUN: %check_concord %s %t concord-lock-order
#include <mutex>
#include <thread>

std::mutex a, b, c, d, gate;
int n;

void forward() {
  std::lock_guard<std::mutex> first(a);
  std::lock_guard<std::mutex> second(b);
  ++n;
}
void backward() {
  std::lock_guard<std::mutex> first(b);
  ++n;
  std::lock_guard<std::mutex> second(a);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'a' is locked after 'b' here, but elsewhere before it, so that two threads can wait for each other; keep one order, or lock both at once [concord-lock-order]
  // CHECK-MESSAGES: :[[@LINE-4]]:31: note: 'b' is taken here
  // CHECK-MESSAGES: :[[@LINE-3]]:31: note: then 'a' is taken here
  // CHECK-MESSAGES: :[[@LINE-10]]:31: note: the other order: 'b' after 'a'
}
// One pair, one finding.
void backwardAgain() {
  std::lock_guard<std::mutex> first(b);
  std::lock_guard<std::mutex> second(a);
}

// Through calls.
class Child;
class Parent {
public:
  void update(Child &child);
  void changed() {
    std::lock_guard<std::mutex> lock(m);
    ++n;
  }
  std::mutex m;
};
class Child {
public:
  void refresh() {
    std::lock_guard<std::mutex> lock(m);
    ++n;
  }
  void tell(Parent &parent) {
    std::lock_guard<std::mutex> lock(m);
    parent.changed();
  }
  std::mutex m;
};
void Parent::update(Child &child) {
  std::lock_guard<std::mutex> lock(m);
  child.refresh();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'child.m' is locked after 'm' here, but elsewhere before it
}

// Local locks of two tasks.
void tasks() {
  std::mutex left, right;
  std::thread one([&] {
    std::lock_guard<std::mutex> first(left);
    std::lock_guard<std::mutex> second(right);
  });
  std::thread two([&] {
    std::lock_guard<std::mutex> first(right);
    std::lock_guard<std::mutex> second(left);
    // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'left' is locked after 'right' here
  });
  one.join();
  two.join();
}

// Right: one order everywhere.
void sameOrder() {
  std::lock_guard<std::mutex> first(c);
  std::lock_guard<std::mutex> second(d);
}
void sameOrderAgain() {
  c.lock();
  d.lock();
  d.unlock();
  c.unlock();
}
// Right: both at once, attempts, one after the other.
void atOnce() {
  std::scoped_lock both(d, c);
  std::unique_lock<std::mutex> first(gate, std::defer_lock);
  std::unique_lock<std::mutex> second(n > 0 ? gate : a, std::defer_lock);
}
void deferred() {
  std::unique_lock<std::mutex> first(d, std::defer_lock);
  std::unique_lock<std::mutex> second(c, std::defer_lock);
  std::lock(first, second);
}
void attempt() {
  std::lock_guard<std::mutex> first(d);
  if (c.try_lock())
    c.unlock();
}
void oneAfterTheOther() {
  { std::lock_guard<std::mutex> first(d); }
  std::lock_guard<std::mutex> second(c);
}
void runsLater() {
  std::lock_guard<std::mutex> first(d);
  std::thread([] { std::lock_guard<std::mutex> second(c); }).detach();
}
// Right: a third lock keeps both apart.
std::mutex e, f;
void gated() {
  std::lock_guard<std::mutex> outer(gate);
  std::lock_guard<std::mutex> first(e);
  std::lock_guard<std::mutex> second(f);
}
void gatedToo() {
  std::lock_guard<std::mutex> outer(gate);
  std::lock_guard<std::mutex> first(f);
  std::lock_guard<std::mutex> second(e);
}
// Right: nobody else knows the object yet.
struct Owner {
  Owner() {
    std::lock_guard<std::mutex> first(mine);
    std::lock_guard<std::mutex> second(gate);
  }
  void use() {
    std::lock_guard<std::mutex> first(gate);
    std::lock_guard<std::mutex> second(mine);
  }
  std::mutex mine;
};
