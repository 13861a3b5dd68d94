// RUN: %check_concord %s %t concord-racy-capture

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <map>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

int compute(int);

void atomic() {
  std::atomic<int> c = 0;
  std::thread a([&] { c++; });
  std::thread b([&] { c++; });
  a.join();
  b.join();
}

void guards() {
  int c = 0;
  std::mutex m;
  std::thread a([&] {
    std::lock_guard<std::mutex> g(m);
    ++c;
  });
  std::thread b([&] {
    std::scoped_lock g(m);
    ++c;
  });
  a.join();
  b.join();
  compute(c);
}

void oneElementEach() {
  std::vector<int> v(8);
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i)
    ts.emplace_back([&v, i] { v[i] = compute(i); });
  for (auto &t : ts)
    t.join();
  compute(v[0]);
}

void joinedInBetween() {
  int c = 0;
  std::thread a([&] { c++; });
  a.join();
  c++;
  std::thread b([&] { c++; });
  b.join();
}

void readsOnly() {
  std::vector<int> v(8);
  std::thread a([&] { compute(v[0]); });
  std::thread b([&] { compute(v.size()); });
  a.join();
  b.join();
}

void future() {
  int c = 0;
  auto f = std::async(std::launch::async, [&] { c = 1; });
  f.get();
  compute(c);
}

void conditionVariable() {
  bool ready = false;
  std::mutex m;
  std::condition_variable cv;
  int d = 0;
  std::thread a([&] {
    {
      std::lock_guard<std::mutex> g(m);
      d = 1;
      ready = true;
    }
    cv.notify_one();
  });
  {
    std::unique_lock<std::mutex> l(m);
    cv.wait(l, [&] { return ready; });
  }
  compute(d);
  a.join();
}

void polledFlag() {
  bool stop = false;
  std::thread a([&] {
    while (!stop)
      compute(1);
  });
  stop = true;
  a.join();
}

void differentObjects() {
  int x = 0, y = 0;
  std::thread a([&] { x = 1; });
  std::thread b([&] { y = 1; });
  a.join();
  b.join();
  compute(x + y);
}

struct D {
  int x, y;
};

void differentFields() {
  D d{};
  std::thread a([&] { d.x = 1; });
  std::thread b([&] { d.y = 1; });
  a.join();
  b.join();
}

void promiseFirst() {
  int v = 0;
  std::promise<void> p;
  auto f = p.get_future();
  std::thread a([&] {
    f.wait();
    compute(v);
  });
  v = 42;
  p.set_value();
  a.join();
}

void spinOnAnAtomic() {
  int v = 0;
  std::atomic<bool> ready{false};
  std::thread a([&] {
    v = 42;
    ready.store(true);
  });
  std::thread b([&] {
    while (!ready.load())
      std::this_thread::yield();
    compute(v);
  });
  a.join();
  b.join();
}

void lockedByHand() {
  int c = 0;
  std::mutex m;
  auto work = [&] {
    for (int i = 0; i < 9; ++i) {
      m.lock();
      ++c;
      m.unlock();
    }
  };
  std::thread a(work), b(work);
  a.join();
  b.join();
}

struct Safe {
  std::mutex m;
  int n = 0;
  void add() {
    std::lock_guard<std::mutex> g(m);
    ++n;
  }
};

void memberFunctionLocks() {
  Safe c;
  std::thread a([&] { c.add(); });
  std::thread b([&] { c.add(); });
  a.join();
  b.join();
}

void memberFunctionPointer() {
  Safe c;
  std::thread a(&Safe::add, &c);
  std::thread b(&Safe::add, &c);
  a.join();
  b.join();
}

struct Ext {
  void add();
  int get() const;
};

void unseenMemberFunction() {
  Ext c;
  std::thread a([&] { c.add(); });
  std::thread b([&] { c.add(); });
  a.join();
  b.join();
}

void ext(int &);

void unseenFunction() {
  int c = 0;
  std::thread a([&] { ext(c); });
  std::thread b([&] { ext(c); });
  a.join();
  b.join();
}

void differentElements() {
  std::array<int, 4> a{};
  std::thread s([&] { a[0] = 1; });
  std::thread t([&] { a[1] = 2; });
  s.join();
  t.join();
}

void semaphore() {
  int c = 0;
  std::binary_semaphore s{1};
  auto f = [&] {
    s.acquire();
    ++c;
    s.release();
  };
  std::thread a(f), b(f);
  a.join();
  b.join();
}

