// RUN: %check_concord %s %t concord-stop-token-parameter --std=c++20,c++23

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

void copy(const std::string &from, std::stop_token stop);
// CHECK-MESSAGES: :[[@LINE-1]]:52: warning: the stop token is not the first parameter of 'copy', where readers and std::jthread expect it; put it first [concord-stop-token-parameter]
void copy(const std::string &, std::stop_token) {}

class Loader {
public:
  virtual ~Loader() = default;
  virtual void load(int number, const std::stop_token &stop = {}) = 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: the stop token is not the first parameter of 'load'
  static void all(int, std::stop_token &&);
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: the stop token is not the first parameter of 'all'
};

template <typename T> bool find(const T &, std::stop_token stop) {
  // CHECK-MESSAGES: :[[@LINE-1]]:60: warning: the stop token is not the first parameter of 'find'
  return stop.stop_requested();
}
bool instances = find(1, {}) || find("", {});

using Token = std::stop_token;
void alias(int, Token) {}
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the stop token is not the first parameter of 'alias'

// Right.

void first(std::stop_token stop, int number);
void only(std::stop_token);
void two(std::stop_token outer, std::stop_token inner, int number);

// Overrides have the signature of the base.
class FileLoader : public Loader {
  void load(int number, const std::stop_token &stop) override;
};

// Operators and lambdas have that of their callers.
struct Visitor {
  void operator()(int, std::stop_token) const;
};
auto lambda = [](int, std::stop_token) {};

// The standard's own waits have the lock before the token.
bool waitFor(std::unique_lock<std::mutex> &lock, std::stop_token stop, int what);

// Not the token.
void source(int, std::stop_source);
