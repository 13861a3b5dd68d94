// RUN: %check_concord %s %t concord-plain-stop-flag

#include <pthread.h>
#include <stdatomic.h>

void poll_once(void);

struct worker {
  pthread_t thread;
  pthread_mutex_t mutex;
  int stop;
  int locked_stop;
  atomic_int atomic_stop;
};

static void *run(void *arg) {
  struct worker *w = arg;
  while (!w->stop)
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: task polls 'stop'
    // CHECK-MESSAGES: :[[@LINE+10]]:6: note:
    // CHECK-MESSAGES: :[[@LINE-10]]:7: note:
    poll_once();
  return 0;
}

int start(struct worker *w) {
  return pthread_create(&w->thread, 0, run, w);
}
void end(struct worker *w) {
  w->stop = 1;
  pthread_join(w->thread, 0);
}

static volatile int quit;
static void *loop(void *unused) {
  while (quit == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: task polls 'quit'
    // CHECK-MESSAGES: :[[@LINE+8]]:3: note:
    // CHECK-MESSAGES: :[[@LINE-5]]:21: note:
    poll_once();
  return unused;
}
void global(void) {
  pthread_t t;
  pthread_create(&t, 0, loop, 0);
  quit = 1;
  pthread_join(t, 0);
}

static void *guarded(void *arg) {
  struct worker *w = arg;
  pthread_mutex_lock(&w->mutex);
  while (!w->locked_stop) {
    pthread_mutex_unlock(&w->mutex);
    poll_once();
    pthread_mutex_lock(&w->mutex);
  }
  pthread_mutex_unlock(&w->mutex);
  while (!w->atomic_stop)
    poll_once();
  return 0;
}
void right(struct worker *w) {
  pthread_create(&w->thread, 0, guarded, w);
  pthread_mutex_lock(&w->mutex);
  w->locked_stop = 1;
  pthread_mutex_unlock(&w->mutex);
  w->atomic_stop = 1;
  pthread_join(w->thread, 0);
}

struct job {
  int value;
  int finished;
};

static void *finish(void *data) {
  struct job *job = data;
  job->value = 1;
  job->finished = 1;
  return 0;
}

static int wait_for_job(void) {
  struct job job = {0, 0};
  pthread_t thread;
  if (pthread_create(&thread, 0, finish, &job))
    return 1;
  while (!job.finished)
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this loop polls 'finished'
    ;
  pthread_join(thread, 0);
  return job.value;
}
