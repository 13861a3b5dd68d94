// RUN: %check_debug %s %t concord-debug-locks -- -D_GNU_SOURCE
// A lock in C may fail; the code that asks knows on which path it holds it.
#include <pthread.h>

void locks_here(void);
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;

void asked_at_once(void) {
  if (pthread_mutex_lock(&m) != 0) {
    locks_here();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: held: none
    return;
  }
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m
  pthread_mutex_unlock(&m);
}

int asked_later(void) {
  int rc = pthread_rwlock_rdlock(&rw);
  if (rc)
    return rc;
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: rw shared
  pthread_rwlock_unlock(&rw);
  return 0;
}

void never_asked(void) {
  int rc = pthread_mutex_lock(&m);
  (void)rc;
  locks_here();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: held: m
  pthread_mutex_unlock(&m);
}
