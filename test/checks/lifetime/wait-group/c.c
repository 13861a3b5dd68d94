// RUN: %check_concord %s %t concord-wait-group

#define _DEFAULT_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

int prepare(void);
void work(void);

static pthread_barrier_t meeting;
static atomic_int pending;
static int running;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t idle = PTHREAD_COND_INITIALIZER;

static void *meets(void *data) {
  if (!prepare())
    return NULL;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: after this return nobody counts down 'meeting'
  pthread_barrier_wait(&meeting);
  return data;
}

static void *counts(void *data) {
  atomic_fetch_add(&pending, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pending' is raised only by the task
  work();
  atomic_fetch_sub(&pending, 1);
  return data;
}

static void *runs(void *data) {
  if (!prepare())
    return NULL;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: after this return nobody counts down 'running'
  work();
  pthread_mutex_lock(&mutex);
  running--;
  pthread_cond_signal(&idle);
  pthread_mutex_unlock(&mutex);
  return data;
}

int main(void) {
  pthread_t threads[3];
  pthread_barrier_init(&meeting, NULL, 2);
  pthread_create(&threads[0], NULL, meets, NULL);
  pthread_create(&threads[1], NULL, counts, NULL);
  running = 1;
  pthread_create(&threads[2], NULL, runs, NULL);
  pthread_barrier_wait(&meeting);
  while (atomic_load(&pending) > 0)
    usleep(100);
  pthread_mutex_lock(&mutex);
  while (running > 0)
    pthread_cond_wait(&idle, &mutex);
  pthread_mutex_unlock(&mutex);
  for (int i = 0; i < 3; ++i)
    pthread_join(threads[i], NULL);
  return 0;
}
