// RUN: %check_concord %s %t concord-exposed-primitive

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

void Index::add(int key) {
  Shard &shard = shards[key % 16];
  const std::lock_guard<std::mutex> lock(shard.m);
  shard.keys.push_back(key);
}

void audit() {
  Till till;
  till.m.lock();
  till.m.unlock();
}

#else
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

// Only the private members of Index speak of it.
struct Shard {
  std::mutex m;
  std::vector<int> keys;
};
class Index {
public:
  void add(int key);

private:
  Shard shards[16];
};

// A node that only a container holds; it names itself.
template <typename T> struct ListNode {
  std::mutex m;
  T value;
  ListNode *next = nullptr;
};
template <typename T> class HandOverHandList {
public:
  void insert(T value);

private:
  ListNode<T> *head = nullptr;
};

struct Job {
  std::mutex m;
  int id;
};
class Printer {
public:
  void print(int id);

private:
  void run(Job &job);
  std::unordered_map<int, std::shared_ptr<Job>> jobs;
};

// Made and used by its friends alone.
class Ticket {
  friend class Counter;
  Ticket() = default;

public:
  std::mutex m;
};

// Wrong: a public function gives it away.
struct Row {
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Row'; {{.*}} [concord-exposed-primitive]
  int cells[8];
};
class Sheet {
public:
  Row &row(int number);

private:
  std::vector<Row> rows;
};

// Wrong: a function outside the class that holds it makes one.
struct Till {
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Till'; {{.*}} [concord-exposed-primitive]
  // CHECK-MESSAGES: :[[@LINE-78]]:3: note: code outside the class uses it here
};
class Desk {
  Till till;
};

// Wrong: it is a public base.
struct Shared {
  std::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Shared'; {{.*}} [concord-exposed-primitive]
};
class Session : public Shared {};
class Server {
  std::vector<Shared> all;
};

#endif