void onceOnly() {
  std::once_flag o;
  int v = 0;
  auto f = [&] {
    std::call_once(o, [&] { v = 1; });
    compute(v);
  };
  std::thread a(f), b(f);
  a.join();
  b.join();
}

void joinedInTheIteration() {
  std::vector<int> v(4);
  for (auto &x : v) {
    std::thread t([&x] { ++x; });
    t.join();
  }
}

void elementByReference() {
  std::vector<int> v(4);
  std::vector<std::thread> ts;
  for (auto &x : v)
    ts.emplace_back([&x] { ++x; });
  for (auto &t : ts)
    t.join();
}

void latch() {
  int r = 0;
  std::latch done{1};
  std::jthread t([&] {
    r = 42;
    done.count_down();
  });
  done.wait();
  compute(r);
}

void sharedLock() {
  int d = 0;
  std::shared_mutex m;
  std::thread w([&] {
    std::unique_lock l(m);
    d = 1;
  });
  std::thread r([&] {
    std::shared_lock l(m);
    compute(d);
  });
  w.join();
  r.join();
}

void work(int id, std::vector<int> &out) { out[id] = id; }

void slotByArgument() {
  std::vector<int> o(4);
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back(work, i, std::ref(o));
  for (auto &t : ts)
    t.join();
}

void chunk(const std::vector<int> &in, size_t b, size_t e, long &out) {
  for (; b < e; ++b)
    out += in[b];
}

void outputEach() {
  std::vector<int> v(100);
  long x = 0, y = 0;
  std::thread a(chunk, std::cref(v), 0, 50, std::ref(x));
  std::thread b(chunk, std::cref(v), 50, 100, std::ref(y));
  a.join();
  b.join();
}

void elementArgument() {
  std::vector<int> v(100);
  std::vector<long> p(4);
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back(chunk, std::cref(v), i * 25, i * 25 + 25, std::ref(p[i]));
  for (auto &t : ts)
    t.join();
}

void lk(std::mutex &m, int &c) {
  std::lock_guard<std::mutex> g(m);
  ++c;
}

void mutexArgument() {
  int c = 0;
  std::mutex m;
  std::thread a(lk, std::ref(m), std::ref(c));
  std::thread b(lk, std::ref(m), std::ref(c));
  a.join();
  b.join();
}

std::mutex gm;

void globalMutex() {
  int c = 0;
  auto f = [&] {
    std::lock_guard g(gm);
    ++c;
  };
  std::thread a(f), b(f);
  a.join();
  b.join();
}

void localOfTheIteration() {
  for (int i = 0; i < 3; ++i) {
    int c = 0;
    std::thread t([&] { ++c; });
    t.join();
    compute(c);
  }
}

void oneAfterTheOther() {
  std::string s;
  std::thread t([&] { s = "a"; });
  t.join();
  s += "b";
  std::jthread u([&] { s += "c"; });
}

void copies() {
  int c = 0;
  std::thread a([c]() mutable { ++c; });
  std::thread b([c]() mutable { ++c; });
  a.join();
  b.join();
}

void lockAroundTheWrite() {
  std::vector<std::thread> ts;
  std::mutex m;
  std::vector<int> out;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&, i] {
      int r = compute(i);
      std::lock_guard lock(m);
      out.push_back(r);
    });
  for (auto &t : ts)
    t.join();
  for (int x : out)
    compute(x);
}

void barrier() {
  std::barrier b(2);
  int x = 0, y = 0;
  std::thread t([&] {
    x = 1;
    b.arrive_and_wait();
    compute(y);
  });
  std::thread u([&] {
    y = 1;
    b.arrive_and_wait();
    compute(x);
  });
  t.join();
  u.join();
}

void deferred() {
  int v = 0;
  auto f = std::async(std::launch::deferred, [&] { v = 1; });
  v = 2;
  f.get();
}

void elementsOfAParameter(std::vector<std::string> &names) {
  std::vector<std::future<void>> fs;
  for (size_t i = 0; i < names.size(); ++i)
    fs.push_back(std::async(std::launch::async, [&names, i] {
      names[i] += "x";
      names.at(i).push_back('y');
    }));
  for (auto &f : fs)
    f.get();
}

void spinLock() {
  std::atomic_flag l = ATOMIC_FLAG_INIT;
  int c = 0;
  auto f = [&] {
    while (l.test_and_set())
      ;
    ++c;
    l.clear();
  };
  std::thread a(f), b(f);
  a.join();
  b.join();
}
