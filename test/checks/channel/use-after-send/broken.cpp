// RUN: %concord_tidy '-checks=-*,concord-use-after-send' %s -- -std=c++20 > %t || true
// RUN: FileCheck %s < %t

// Code while it is typed: no finding, no crash.
// CHECK-NOT: concord-use-after-send
#include <memory>
#include <mutex>
#include <utility>

std::mutex mutex;
struct Job {
  int id;
};

void typed(Unknown &queue) {
  auto job = std::make_unique<Job>();
  queue.push(std::move(job);
  job->
}
