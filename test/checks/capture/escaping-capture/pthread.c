// POSIX threads that get the address of a local.
// RUN: %check_concord %s %t concord-escaping-capture
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

struct Job {
  int id;
};
void *entry(void *);
int work(void *);

void detached(void) {
  struct Job job = {1};
  pthread_t thread;
  pthread_create(&thread, 0, entry, &job);
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: the address of local 'job' is passed to a detached task that can outlive it; let the task own what it uses, or wait for it [concord-escaping-capture]
  pthread_detach(thread);
}

void c11(void) {
  struct Job job = {1};
  thrd_t thread;
  thrd_create(&thread, work, &job);
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the address of local 'job' is passed to a detached task
  thrd_detach(thread);
}

pthread_t kept;
void global(void) {
  struct Job job = {1};
  pthread_create(&kept, 0, entry, &job);
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: the address of local 'job' is passed to a task that can outlive it
}

void joined(void) {
  struct Job job = {1};
  pthread_t thread, threads[4];
  pthread_create(&thread, 0, entry, &job);
  for (int i = 0; i < 4; ++i)
    pthread_create(&threads[i], 0, entry, &job);
  pthread_join(thread, 0);
  for (int i = 0; i < 4; ++i)
    pthread_join(threads[i], 0);
}

void owned(void) {
  struct Job *job = malloc(sizeof *job);
  static struct Job shared;
  pthread_t thread;
  pthread_create(&thread, 0, entry, job);
  pthread_detach(thread);
  pthread_create(&thread, 0, entry, &shared);
  pthread_detach(thread);
}
