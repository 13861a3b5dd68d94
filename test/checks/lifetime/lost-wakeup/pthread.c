// RUN: %check_concord %s %t concord-lost-wakeup
// Condition variables of POSIX.
#include <pthread.h>
#include <stdbool.h>

struct queue {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int count;
  bool stop;
  pthread_t thread;
};

void use(int);

// Wrong.

static void *not_asked(void *argument) {
  struct queue *q = argument;
  while (!q->stop) {
    pthread_mutex_lock(&q->mutex);
    while (q->count == 0)
      pthread_cond_wait(&q->changed, &q->mutex);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: wait on 'changed' does not test 'stop', so a thread that sleeps here does not see the stop; make 'stop' part of the condition [concord-lost-wakeup]
      // CHECK-MESSAGES: :[[@LINE+14]]:6: note: it is set here
      // CHECK-MESSAGES: :[[@LINE-6]]:14: note: it is tested here
    use(q->count--);
    pthread_mutex_unlock(&q->mutex);
  }
  return 0;
}

void start(struct queue *q) {
  pthread_create(&q->thread, 0, not_asked, q);
}

void stop(struct queue *q) {
  pthread_mutex_lock(&q->mutex);
  q->stop = true;
  pthread_cond_broadcast(&q->changed);
  pthread_mutex_unlock(&q->mutex);
  pthread_join(q->thread, 0);
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int done;

static void *wait_done(void *unused) {
  pthread_mutex_lock(&mutex);
  while (!done)
    pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  return unused;
}

int not_notified(void) {
  pthread_t thread;
  if (pthread_create(&thread, 0, wait_done, 0))
    return 1;
  pthread_mutex_lock(&mutex);
  done = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'done' is set and the thread joined without a notify of 'changed', on which the thread may sleep for ever; notify it after setting the flag
  // CHECK-MESSAGES: :[[@LINE-12]]:5: note: the thread waits here
  // CHECK-MESSAGES: :[[@LINE+2]]:10: note: the thread is joined here
  pthread_mutex_unlock(&mutex);
  return pthread_join(thread, 0);
}

static bool ready;

static void *wait_ready(void *unused) {
  pthread_mutex_lock(&mutex);
  while (!ready)
    pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  return unused;
}

int not_locked(void) {
  pthread_t thread;
  if (pthread_create(&thread, 0, wait_ready, 0))
    return 1;
  ready = true;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ready' is changed without 'mutex', so a thread that has tested it and is about to sleep on 'changed' misses the notify; hold 'mutex' while changing it
  // CHECK-MESSAGES: :[[@LINE-11]]:5: note: the thread waits here
  // CHECK-MESSAGES: :[[@LINE+1]]:3: note: the notify is here
  pthread_cond_signal(&changed);
  return pthread_join(thread, 0);
}

// Right.

static bool go;

static void *wait_go(void *unused) {
  pthread_mutex_lock(&mutex);
  while (!go)
    pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  return unused;
}

int right(void) {
  pthread_t thread;
  if (pthread_create(&thread, 0, wait_go, 0))
    return 1;
  pthread_mutex_lock(&mutex);
  go = true;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&mutex);
  return pthread_join(thread, 0);
}
