// RUN: %check_concord %s %t concord-use-after-end
#include <exception>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

int measure();
void work();
bool flag();
void renew(std::thread &);
void renewLater(std::thread *);
void consume(std::thread &&);

void assigned() {
  std::thread t(work);
  t.join();
  t = std::thread(work);
  t.join();
  renew(t);
  t.join();
  renewLater(&t);
  t.join();
}

void maybeRenewed() {
  std::thread t(work);
  t.join();
  if (flag())
    t = std::thread(work);
  t.join();
}

void tested() {
  std::thread t(work);
  if (flag())
    t.join();
  if (t.joinable())
    t.join();
  std::future<int> f = std::async(measure);
  f.get();
  if (f.valid())
    f.get();
}

void eitherWay(bool now) {
  std::thread t(work);
  if (now)
    t.join();
  if (!now)
    t.detach();
  std::promise<int> p;
  if (flag())
    p.set_value(1);
  else
    p.set_value(2);
}

void shared(std::shared_future<int> f) {
  f.get();
  f.get();
}

void failure(std::promise<int> p) {
  try {
    p.set_value(measure());
  } catch (...) {
    p.set_exception(std::current_exception());
  }
}

void elements(std::vector<std::thread> &ts, std::vector<std::future<int>> &fs) {
  for (std::thread &t : ts)
    t.join();
  for (std::size_t i = 0; i != fs.size(); ++i)
    fs[i].get();
  for (auto it = ts.begin(); it != ts.end(); ++it)
    it->join();
  for (auto *p = ts.data(); p != ts.data() + ts.size(); ++p)
    p->join();
}

void eachIteration() {
  for (int i = 0; i < 3; ++i) {
    std::thread t(work);
    t.join();
  }
  std::future<int> f;
  for (;;) {
    f = std::async(measure);
    if (f.get() == 0)
      return;
  }
}

void movedBack() {
  std::thread a(work), b;
  b = std::move(a);
  a = std::move(b);
  a.join();
  std::thread c(work);
  c.swap(a);
  a.join();
}

struct Pool {
  std::thread thread;
  std::promise<void> done;
  void start() { thread = std::thread(work); }
  void restart() {
    thread.join();
    start();
    thread.join();
  }
};

void reset() {
  std::packaged_task<void()> task(work);
  task();
  task.reset();
  task();
  auto p = std::make_unique<std::promise<int>>();
  p->set_value(1);
  p = std::make_unique<std::promise<int>>();
  p->set_value(2);
}

void searched(const std::vector<int> &values, std::promise<int> p) {
  for (int v : values)
    if (v == 3)
      p.set_value(v);
}

void throughLambda() {
  std::thread t(work);
  auto again = [&] { t = std::thread(work); };
  t.join();
  again();
  t.join();
}
