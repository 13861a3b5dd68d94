// RUN: %check_concord %s %t concord-exposed-primitive

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t only_here;

#else
#include <pthread.h>
#include <threads.h>

// In C a member cannot be closed.
struct table {
  pthread_mutex_t lock;
  int used;
};

extern pthread_mutex_t table_lock;
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: global mutex 'table_lock' in a header can be used by every file that includes it; {{.*}} [concord-exposed-primitive]
extern mtx_t other_lock;
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: global mutex 'other_lock' in a header can be used by every file that includes it; {{.*}} [concord-exposed-primitive]
pthread_cond_t *table_changed(struct table *t);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: function 'table_changed' hands a condition variable to its callers; {{.*}} [concord-exposed-primitive]
pthread_mutex_t *create_lock(void);
void table_insert(struct table *t, int key);
int table_lock_held(pthread_mutex_t *m);

#endif
