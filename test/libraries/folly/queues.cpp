// RUN: %check_concord %s %t concord-channel-capacity,concord-unchecked-receive,concord-unbounded-queue,concord-use-after-send
#include "folly/queues.h"
#include <memory>
#include <utility>

struct Job {
  int id = 0;
};

struct Pipeline {
  folly::MPMCQueue<int> jobs{64};
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: capacity 64 of channel 'folly::MPMCQueue' is a number
  folly::MPMCQueue<int> one{1};
  folly::ProducerConsumerQueue<int> single{2}; // holds one
  folly::ProducerConsumerQueue<int> many{32};
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: capacity 32 of channel
  folly::UMPMCQueue<int, true> log;

  void put(int value) {
    log.enqueue(value);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'log' grows without a bound
  }
};

int next(Pipeline &pipeline) {
  int job = 0;
  pipeline.jobs.read(job);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this receive may give nothing
  return job;
}

void send(folly::MPMCQueue<std::unique_ptr<Job>> &jobs) {
  auto job = std::make_unique<Job>();
  jobs.blockingWrite(std::move(job));
  job->id = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'job' is used here after it was moved
  job = std::make_unique<Job>();
  if (!jobs.write(std::move(job)))
    job->id = 2;
}
