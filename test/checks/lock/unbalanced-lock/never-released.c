// RUN: %check_concord %s %t concord-unbalanced-lock

#include <pthread.h>

struct account {
  pthread_mutex_t mutex;
  int sum;
};

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int total;

static void *worker(void *arg) {
  struct account *account = arg;
  pthread_mutex_lock(&account->mutex);
  total += account->sum;
  return 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'account->mutex' is still held when the function returns here, and nothing releases it
}

static void keep(void) {
  pthread_mutex_lock(&first);
  total = 0;
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'first' is still held when the function returns here, and nothing releases it

void wait_released(void) {
  pthread_mutex_lock(&second);
  pthread_cond_wait(&changed, &second);
  pthread_mutex_unlock(&second);
  pthread_cond_wait(&changed, &second);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'second' is not held when this wait begins
}

// A pointer may lead to the lock that is held.
int main(int argc, char **argv) {
  pthread_t thread;
  pthread_mutex_t *which = &first;
  if (argc > 1)
    which = &second;
  pthread_mutex_lock(&second);
  pthread_mutex_unlock(which);
  keep();
  return pthread_create(&thread, 0, worker, argv);
}
