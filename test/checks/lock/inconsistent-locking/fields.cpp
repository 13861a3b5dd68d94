// RUN: %check_concord %s %t concord-inconsistent-locking --std=c++17,c++20,c++23

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

class Gauge {
public:
  void set(int To) {
    std::lock_guard<std::mutex> lock(mutex);
    level = To;
  }
  int get() const { return level; }
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'level' is read here without 'mutex', under which it is changed elsewhere; take the lock here too [concord-inconsistent-locking]
  // CHECK-MESSAGES: :[[@LINE-4]]:5: note: changed under 'mutex' here

private:
  mutable std::mutex mutex;
  int level = 0;
};

class Log {
public:
  void add(const std::string &Line) {
    std::scoped_lock lock(mutex);
    lines.push_back(Line);
  }
  std::vector<std::string> all() const {
    std::scoped_lock lock(mutex);
    return lines;
  }
  void clear() { lines.clear(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'lines' is changed here without 'mutex'

private:
  mutable std::mutex mutex;
  std::vector<std::string> lines;
};

// The body of a task has no lock but its own.
class Poller {
public:
  void start() {
    thread = std::thread([this] {
      ++rounds;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'rounds' is changed here without 'mutex'
    });
  }
  int count() {
    std::lock_guard<std::mutex> lock(mutex);
    return rounds++;
  }
  void reset() {
    std::lock_guard<std::mutex> lock(mutex);
    rounds = 0;
  }
  ~Poller() { thread.join(); }

private:
  std::mutex mutex;
  std::thread thread;
  int rounds = 0;
};

class Right {
public:
  Right() { value = 1; }
  ~Right() { value = 0; }
  Right &operator=(const Right &) {
    value = 2;
    return *this;
  }
  void set(int To) {
    std::lock_guard<std::mutex> lock(mutex);
    value = To;
    helper(To);
  }
  void twice() {
    std::unique_lock<std::mutex> lock(mutex);
    helper(1);
    changed.wait(lock, [this] { return value > 1; });
  }
  int valueLocked() const { return value; }
  void initialise() { value = 3; }
  void cleanUp() { value = 4; }
  void stop() { all.clear(); }
  void add() {
    std::lock_guard<std::mutex> lock(mutex);
    all.push_back(1);
  }

  // What the lock is not about.
  const std::string &name() const { return label; }
  int hits() const { return counted; }
  void hit() {
    std::lock_guard<std::mutex> lock(mutex);
    ++counted;
    (void)label.size();
  }

  // Set before the thread starts, read after it has ended.
  void run() {
    result = 0;
    std::thread Task([this] {
      std::lock_guard<std::mutex> lock(mutex);
      result = 1;
    });
    Task.join();
    value = result;
  }

private:
  // Only called with the lock.
  void helper(int By) {
    value += By;
    deeper();
  }
  void deeper() { value *= 2; }

  std::mutex mutex;
  std::condition_variable changed;
  int value = 0;
  int result = 0;
  std::vector<int> all;
  std::string label = "right";
  std::atomic<int> counted{0};
};

// The only one who writes may read without the lock.
class OneWriter {
public:
  void step() {
    int Next = position + 1;
    std::lock_guard<std::mutex> lock(mutex);
    position = Next;
  }
  int get() {
    std::lock_guard<std::mutex> lock(mutex);
    return position;
  }

private:
  std::mutex mutex;
  int position = 0;
};

// Mostly without the lock: it is held for another reason.
class Mixed {
public:
  void a() {
    std::lock_guard<std::mutex> lock(mutex);
    ++other;
    size = 1;
  }
  void b() { size = 2; }
  void c() { size = 3; }
  int d() { return size; }
  int e() {
    std::lock_guard<std::mutex> lock(mutex);
    return other;
  }

private:
  std::mutex mutex;
  int other = 0;
  int size = 0;
};

// Whoever calls these holds the lock.
class Protocol {
public:
  void both() {
    std::lock_guard<std::mutex> lock(mutex);
    enable();
    size = 1;
  }
  void enable() { ++size; }
  void wait(std::unique_lock<std::mutex> &Lock) {
    while (size == 0)
      changed.wait(Lock);
  }
  void lockReset() {
    std::lock_guard<std::mutex> lock(mutex);
    size = 0;
  }
  void reset() { size = 0; }

private:
  std::mutex mutex;
  std::condition_variable changed;
  int size = 0;
};

class Borrowed {
public:
  explicit Borrowed(std::mutex &Given) : mutex(Given) {}
  void set() {
    std::lock_guard<std::mutex> lock(mutex);
    size = 1;
  }
  int get() const { return size; }

private:
  std::mutex &mutex;
  int size = 0;
};

class Inherited : public Borrowed {
public:
  using Borrowed::Borrowed;
  void add() {
    std::lock_guard<std::mutex> lock(own);
    ++count;
  }
  int counted() const { return count; }

private:
  std::mutex own;
  int count = 0;
};

class Ring {
public:
  int capacity() const { return limit; }
  bool full() const { return count == limit; }
  void add() { ++count; }

private:
  const int limit = 3;
  int count = 0;
};

#define ASSERT(X) ((X) ? void() : throw 1)
class Parts {
public:
  int capacity() const { return ring.capacity(); }
  void add() {
    ASSERT(ready);
    std::lock_guard<std::mutex> lock(mutex);
    ring.add();
    ready = true;
  }
  bool full() const {
    std::lock_guard<std::mutex> lock(mutex);
    return ring.full() && ready;
  }
  void reset() {
    std::lock_guard<std::mutex> lock(mutex);
    ready = false;
  }

private:
  mutable std::mutex mutex;
  Ring ring;
  bool ready = false;
};

// Between two halves of one section.
class Windowed {
public:
  int step() {
    std::unique_lock<std::mutex> lock(mutex);
    ++next;
    lock.unlock();
    int Seen = next;
    lock.lock();
    return Seen + next;
  }
  void reset() {
    std::lock_guard<std::mutex> lock(mutex);
    next = 0;
  }

private:
  std::mutex mutex;
  int next = 0;
};

// All is public: the class locks for itself all the same.
struct Plain {
  std::mutex mutex;
  int value = 0;
  void set(int To) {
    std::lock_guard<std::mutex> lock(mutex);
    value = To;
  }
  int get() { return value; }
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'value' is read here without 'mutex'
};

// A double check and a polled flag are other findings.
class Others {
public:
  int get() {
    if (!loaded) {
      std::lock_guard<std::mutex> lock(mutex);
      if (!loaded)
        loaded = true;
    }
    return 1;
  }
  void stop() {
    std::lock_guard<std::mutex> lock(mutex);
    stopped = true;
  }
  void loop() {
    while (!stopped)
      std::this_thread::yield();
  }

private:
  std::mutex mutex;
  bool loaded = false;
  bool stopped = false;
};

class Shared {
public:
  int get(int Key) const {
    std::shared_lock lock(mutex);
    return values.at(Key);
  }
  void set(int Key) {
    std::unique_lock lock(mutex);
    values[Key] = Key;
  }
  void erase(int Key) { values.erase(Key); }
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'values' is changed here without 'mutex'

private:
  mutable std::shared_mutex mutex;
  std::map<int, int> values;
};

template <typename T> class Cell {
public:
  void set(const T &To) {
    std::lock_guard<std::mutex> lock(mutex);
    value = To;
  }
  T get() const { return value; }
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'value' is read here without 'mutex'

private:
  mutable std::mutex mutex;
  T value;
};
int use(Cell<int> &Int, Cell<long> &Long) {
  Int.set(1);
  Long.set(2);
  return Int.get() + int(Long.get());
}
