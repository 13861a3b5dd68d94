// POSIX and C11 threads.
// RUN: %check_debug %s %t concord-debug-launches
#include <pthread.h>
#include <threads.h>

void *entry(void *data) { return data; }
int work(void *data);
struct Worker {
  pthread_t thread;
  int number;
};
pthread_t global;

void start(struct Worker *worker) {
  pthread_t thread, threads[4];
  int local;
  pthread_create(&thread, 0, entry, &local);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches entry, pointer local; handle local thread
  pthread_create(&threads[1], 0, &entry, worker);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches entry, value worker; handle element of threads
  pthread_create(&worker->thread, 0, entry, &worker->number);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches entry, pointer worker->number; handle member worker->thread
  pthread_create(&global, 0, entry, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches entry; handle global global
  thrd_t other;
  thrd_create(&other, work, &local);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: launches work, pointer local; handle local other
}
