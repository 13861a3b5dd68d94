// RUN: %check_concord %s %t concord-busy-wait

#define _DEFAULT_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <threads.h>
#include <unistd.h>

static atomic_bool ready;
static _Atomic int count;
static int builtin;
static volatile int seen;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int published;
void work(void);

void wait_atomic(void) {
  while (!atomic_load(&ready))
    thrd_yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'ready' again and again and keeps a processor busy until another thread acts; wait for a condition variable that the other thread notifies
  while (count != 0)
    ;
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'count'
  while (!__atomic_load_n(&builtin, __ATOMIC_ACQUIRE))
    sched_yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'builtin'
}

void wait_plain(void) {
  while (!seen)
    usleep(1000);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'seen' again and again and wakes up for nothing
  for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop only asks 'published'
    pthread_mutex_lock(&mutex);
    if (published) {
      pthread_mutex_unlock(&mutex);
      break;
    }
    pthread_mutex_unlock(&mutex);
    usleep(1000);
  }
}

void try_lock(void) {
  while (pthread_mutex_trylock(&mutex) != 0)
    ;
}

void take(void) {
  while (pthread_mutex_trylock(&mutex) != 0)
    sched_yield();
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop only asks 'mutex'
}

void work_until(void) {
  int rounds = 0;
  while (!ready)
    work();
  while (!ready && rounds++ < 100)
    usleep(1000);
}
