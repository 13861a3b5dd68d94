// RUN: %check_concord %s %t concord-worker-lifecycle
// Threads in structures of C.
#include <pthread.h>
#include <stdbool.h>

void poll_once(void);

// Wrong.

struct never_joined {
  pthread_t thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: nothing waits for the thread in 'thread', so it may still run when the object is gone; signal its end and join it before that [concord-worker-lifecycle]
  // CHECK-MESSAGES: :[[@LINE+13]]:10: note: the thread is started here
  volatile bool stop;
};

static void *run(void *argument) {
  struct never_joined *worker = argument;
  while (!worker->stop)
    poll_once();
  return 0;
}

int start(struct never_joined *worker) {
  worker->stop = false;
  return pthread_create(&worker->thread, 0, run, worker);
}

void stop(struct never_joined *worker) { worker->stop = true; }

struct never_stopped {
  pthread_t thread;
  bool running;
};

static void *run_on(void *argument) {
  struct never_stopped *worker = argument;
  while (worker->running)
    poll_once();
  return 0;
}

int start_on(struct never_stopped *worker) {
  worker->running = true;
  return pthread_create(&worker->thread, 0, run_on, worker);
}

void stop_on(struct never_stopped *worker) {
  pthread_join(worker->thread, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the wait for 'thread' never ends, as nothing gives 'running' the value that its task waits for; set it before waiting
  // CHECK-MESSAGES: :[[@LINE-6]]:10: note: the thread is started here
  // CHECK-MESSAGES: :[[@LINE-14]]:18: note: its task goes on until this changes
}

// Right.

struct good {
  pthread_t thread;
  bool stop;
  pthread_mutex_t mutex;
};

static void *run_well(void *argument) {
  struct good *worker = argument;
  for (;;) {
    pthread_mutex_lock(&worker->mutex);
    bool stop = worker->stop;
    pthread_mutex_unlock(&worker->mutex);
    if (stop)
      break;
    poll_once();
  }
  return 0;
}

int start_well(struct good *worker) {
  return pthread_create(&worker->thread, 0, run_well, worker);
}

void stop_well(struct good *worker) {
  pthread_mutex_lock(&worker->mutex);
  worker->stop = true;
  pthread_mutex_unlock(&worker->mutex);
  pthread_join(worker->thread, 0);
}

// Detached, by itself or by its attributes.
struct detached {
  pthread_t thread;
  pthread_t other;
};

static void *run_detached(void *argument) {
  pthread_detach(pthread_self());
  return argument;
}

static void *run_other(void *argument) { return argument; }

int start_detached(struct detached *worker, pthread_attr_t *attributes) {
  return pthread_create(&worker->thread, 0, run_detached, worker) ||
         pthread_create(&worker->other, attributes, run_other, worker);
}
