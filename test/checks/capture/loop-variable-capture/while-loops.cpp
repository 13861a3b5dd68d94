// Variables that the head of a while loop steps or fills.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <atomic>
#include <istream>
#include <string>
#include <thread>
#include <vector>

void use(int);
void use(const std::string &);
bool next(int &);

void counted(int n, std::vector<std::thread> &threads) {
  int i = 0;
  while (i < n) {
    threads.emplace_back([&i] { use(i); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'i' is captured
    ++i;
  }
  int j = 0;
  do {
    threads.emplace_back([&] { use(j); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'j' is captured
  } while (++j < n);
  int k;
  for (k = 0; k < n; k++)
    threads.emplace_back([&] { use(k); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'k' is captured
  for (auto &t : threads)
    t.join();
}

void filled(std::istream &in, std::vector<std::thread> &threads) {
  std::string line;
  while (std::getline(in, line))
    threads.emplace_back([&] { use(line); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'line' is captured
  int item;
  while (next(item))
    threads.emplace_back([&item] { use(item); });
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: loop variable 'item' is captured
  for (auto &t : threads)
    t.join();
}

struct Node {
  Node *next;
  int value;
};

void list(Node *node, std::vector<std::thread> &threads) {
  while (node) {
    threads.emplace_back([&] { use(node->value); });
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: loop variable 'node' is captured
    node = node->next;
  }
  for (auto &t : threads)
    t.join();
}

// Shared on purpose: nothing in the head steps it.
void shared(int n, std::vector<std::thread> &threads) {
  std::atomic<int> done{0};
  std::vector<int> results(n);
  int limit = n;
  while (done < n) {
    threads.emplace_back([&] {
      use(limit + results[0]);
      ++done;
    });
  }
  for (auto &t : threads)
    t.join();
}
