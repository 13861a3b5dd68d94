// RUN: %check_concord %s %t concord-stop-token-parameter --std=c++20

#include <coroutine>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>

class Client {
public:
  explicit Client(std::stop_token stop) : stop_(stop) {}
  void fetch();

private:
  std::stop_token stop_;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Client' keeps the stop token of one task for every call of the object; hand it to the functions that need it [concord-stop-token-parameter]
};

class Late {
public:
  void set(std::stop_token stop) { stop_ = stop; }

private:
  std::optional<std::stop_token> stop_;
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'Late' keeps the stop token
};

// Right: it is what the class is for.

class Task {
public:
  explicit Task(std::stop_token stop) : stop(stop) {}
  void operator()() const;

private:
  std::stop_token stop;
};

class Awaiter {
public:
  explicit Awaiter(std::stop_token stop) : stop(stop) {}
  bool await_ready() const { return stop.stop_requested(); }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}

private:
  std::stop_token stop;
};

class Environment {
public:
  explicit Environment(std::stop_token stop) : stop(stop) {}
  std::stop_token get_stop_token() const { return stop; }

private:
  std::stop_token stop;
};

class Listener {
public:
  explicit Listener(std::stop_token token)
      : stop(token), callback(token, [] {}) {}

private:
  std::stop_token stop;
  std::stop_callback<std::function<void()>> callback;
};

// A bundle of arguments.
struct Request {
  int number;
  std::stop_token stop;
};

// The object itself stops.
class Server {
public:
  Server() : token(source.get_token()) {}

private:
  std::stop_source source;
  std::stop_token token;
};

auto captured(std::stop_token stop) {
  return [stop] { return stop.stop_requested(); };
}
