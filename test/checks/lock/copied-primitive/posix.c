// RUN: %check_concord %s %t concord-copied-primitive

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

struct Table {
  pthread_mutex_t lock;
  int count;
};

void copies(struct Table *a, struct Table *b) {
  pthread_mutex_t mutex = a->lock;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: this copies a 'pthread_mutex_t', and the copy is another one than the original; share it by pointer or reference, and copy the data only [concord-copied-primitive]
  a->lock = b->lock;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this copies a 'pthread_mutex_t'
  *a = *b;
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: this copies 'lock', a 'pthread_mutex_t', with the object that holds it
  // CHECK-MESSAGES: :10:19: note: the member is declared here
  struct Table snapshot = *a;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: this copies 'lock', a 'pthread_mutex_t'
  memcpy(a, b, sizeof *a);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this copies the bytes of a 'pthread_mutex_t'
  (void)mutex;
  (void)snapshot;
}

void byValue(pthread_mutex_t mutex) {
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: parameter 'mutex' is a copy of the caller's 'pthread_mutex_t', so it locks nothing of the caller's; pass a pointer or reference
  pthread_mutex_lock(&mutex);
}

void tableByValue(struct Table table, sem_t free) {
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: parameter 'table' is a copy of the caller's 'pthread_mutex_t'
  // CHECK-MESSAGES: :[[@LINE-2]]:45: warning: parameter 'free' is a copy of the caller's 'sem_t'
  pthread_mutex_lock(&table.lock);
  sem_wait(&free);
}

struct Table get(struct Table *table) {
  return *table;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this copies 'lock', a 'pthread_mutex_t'
}

mtx_t c11(mtx_t *mutex) {
  return *mutex;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this copies a 'mtx_t'
}

static const struct Table empty = {PTHREAD_MUTEX_INITIALIZER, 0};

void right(struct Table *a, struct Table *b, pthread_t thread) {
  struct Table *alias = a;
  pthread_mutex_t *mutex = &a->lock;
  a->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
  *a = (struct Table){PTHREAD_MUTEX_INITIALIZER, 1};
  *a = empty;
  a->count = b->count;
  pthread_t copy = thread;
  char bytes[sizeof *a];
  memcpy(bytes, a, sizeof bytes);
  (void)alias;
  (void)mutex;
  (void)copy;
}

// What was copied is made anew.
void clone(struct Table *to, struct Table *from) {
  *to = *from;
  pthread_mutex_init(&to->lock, NULL);
}
void cloneByAssignment(struct Table *to, struct Table *from) {
  memcpy(to, from, sizeof *to);
  to->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}
int lockInit(pthread_mutex_t *lock);
void cloneByHelper(struct Table *to, struct Table *from) {
  *to = *from;
  lockInit(&to->lock);
}
