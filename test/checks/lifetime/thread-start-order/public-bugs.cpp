// RUN: %check_concord %s %t concord-thread-start-order --std=c++17,c++20,c++23
// The shapes of mistakes that public projects have made and mended.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

void show(const std::string &);

// A watcher declares its thread before the event that ends it.
class FileWatcher {
public:
  explicit FileWatcher(std::function<void()> changed)
      : changed_(std::move(changed)), worker_([this] { watch(); }) {}
      // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: thread starts before member 'mutex_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor [concord-thread-start-order]
      // CHECK-MESSAGES: :[[@LINE+13]]:39: note: the thread uses 'mutex_' here
      // CHECK-MESSAGES: :[[@LINE+18]]:14: note: 'mutex_' is declared after 'worker_'
  ~FileWatcher() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      end_ = true;
    }
    ended_.notify_all();
    worker_.join();
  }

private:
  void watch() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!ended_.wait_for(lock, std::chrono::seconds(1), [this] { return end_; }))
      changed_();
  }
  std::function<void()> changed_;
  std::thread worker_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
};

// A proxying queue: the thread reads a flag that its own class sets up later.
struct QueueTest {
  std::thread looper{[this] {
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: thread starts before member 'done', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+2]]:13: note: the thread uses 'done' here
  // CHECK-MESSAGES: :[[@LINE+4]]:21: note: 'done' is declared after 'looper'
    while (!done.load(std::memory_order_acquire))
      std::this_thread::yield();
  }};
  std::atomic<bool> done{false};
  ~QueueTest() {
    done = true;
    looper.join();
  }
};

// A display: the buffer that the thread fills comes after it.
class Capture {
public:
  Capture() = default;
  ~Capture() {
    running_ = false;
    thread_->join();
  }

private:
  void fill() {
    while (running_)
      buffer_[0] = 1;
  }
  std::atomic<bool> running_{true};
  std::unique_ptr<std::thread> thread_ = std::make_unique<std::thread>([this] { fill(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: thread starts before member 'buffer_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE-5]]:7: note: the thread uses 'buffer_' here
  // CHECK-MESSAGES: :[[@LINE+1]]:20: note: 'buffer_' is declared after 'thread_'
  std::vector<int> buffer_ = std::vector<int>(64);
};

// A prediction service: thread and guard in the order of importance.
class Prediction {
public:
  explicit Prediction(int steps)
      : thread_(std::bind(&Prediction::refresh, this)), steps_(steps) {}
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: thread starts before member 'lock_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
      // CHECK-MESSAGES: :[[@LINE+6]]:44: note: the thread uses 'lock_' here
      // CHECK-MESSAGES: :[[@LINE+9]]:14: note: 'lock_' is declared after 'thread_'
  ~Prediction() { thread_.join(); }

private:
  void refresh() {
    const std::lock_guard<std::mutex> lock(lock_);
    ++steps_;
  }
  std::thread thread_;
  std::mutex lock_;
  int steps_;
};

// A synthesiser: the constructor lists the thread last, the class does not.
class Synthesiser {
public:
  Synthesiser();
  ~Synthesiser();

private:
  void render();
  std::thread renderer_;
  std::map<int, std::string> voices_;
  bool quit_;
};
// The compiler says so too, if asked.
#pragma clang diagnostic ignored "-Wreorder"
Synthesiser::Synthesiser() : quit_(false), renderer_(&Synthesiser::render, this) {}
// CHECK-MESSAGES: :[[@LINE-1]]:44: warning: thread starts before member 'quit_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
// CHECK-MESSAGES: :[[@LINE+4]]:8: note: the thread uses 'quit_' here
// CHECK-MESSAGES: :[[@LINE-7]]:8: note: 'quit_' is declared after 'renderer_'
Synthesiser::~Synthesiser() { renderer_.join(); }
void Synthesiser::render() {
  if (!quit_)
    show(voices_[0]);
}

// A log: helper threads first, their queue after them.
class Log {
public:
  Log() : reader_(&Log::read, this), writer_([this] { write(); }) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: thread starts before member 'lines_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+11]]:22: note: the thread uses 'lines_' here
  // CHECK-MESSAGES: :[[@LINE+14]]:27: note: 'lines_' is declared after 'reader_'
  // CHECK-MESSAGES: :[[@LINE-4]]:38: warning: thread starts before member 'lines_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+9]]:23: note: the thread uses 'lines_' here
  // CHECK-MESSAGES: :[[@LINE+11]]:27: note: 'lines_' is declared after 'writer_'
  ~Log() {
    reader_.join();
    writer_.join();
  }

private:
  void read() { show(lines_.front()); }
  void write() { show(lines_.back()); }
  std::thread reader_;
  std::thread writer_;
  std::deque<std::string> lines_;
};

// A base class runs the loop of its derived classes.
class Looper {
public:
  Looper() : thread_([this] { loop(); }) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: thread starts in the constructor of 'Looper' and calls 'step', which is pure virtual until a derived class is complete; start it when the object is complete
  // CHECK-MESSAGES: :[[@LINE+9]]:12: note: the thread calls it here
  // CHECK-MESSAGES: :[[@LINE+16]]:8: note: it is overridden here
  virtual ~Looper() { thread_.join(); }

protected:
  virtual bool step() = 0;

private:
  void loop() {
    while (step())
      ;
  }
  std::thread thread_;
};

class Ticker : public Looper {
protected:
  bool step() override { return false; }
};

// A reservation: the condition is declared behind the thread that waits for it.
class Monitor {
public:
  Monitor() : poller_(std::thread(&Monitor::poll, this)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: thread starts before member 'changed_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+7]]:5: note: the thread uses 'changed_' here
  // CHECK-MESSAGES: :[[@LINE+10]]:27: note: 'changed_' is declared after 'poller_'
  ~Monitor() { poller_.join(); }

private:
  void poll() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_; });
  }
  std::mutex mutex_;
  std::thread poller_;
  std::condition_variable changed_;
  bool stop_{false};
};

// An action: the server is built while its thread reports to it.
class Server {
public:
  explicit Server(std::string name) : spinner_{[&] { spin(); }}, name_{std::move(name)} {}
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: thread starts before member 'name_', which it uses, is initialised; declare the thread after it, or start it in the body of the constructor
  // CHECK-MESSAGES: :[[@LINE+5]]:28: note: the thread uses 'name_' here
  // CHECK-MESSAGES: :[[@LINE+6]]:15: note: 'name_' is declared after 'spinner_'
  ~Server() { spinner_.join(); }

private:
  void spin() const { show(name_); }
  std::thread spinner_;
  std::string name_;
};
