// RUN: %check_concord %s %t concord-racy-capture

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

int compute(int);

void queue() {
  std::queue<int> q;
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  std::thread p([&] {
    for (int i = 0; i < 10; ++i) {
      {
        std::lock_guard<std::mutex> l(m);
        q.push(i);
      }
      cv.notify_one();
    }
    {
      std::lock_guard<std::mutex> l(m);
      done = true;
    }
    cv.notify_all();
  });
  std::thread c([&] {
    while (true) {
      std::unique_lock<std::mutex> l(m);
      cv.wait(l, [&] { return !q.empty() || done; });
      if (q.empty())
        return;
      q.pop();
    }
  });
  p.join();
  c.join();
}

void waitedFuture() {
  int a = 0;
  std::future<void> f = std::async([&] { a = 1; });
  f.wait();
  std::cout << a;
  a = 2;
}

void joinedIfJoinable() {
  int n = 0;
  std::thread t([&] { n = 1; });
  if (t.joinable())
    t.join();
  n = 2;
}
class W {
  std::mutex m;
  std::vector<int> v;
  void run() {
    std::thread a([this] { add(1); });
    std::thread b([this] { add(2); });
    a.join();
    b.join();
  }
  void add(int x) {
    std::lock_guard g(m);
    v.push_back(x);
  }
};

void referenceToTheSlot() {
  std::vector<std::vector<int>> parts(4);
  std::vector<std::thread> ts;
  for (size_t i = 0; i < 4; ++i)
    ts.emplace_back([&parts, i] {
      auto &mine = parts[i];
      mine.push_back(1);
      mine.clear();
    });
  for (auto &t : ts)
    t.join();
}

void recordPerTask() {
  struct Slot {
    int r;
    std::string s;
  };
  Slot slots[4];
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&slots, i] {
      slots[i].r = i;
      slots[i].s = "x";
    });
  for (auto &t : ts)
    t.join();
}

void exceptionPointer() {
  std::exception_ptr ep;
  std::thread t([&] {
    try {
      compute(1);
    } catch (...) {
      ep = std::current_exception();
    }
  });
  t.join();
  if (ep)
    std::rethrow_exception(ep);
}

void claimedByAnAtomic() {
  std::atomic<int> idx{0};
  std::vector<int> in(100), out(100);
  auto w = [&] {
    for (;;) {
      int i = idx.fetch_add(1);
      if (i >= 100)
        return;
      out[i] = in[i];
    }
  };
  std::thread a(w), b(w);
  w();
  a.join();
  b.join();
}

void readsThroughAPointer() {
  std::unique_ptr<int> p = std::make_unique<int>(1);
  std::thread a([&] { compute(*p); });
  std::thread b([&] { compute(*p); });
  a.join();
  b.join();
}

void deferredLock() {
  int total = 0;
  std::mutex m;
  std::vector<std::thread> v;
  for (int i = 0; i < 4; i++) {
    v.push_back(std::thread([&total, &m, i]() {
      std::unique_lock<std::mutex> lk(m, std::defer_lock);
      int x = compute(i);
      lk.lock();
      total += x;
    }));
  }
  for (std::thread &t : v) {
    t.join();
  }
  std::cout << total << '\n';
}
template <class F> void parallel(int n, F f) {
  std::vector<std::thread> ts;
  for (int i = 0; i < n; ++i)
    ts.emplace_back([&f, i] { f(i); });
  for (auto &t : ts)
    t.join();
}

void helperWithCallable() {
  std::vector<int> v(4);
  parallel(4, [&](int i) { v[i] = i; });
}

void promiseAtTheEnd() {
  std::promise<int> p;
  int x = 0;
  std::thread t([&p, &x] {
    x = 3;
    p.set_value(1);
  });
  p.get_future().get();
  x = 4;
  t.join();
}

void twoSums() {
  std::vector<int> v(10);
  int sum1 = 0, sum2 = 0;
  std::thread a([&] {
    for (int i = 0; i < 5; ++i)
      sum1 += v[i];
  });
  for (int i = 5; i < 10; ++i)
    sum2 += v[i];
  a.join();
  std::cout << sum1 + sum2;
}

void lockedLambda() {
  std::string log;
  std::mutex m;
  auto say = [&](const char *t) {
    std::lock_guard g(m);
    log += t;
  };
  std::thread a([&] { say("a"); });
  std::thread b([&] { say("b"); });
  say("c");
  a.join();
  b.join();
}

void optionalThread(bool par) {
  int r = 0;
  std::optional<std::thread> t;
  if (par)
    t.emplace([&] { r = 1; });
  else
    r = 2;
  if (t)
    t->join();
  std::cout << r;
}

void constVector() {
  std::ostringstream *o = nullptr;
  const std::vector<int> v(3);
  std::thread a([&] {
    for (int x : v)
      compute(x);
  });
  std::thread b([&] {
    for (int x : v)
      compute(x);
  });
  a.join();
  b.join();
  (void)o;
}
struct Scope {
  std::thread t;
  ~Scope() { t.join(); }
};

void scopedThread() {
  int x = 0;
  {
    Scope s{std::thread([&] { x = 1; })};
  }
  x = 2;
}

void readerTasks() {
  int x = 0;
  std::vector<std::future<int>> fs;
  for (int i = 0; i < 3; ++i)
    fs.push_back(std::async([&x, i] { return x + i; }));
  for (auto &f : fs)
    x += f.get();
}

void guardOfItsOwn() {
  std::mutex m;
  int balance = 0;
  struct Lk {
    std::mutex &m;
    Lk(std::mutex &m) : m(m) { m.lock(); }
    ~Lk() { m.unlock(); }
  };
  auto f = [&] {
    Lk l(m);
    balance++;
  };
  std::thread a(f), b(f);
  a.join();
  b.join();
}

void threadLocal() {
  thread_local int tl = 0;
  std::thread a([] { tl++; });
  std::thread b([] { tl++; });
  a.join();
  b.join();
}

void launcherWaits() {
  volatile bool stop = false;
  int n = 0;
  std::thread t([&] {
    while (!stop) {
      n++;
    }
  });
  std::this_thread::sleep_for(std::chrono::seconds(1));
  stop = true;
  t.join();
  std::cout << n;
}

void joiningThreads() {
  std::mutex m;
  std::vector<int> r;
  auto add = [&m, &r](int x) {
    std::scoped_lock l{m};
    r.emplace_back(x);
  };
  std::jthread a(add, 1), b(add, 2), c{add, 3};
}

void containerJoinedIfJoinable() {
  int n = 0;
  std::vector<std::thread> ts;
  std::mutex m;
  for (int i = 0; i < 3; ++i)
    ts.emplace_back([&] {
      std::lock_guard g(m);
      n++;
    });
  for (auto &t : ts)
    if (t.joinable())
      t.join();
  std::cout << n;
}

void oneThenTheOther() {
  int n = 0;
  std::thread a([&] { n = 1; });
  std::thread b;
  if (a.joinable()) {
    a.join();
  }
  b = std::thread([&] { n = 2; });
  if (b.joinable())
    b.join();
  std::cout << n;
}
