// RUN: %check_concord %s %t concord-double-checked-locking

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int *table;
static int ready;

struct Object {
  pthread_mutex_t lock;
  char *cache;
};

int *global(void) {
  if (!table) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'table' is tested without the lock that it is set under; initialise it through a once flag, or make it atomic with acquire and release [concord-double-checked-locking]
    pthread_mutex_lock(&mutex);
    if (!table)
      table = malloc(64);
    pthread_mutex_unlock(&mutex);
  }
  return table;
}

char *member(struct Object *object) {
  if (object->cache == NULL) {
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'object->cache' is tested without the lock
    pthread_mutex_lock(&object->lock);
    if (object->cache == NULL)
      object->cache = malloc(16);
    pthread_mutex_unlock(&object->lock);
  }
  return object->cache;
}

// Only ever tested under the lock.
void locked(void) {
  pthread_mutex_lock(&mutex);
  if (!ready)
    ready = 1;
  pthread_mutex_unlock(&mutex);
}

int built_in(void) {
  if (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE)) {
    pthread_mutex_lock(&mutex);
    if (!ready)
      __atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&mutex);
  }
  return ready;
}
