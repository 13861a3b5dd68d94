// A cheap copy that the task only reads.
// RUN: %check_concord %s %t concord-escaping-capture
#include <functional>
#include <string>
#include <thread>

void use(int);
void use(const std::string &);

struct Point {
  int x, y;
};

void cheap(int n, const char *text) {
  Point point{n, n};
  std::thread([&n] { use(n); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: parameter 'n' is captured
  // CHECK-FIXES: std::thread([n] { use(n); }).detach();
  std::thread([&] { use(point.x + n); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: locals 'point' and 'n' are captured
  // CHECK-FIXES: std::thread([&, point, n] { use(point.x + n); }).detach();
  std::thread([](int k) { use(k); }, std::ref(n)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: parameter 'n' is passed
  // CHECK-FIXES: std::thread([](int k) { use(k); }, n).detach();
  std::thread([&text] { use(*text); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: parameter 'text' is captured
  // CHECK-FIXES: std::thread([text] { use(*text); }).detach();
}

void notCheap(std::string name) {
  int counter = 0;
  std::thread([&name] { use(name); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: parameter 'name' is captured
  // CHECK-FIXES: std::thread([&name] { use(name); }).detach();
  std::thread([&counter] { ++counter; }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: local 'counter' is captured
  // CHECK-FIXES: std::thread([&counter] { ++counter; }).detach();
}
