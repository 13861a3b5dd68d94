// What runs, and on what.
// RUN: %check_debug %s %t concord-debug-launches
#include <functional>
#include <future>
#include <memory>
#include <thread>

void work();
void take(int);
template <class T> void pattern(T) {}

struct Job {
  void run();
  void operator()() const;
  static void shared();
  std::function<void()> callback;
};

void entries(Job &job, std::function<void()> unknown, void (*pointer)()) {
  std::jthread a(&work);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches work; handle local a that waits
  std::jthread b(pattern<int>, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches pattern; handle local b
  std::jthread c(&Job::run, &job);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches run on an object, pointer job; handle local c
  std::jthread d(std::bind(&Job::run, &job));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches run on an object, pointer job; handle local d
  std::jthread e(std::ref(job));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches operator()
  std::jthread f(Job{});
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches operator()
  std::jthread g(Job::shared);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches shared
  std::jthread h(unknown);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches unknown
  std::jthread i(pointer);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches unknown
  std::jthread j(job.callback);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches unknown
  auto lambda = [] { work(); };
  std::jthread k(lambda);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda named lambda
  std::jthread l(std::function<void()>([] { work(); }));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda; handle local l
  std::packaged_task<void()> task([] { work(); });
  std::jthread m(std::move(task));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda named task
  std::jthread n(+[] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda; handle local n
  std::jthread o([](auto x) { take(x); }, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches lambda; handle local o
  std::jthread p(std::bind(std::bind(take, 1)));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: launches take
}
