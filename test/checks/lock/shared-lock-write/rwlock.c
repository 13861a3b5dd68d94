// RUN: %check_concord %s %t concord-shared-lock-write -- -D_GNU_SOURCE
#include <pthread.h>

struct table {
  pthread_rwlock_t lock;
  int rows;
};

void wrong(struct table *t) {
  pthread_rwlock_rdlock(&t->lock);
  t->rows++;
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 't->rows' is changed while only the shared lock of 't->lock' is held; take 't->lock' exclusively
  pthread_rwlock_unlock(&t->lock);
}
void right(struct table *t, struct table *other) {
  pthread_rwlock_wrlock(&t->lock);
  t->rows++;
  pthread_rwlock_unlock(&t->lock);
  pthread_rwlock_rdlock(&t->lock);
  other->rows = t->rows;
  pthread_rwlock_unlock(&t->lock);
}
