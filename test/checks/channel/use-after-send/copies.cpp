// REQUIRES: boost, moodycamel
// RUN: %check_concord %s %t concord-use-after-send

// What only says where the channel finds what it copies.
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <concurrentqueue/concurrentqueue.h>

struct Job {
  int id = 0;
};

void bytes(boost::interprocess::message_queue &queue) {
  Job job;
  queue.send(&job, sizeof job, 0);
  job.id = 1;
}

void bulk(moodycamel::ConcurrentQueue<Job> &queue,
          boost::lockfree::spsc_queue<Job> &ring) {
  Job jobs[2];
  queue.enqueue_bulk(jobs, 2);
  jobs[0].id = 1;
  ring.push(jobs, 2);
  jobs[1].id = 1;
}

void pointer(moodycamel::ConcurrentQueue<Job *> &queue, Job *job) {
  queue.enqueue(job);
  job->id = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: '*job' is changed here
}
