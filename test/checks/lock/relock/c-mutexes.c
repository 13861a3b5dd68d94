// RUN: %check_concord %s %t concord-relock -- -D_GNU_SOURCE
#include <pthread.h>
#include <threads.h>

static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
extern pthread_mutex_t elsewhere;

struct queue {
  pthread_mutex_t lock;
  pthread_rwlock_t table;
  mtx_t c11;
  int n;
};

void queue_init(struct queue *q) {
  pthread_mutex_init(&q->lock, NULL);
  pthread_rwlock_init(&q->table, NULL);
  mtx_init(&q->c11, mtx_plain);
}

int size(struct queue *q) {
  pthread_mutex_lock(&q->lock);
  int n = q->n;
  pthread_mutex_unlock(&q->lock);
  return n;
}

void push(struct queue *q) {
  pthread_mutex_lock(&q->lock);
  q->n = size(q) + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'size' takes 'q->lock' while
  pthread_mutex_unlock(&q->lock);
}

void twice(struct queue *q) {
  pthread_mutex_lock(&plain);
  pthread_mutex_lock(&plain);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'plain' is locked again
  pthread_mutex_unlock(&plain);
  mtx_lock(&q->c11);
  mtx_lock(&q->c11);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'q->c11' is locked again
  mtx_unlock(&q->c11);
}

void upgrade(struct queue *q) {
  pthread_rwlock_rdlock(&q->table);
  pthread_rwlock_wrlock(&q->table);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'q->table' is locked exclusively while
  pthread_rwlock_unlock(&q->table);
}

// Right: readers may nest.
void readers(struct queue *q) {
  pthread_rwlock_rdlock(&q->table);
  pthread_rwlock_rdlock(&q->table);
  pthread_rwlock_unlock(&q->table);
  pthread_rwlock_unlock(&q->table);
}

// Right: another unit may have made it recursive.
void unknown(void) {
  pthread_mutex_lock(&elsewhere);
  pthread_mutex_lock(&elsewhere);
  pthread_mutex_unlock(&elsewhere);
  pthread_mutex_unlock(&elsewhere);
}

// Right: recursive.
struct tree {
  pthread_mutex_t lock;
  mtx_t c11;
};
void tree_init(struct tree *t) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&t->lock, &attributes);
  mtx_init(&t->c11, mtx_plain | mtx_recursive);
}
void tree_walk(struct tree *t) {
  pthread_mutex_lock(&t->lock);
  pthread_mutex_lock(&t->lock);
  mtx_lock(&t->c11);
  mtx_lock(&t->c11);
}

// Right: the first lock failed.
int failed(struct queue *q) {
  if (pthread_mutex_lock(&q->lock) != 0) {
    pthread_mutex_lock(&q->lock);
  }
  pthread_mutex_unlock(&q->lock);
  return 0;
}
