// RUN: %check_concord %s %t concord-unbalanced-lock -- -D_GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t pair = PTHREAD_MUTEX_INITIALIZER;
int step(void);

struct node {
  pthread_mutex_t lock;
  int refs;
};

int early_return(void) {
  pthread_mutex_lock(&lock);
  if (step() < 0)
    return -EINVAL;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'lock' is still held when the function returns here, while other paths release it; release it on every path [concord-unbalanced-lock]
  pthread_mutex_unlock(&lock);
  return 0;
}

int wrong_label(struct node *n) {
  int rc = 0;
  pthread_mutex_lock(&n->lock);
  if (step()) {
    rc = -1;
    goto out;
  }
  n->refs++;
  pthread_mutex_unlock(&n->lock);
out:
  return rc;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'n->lock' is still held when the function returns here
}

void *not_found(struct node *n) {
  pthread_rwlock_rdlock(&table);
  if (!n->refs)
    return NULL;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'table' is still held
  pthread_rwlock_unlock(&table);
  return n;
}

void twice(struct node *n) {
  pthread_mutex_lock(&n->lock);
  pthread_mutex_unlock(&n->lock);
  pthread_mutex_unlock(&n->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'n->lock' is released although it is not held any more
}

// Right: one way out for all.
int one_exit(struct node *n) {
  int rc;
  pthread_mutex_lock(&n->lock);
  rc = step();
  if (rc)
    goto out;
  n->refs++;
out:
  pthread_mutex_unlock(&n->lock);
  return rc;
}

// Right: the lock itself failed.
int lock_fails(struct node *n) {
  if (pthread_mutex_lock(&n->lock) != 0)
    return -1;
  n->refs++;
  pthread_mutex_unlock(&n->lock);
  return 0;
}
int lock_fails_later(struct node *n) {
  int rc = pthread_mutex_lock(&n->lock);
  if (rc)
    return rc;
  n->refs++;
  pthread_mutex_unlock(&n->lock);
  return 0;
}
int try_fails(struct node *n) {
  if (pthread_mutex_trylock(&n->lock) == EBUSY)
    return EBUSY;
  n->refs++;
  pthread_mutex_unlock(&n->lock);
  return 0;
}

// Right: held exactly on success; another function releases it.
int node_get(struct node *n) {
  pthread_mutex_lock(&n->lock);
  if (n->refs == 0) {
    pthread_mutex_unlock(&n->lock);
    return -ENOENT;
  }
  n->refs++;
  return 0;
}
int node_get_status(struct node *n) {
  int rc;
  pthread_mutex_lock(&n->lock);
  rc = step();
  if (rc != 0)
    pthread_mutex_unlock(&n->lock);
  return rc;
}
void node_put(struct node *n) {
  if (--n->refs == 0) {
    pthread_mutex_unlock(&n->lock);
    free(n);
    return;
  }
  pthread_mutex_unlock(&n->lock);
}
void before_fork(void) { pthread_mutex_lock(&pair); }
void after_fork(void) { pthread_mutex_unlock(&pair); }

// Right: another function of the unit, or one whose name says so, releases it.
void node_finish_and_unlock(struct node *n);
void handed_on(struct node *n) {
  pthread_mutex_lock(&n->lock);
  if (n->refs == 0) {
    node_finish_and_unlock(n);
    return;
  }
  pthread_mutex_unlock(&n->lock);
}
static void finish(struct node *n) {
  n->refs = 0;
  pthread_mutex_unlock(&n->lock);
}
void handed_over(struct node *n) {
  pthread_mutex_lock(&n->lock);
  if (n->refs == 1) {
    finish(n);
    return;
  }
  pthread_mutex_unlock(&n->lock);
}

// Right: a flag remembers.
void flagged(struct node *n, int wait) {
  int locked = 0;
  if (wait) {
    pthread_mutex_lock(&n->lock);
    locked = 1;
  } else if (pthread_mutex_trylock(&n->lock) == 0) {
    locked = 1;
  }
  step();
  if (locked)
    pthread_mutex_unlock(&n->lock);
}

// Right: a wait keeps the lock.
void waits(struct node *n, pthread_cond_t *changed) {
  pthread_mutex_lock(&n->lock);
  while (n->refs > 0)
    pthread_cond_wait(changed, &n->lock);
  pthread_mutex_unlock(&n->lock);
}
