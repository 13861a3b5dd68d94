// RUN: %check_concord %s %t concord-wait-without-predicate
#include <pthread.h>
#include <threads.h>
#include <time.h>

pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t c = PTHREAD_COND_INITIALIZER;
mtx_t m11;
cnd_t c11;
int ready;
int value;
void use(int);

void bare(void) {
  pthread_mutex_lock(&m);
  pthread_cond_wait(&c, &m);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this wait may wake up
  use(value);
  pthread_mutex_unlock(&m);
}

void once(void) {
  mtx_lock(&m11);
  if (ready == 0)
    cnd_wait(&c11, &m11);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait may wake up
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: the condition is tested once
  // CHECK-FIXES: while (ready == 0)
  mtx_unlock(&m11);
}

void loop(const struct timespec *until) {
  pthread_mutex_lock(&m);
  while (!ready)
    pthread_cond_wait(&c, &m);
  int rc = 0;
  while (!ready && rc == 0)
    rc = pthread_cond_timedwait(&c, &m, until);
  if (pthread_cond_timedwait(&c, &m, until) != 0)
    use(0);
  pthread_mutex_unlock(&m);
}

void wrapper(pthread_mutex_t *lock) { pthread_cond_wait(&c, lock); }
