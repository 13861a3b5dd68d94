// REQUIRES: tbb
// RUN: %check_concord %s %t concord-use-after-send --std=c++17,c++20,c++23

// The value is moved into the channel.
#include <tbb/concurrent_queue.h>

#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Job {
  int id = 0;
  std::string name;
};

tbb::concurrent_bounded_queue<std::unique_ptr<Job>> jobs;
tbb::concurrent_bounded_queue<Job> values;
tbb::concurrent_bounded_queue<std::string> lines;
tbb::concurrent_bounded_queue<std::pair<int, std::unique_ptr<Job>>> pairs;

void emptyPointer() {
  auto job = std::make_unique<Job>();
  jobs.push(std::move(job));
  job->id = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after it was moved to a receiver; take what is needed before the send [concord-use-after-send]
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was sent here
}

void emptyValue(Job job) {
  values.push(std::move(job));
  std::cout << job.name;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'job' is used here after
}

void emptyString(std::string line) {
  lines.push(std::move(line));
  std::cout << line.size();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'line' is used here after
}

// What was kept of the object belongs to the receiver as well.
void keptPointer() {
  auto job = std::make_unique<Job>();
  Job *kept = job.get();
  jobs.push(std::move(job));
  kept->id = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after
}

void keptReference() {
  auto job = std::make_unique<Job>();
  Job &kept = *job;
  jobs.push(std::move(job));
  std::cout << kept.id;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'job' is used here after
}

void partOfAMessage(std::unique_ptr<Job> job) {
  pairs.push({1, std::move(job)});
  job->id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after
}

void nextIteration(std::string line) {
  for (int i = 0; i < 3; ++i)
    lines.push(std::move(line));
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'line' is used here after it was moved to a receiver in the iteration before; take
}

void onOnePath(std::unique_ptr<Job> job, bool send) {
  if (send)
    jobs.push(std::move(job));
  job->id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after
}

void onlyIfSent(std::unique_ptr<Job> job) {
  if (jobs.try_push(std::move(job)))
    job->id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'job' is used here after
}

void submit(std::unique_ptr<Job> job) { jobs.push(std::move(job)); }

void throughAFunction(std::unique_ptr<Job> job) {
  Job *kept = job.get();
  submit(std::move(job));
  kept->id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after
}

template <typename Queue> void inATemplate(Queue &queue) {
  auto job = std::make_unique<Job>();
  queue.push(std::move(job));
  job->id = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after
}
template void inATemplate(tbb::concurrent_bounded_queue<std::unique_ptr<Job>> &);
template void inATemplate(tbb::concurrent_queue<std::unique_ptr<Job>> &);

#define SEND(queue, value) (queue).push(std::move(value))

void inAMacro(std::unique_ptr<Job> job) {
  SEND(jobs, job);
  job->id = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after
}

void right(std::unique_ptr<Job> job, std::string line, bool first) {
  job->id = 1;
  jobs.push(std::move(job));
  if (!job)
    std::cout << "sent";
  job = std::make_unique<Job>();
  job->id = 2;
  while (!jobs.try_push(std::move(job)))
    job->id = 5;

  for (int i = 0; i < 3; ++i) {
    auto fresh = std::make_unique<Job>();
    fresh->id = i;
    jobs.push(std::move(fresh));
  }
  while (std::getline(std::cin, line))
    lines.push(std::move(line));
  line.clear();
  line += "end";
  lines.push(line); // a copy
  std::cout << line;
  if (first) {
    lines.push(std::move(line));
    return;
  }
  std::cout << line;
}

void failed(std::unique_ptr<Job> job, std::unique_ptr<Job> other) {
  if (!jobs.try_push(std::move(job)))
    job->id = 3;
  const bool sent = jobs.try_push(std::move(other));
  if (!sent)
    other->id = 4;
}

void otherBranch(std::unique_ptr<Job> job) {
  if (job->id)
    jobs.push(std::move(job));
  else
    job->id = 2;
}

void trivial(int number) {
  tbb::concurrent_queue<int> numbers;
  numbers.push(std::move(number));
  std::cout << number;
}
