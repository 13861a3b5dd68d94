// RUN: %check_concord %s %t concord-detached-thread

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <semaphore.h>

void *work(void *);

struct job {
  int input;
};

void byPointer(void) {
  struct job job = {1};
  pthread_t thread;
  pthread_create(&thread, NULL, work, &job);
  pthread_detach(thread);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread 'thread' is detached while it uses local 'job' by pointer; keep the handle and join it before 'job' dies [concord-detached-thread]
}

void byAttribute(void) {
  struct job job = {1};
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &attributes, work, &job);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: thread is detached while it uses local 'job' by pointer
}

// Right.

void owns(void) {
  struct job *job = malloc(sizeof(*job));
  pthread_t thread;
  pthread_create(&thread, NULL, work, job);
  pthread_detach(thread);
}

void *self(void *argument) {
  pthread_detach(pthread_self());
  return argument;
}

struct ready {
  sem_t done;
};

void waits(void) {
  struct ready ready;
  pthread_t thread;
  sem_init(&ready.done, 0, 0);
  pthread_create(&thread, NULL, work, &ready);
  pthread_detach(thread);
  sem_wait(&ready.done);
}
