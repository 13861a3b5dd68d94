// REQUIRES: tbb
// RUN: %check_concord %s %t concord-use-after-send --std=c++17,c++20,c++23

// The address of an object goes through the channel.
#include <tbb/concurrent_queue.h>

#include <atomic>
#include <cstring>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

struct Job {
  int id = 0;
  std::string name;
  std::vector<int> data;
  void rename(const char *to) { name = to; }
};

struct Safe {
  std::mutex mutex;
  int value = 0;
};

struct Message {
  Job *job;
  int kind;
};

tbb::concurrent_queue<Job *> jobs;
tbb::concurrent_queue<std::shared_ptr<Job>> shared;
tbb::concurrent_queue<std::shared_ptr<const Job>> constant;
tbb::concurrent_queue<Message> messages;
tbb::concurrent_queue<Safe *> safes;

void local() {
  Job job;
  jobs.push(&job);
  job.id = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is changed here while the receiver that got its address may use it; send a copy, or leave it alone after the send [concord-use-after-send]
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was sent here
}

void raw(Job *job) {
  jobs.push(job);
  job->rename("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*job' is changed here
}

void owned() {
  Job *job = new Job;
  jobs.push(job);
  std::cout << job->id;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: '*job' is read here while
}

void deleted(Job *job) {
  jobs.push(job);
  delete job;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: '*job' is changed here
}

void borrowed() {
  auto job = std::make_unique<Job>();
  jobs.push(job.get());
  job->id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*job' is changed here
}

void sharedPointee(std::shared_ptr<Job> job) {
  shared.push(job);
  job->data.push_back(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*job' is changed here
}

void inAMessage() {
  Job job;
  messages.push({&job, 1});
  job.id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is changed here
}

void fill(Job &);

void reused() {
  Job job;
  while (true) {
    fill(job);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'job' is changed here while the receiver that got its address in the iteration before may use it
    jobs.push(&job);
  }
}

void change(Job *job) { job->id = 3; }

void inACallee(Job *job) {
  jobs.push(job);
  change(job);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: '*job' is changed here
}

void post(Job *job) { jobs.push(job); }

void sentByACallee(Job *job) {
  post(job);
  job->id = 3;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*job' is changed here
}

void sleepIsNoOrder(Job *job) {
  jobs.push(job);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  job->id = 3;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*job' is changed here
}

void inALambda() {
  auto send = [](Job *job) {
    jobs.push(job);
    job->id = 3;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: '*job' is changed here
  };
  send(new Job);
}

void waited() {
  Job job;
  std::thread worker([] {
    Job *received = nullptr;
    if (jobs.try_pop(received))
      received->id = 1;
  });
  jobs.push(&job);
  worker.join();
  job.id = 2;
}

void acknowledged() {
  Job job;
  std::promise<void> done;
  jobs.push(&job);
  done.get_future().wait();
  std::cout << job.id;
}

std::atomic<bool> finished;
void polled() {
  Job job;
  jobs.push(&job);
  while (!finished)
    std::this_thread::yield();
  job.id = 3;
}

std::mutex mutex;
void locked(std::shared_ptr<Job> job) {
  shared.push(job);
  std::lock_guard lock(mutex);
  job->id = 4;
}

void synchronised(Safe *safe) {
  safes.push(safe);
  safe->value = 1;
}

void immutable(Job *other) {
  const auto job = std::make_shared<const Job>();
  constant.push(job);
  std::cout << job->id;
  other->id = 1;
}

void renewed(Job *job) {
  const int id = job->id;
  jobs.push(job);
  std::cout << id;
  job = new Job;
  job->id = 2;
  jobs.push(job);
  job = nullptr;
}

void ofEach(std::vector<Job> &all, Job *first) {
  for (Job &job : all) {
    job.id = 1;
    jobs.push(&job);
  }
  for (Job *job = first; job; ++job) {
    job->id = 1;
    jobs.push(job);
  }
  Job pair[2];
  jobs.push(&pair[0]);
  pair[1].id = 3;
}

void bulk() {
  tbb::concurrent_queue<Job *> own; // nobody else has it
  Job job;
  own.push(&job);
  job.id = 1;
}

void passedOn() {
  for (Job *job = nullptr; jobs.try_pop(job);) {
    job->id = 3;
    jobs.push(job);
  }
}
