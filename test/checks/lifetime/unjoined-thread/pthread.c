// RUN: %check_concord %s %t concord-unjoined-thread

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

void *work(void *);
int ready(void);

int neverJoined(void) {
  pthread_t thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread 'thread' is neither joined nor detached on some path, so nothing can wait for it any more; join it on every path [concord-unjoined-thread]
  if (pthread_create(&thread, NULL, work, NULL) != 0)
    return -1;
  return 0;
}

int earlyReturn(void) {
  pthread_t thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: thread 'thread' is neither joined nor detached on some path
  if (pthread_create(&thread, NULL, work, NULL))
    return -1;
  if (!ready())
    return -2;
  pthread_join(thread, NULL);
  return 0;
}

void overwritten(void) {
  pthread_t thread;
  for (int i = 0; i < 4; ++i)
    pthread_create(&thread, NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: thread 'thread' is neither joined nor detached before its handle is overwritten, so nothing can wait for it any more; join it first [concord-unjoined-thread]
  pthread_join(thread, NULL);
}

void array(void) {
  pthread_t threads[4];
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a thread in 'threads' is neither joined nor detached on some path
  for (int i = 0; i < 4; ++i)
    pthread_create(&threads[i], NULL, work, NULL);
}

// Right.

int joined(void) {
  pthread_t thread;
  int error = pthread_create(&thread, NULL, work, NULL);
  if (error)
    return error;
  return pthread_join(thread, NULL);
}

void arrayJoined(void) {
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i)
    if (pthread_create(&threads[i], NULL, work, NULL) != 0)
      exit(1);
  for (int i = 0; i < 4; ++i)
    pthread_join(threads[i], NULL);
}

void allocated(int n) {
  pthread_t *threads = malloc(n * sizeof(*threads));
  for (int i = 0; i < n; ++i)
    pthread_create(threads + i, NULL, work, NULL);
  for (int i = 0; i < n; ++i)
    pthread_join(threads[i], NULL);
  free(threads);
}

void detached(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  pthread_detach(thread);
}

void detachedByAttribute(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &attributes, work, NULL);
}

void attributesFromElsewhere(const pthread_attr_t *attributes) {
  pthread_t thread;
  pthread_create(&thread, attributes, work, NULL);
}

void *detachesItself(void *argument) {
  pthread_detach(pthread_self());
  return argument;
}

void detachedInside(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, detachesItself, NULL);
}

struct job {
  pthread_t thread;
};

void kept(struct job *job) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  job->thread = thread;
}

pthread_t returned(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  return thread;
}

void startedInAMember(struct job *job) {
  pthread_create(&job->thread, NULL, work, NULL);
}

int conditional(int threaded) {
  pthread_t thread;
  if (threaded && pthread_create(&thread, NULL, work, NULL) != 0)
    return -1;
  if (threaded)
    pthread_join(thread, NULL);
  return 0;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  pthread_exit(NULL);
}
