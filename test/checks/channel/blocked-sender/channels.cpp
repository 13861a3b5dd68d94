// RUN: %check_concord %s %t concord-blocked-sender --std=c++20,c++23

// More senders than receives: the first result wins, the others wait.

#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

/// A channel by structure. With capacity 0 a sender waits for a receiver.
template <typename T> class Channel {
public:
  explicit Channel(std::size_t capacity = 0) : capacity(capacity) {}

  bool send(T value) {
    std::unique_lock<std::mutex> lock(mutex);
    roomMade.wait(lock, [this] {
      return closed || values.size() < capacity + receivers;
    });
    if (closed)
      return false;
    values.push_back(std::move(value));
    valueSent.notify_one();
    return true;
  }
  std::optional<T> receive() {
    std::unique_lock<std::mutex> lock(mutex);
    ++receivers;
    roomMade.notify_one();
    valueSent.wait(lock, [this] { return closed || !values.empty(); });
    --receivers;
    if (values.empty())
      return std::nullopt;
    T value = std::move(values.front());
    values.pop_front();
    return value;
  }
  void close() {
    const std::scoped_lock<std::mutex> lock(mutex);
    closed = true;
    roomMade.notify_all();
    valueSent.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable roomMade, valueSent;
  std::deque<T> values;
  const std::size_t capacity;
  std::size_t receivers = 0;
  bool closed = false;
};

using Search = std::function<std::string(const std::string &)>;

std::string searchData(const std::string &query,
                       const std::array<Search, 3> &searches) {
  Channel<std::string> answers;
  for (const Search &search : searches)
    std::thread([&] { answers.send(search(query)); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a task for each round of this loop sends to 'answers', which has room for 0 and from which 1 value is received, so the other tasks wait for ever; receive from all, make room for all, or close it [concord-blocked-sender]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: the task sends here
  return answers.receive().value_or("");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: note: it is received from here
}

std::string withDone(const std::string &query,
                     const std::array<Search, 3> &searches) {
  Channel<std::string> answers;
  std::vector<std::jthread> workers;
  for (const Search &search : searches)
    workers.emplace_back([&] { answers.send(search(query)); });
  const std::string first = answers.receive().value_or("");
  answers.close();
  return first;
}

std::string withRoom(const std::string &query,
                     const std::vector<Search> &searches) {
  Channel<std::string> answers(searches.size());
  std::vector<std::jthread> workers;
  for (const Search &search : searches)
    workers.emplace_back([&] { answers.send(search(query)); });
  return answers.receive().value_or("");
}

std::string anyNumber(const std::string &query,
                      const std::vector<Search> &searches) {
  Channel<std::string> answers(1);
  std::vector<std::jthread> workers;
  for (const Search &search : searches)
    workers.emplace_back([&] { answers.send(search(query)); });
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: a task for each round of this loop sends to 'answers', which has room for 1 and from which 1 value is received
  return answers.receive().value_or("");
}

int work();

int oneByOne() {
  Channel<int> results(1);
  std::jthread first([&] { results.send(work()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 3 tasks send to 'results'
  std::jthread second([&] { results.send(work()); });
  std::jthread third([&] { results.send(work()); });
  return results.receive().value_or(0);
}

constexpr std::size_t workerCount = 10;

// Capacity equals workers: no sender waits.
int handleTenTasks() {
  Channel<int> results(workerCount);
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < workerCount; ++i)
    workers.emplace_back([&results] { results.send(work()); });
  return results.receive().value_or(0);
}

int receivesFromAll(const std::vector<Search> &searches) {
  Channel<int> results;
  std::vector<std::jthread> workers;
  for (const Search &search : searches)
    workers.emplace_back([&] { results.send(int(search("").size())); });
  int sum = 0;
  for (std::size_t i = 0; i < searches.size(); ++i)
    sum += results.receive().value_or(0);
  return sum;
}

int receivesTooFew() {
  Channel<int> results;
  std::vector<std::jthread> workers;
  for (int i = 0; i < 5; ++i)
    workers.emplace_back([&results] { results.send(work()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 5 tasks send to 'results', which has room for 0 and from which 3 values are received
  int sum = 0;
  for (int i = 0; i < 3; ++i)
    sum += results.receive().value_or(0);
  return sum;
}

// Not every task sends.
int sendsSometimes(const std::vector<int> &numbers) {
  Channel<int> results;
  std::vector<std::jthread> workers;
  for (const int number : numbers)
    workers.emplace_back([&results, number] {
      if (number == 7)
        results.send(number);
    });
  return results.receive().value_or(0);
}

// Somebody else receives.
void drain(Channel<int> &results);
int passedOn(const std::vector<int> &numbers) {
  Channel<int> results;
  std::vector<std::jthread> workers;
  for (const int number : numbers)
    workers.emplace_back([&results, number] { results.send(number); });
  const int first = results.receive().value_or(0);
  drain(results);
  return first;
}

// A queue without a bound: nobody waits to send.
template <typename T> class Queue {
public:
  void push(T value) {
    const std::lock_guard<std::mutex> guard(mutex);
    values.push_back(std::move(value));
    pushed.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(mutex);
    pushed.wait(lock, [this] { return !values.empty(); });
    T value = std::move(values.front());
    values.pop_front();
    return value;
  }

private:
  std::mutex mutex;
  std::condition_variable pushed;
  std::deque<T> values;
};

int unbounded(const std::vector<int> &numbers) {
  Queue<int> results;
  std::vector<std::jthread> workers;
  for (const int number : numbers)
    workers.emplace_back([&results, number] { results.push(number); });
  return results.pop();
}
