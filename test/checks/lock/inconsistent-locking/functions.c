// RUN: %check_concord %s %t concord-inconsistent-locking

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count, loops, done, waiting;

static void *up(void *arg) {
  pthread_mutex_lock(&lock);
  count++;
  waiting++;
  pthread_mutex_unlock(&lock);
  return arg;
}

static void *down(void *arg) {
  count--;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'count' is changed here without 'lock', under which it is changed elsewhere; take the lock here too [concord-inconsistent-locking]
  return arg;
}

// One thread function that is started twice races with itself.
static void *twice(void *arg) {
  int next = loops + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'loops' is read here without 'lock'
  pthread_mutex_lock(&lock);
  loops = next;
  pthread_mutex_unlock(&lock);
  return arg;
}

// A flag that a loop polls is told by another check.
static void *poll(void *arg) {
  while (!done)
    ;
  pthread_mutex_lock(&lock);
  done = 2;
  pthread_mutex_unlock(&lock);
  return arg;
}

// Threads that a function started are running when it returns.
static pthread_t threads[4];
static void launch(void) {
  pthread_create(&threads[0], 0, up, 0);
  pthread_create(&threads[1], 0, down, 0);
  pthread_create(&threads[2], 0, twice, 0);
  pthread_create(&threads[3], 0, twice, 0);
}
static void finish(void) {
  for (int i = 0; i < 4; ++i)
    pthread_join(threads[i], 0);
}

int main(void) {
  pthread_t poller;
  count = 1;
  waiting = 0;
  launch();
  waiting = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'waiting' is changed here without 'lock'
  pthread_create(&poller, 0, poll, 0);
  finish();
  return count + waiting;
}

struct queue {
  pthread_mutex_t mutex;
  int length, limit;
};

void queue_init(struct queue *q) {
  pthread_mutex_init(&q->mutex, 0);
  q->length = 0;
}
void prepare(struct queue *q, int limit) {
  pthread_mutex_init(&q->mutex, 0);
  q->length = 0;
  q->limit = limit;
}
static void add(struct queue *q) { q->length++; }
void push(struct queue *q) {
  pthread_mutex_lock(&q->mutex);
  add(q);
  pthread_mutex_unlock(&q->mutex);
}
void pop(struct queue *q) {
  pthread_mutex_lock(&q->mutex);
  if (q->length < q->limit)
    q->length--;
  pthread_mutex_unlock(&q->mutex);
}
int length(const struct queue *q) { return q->length; }
// CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'length' is read here without 'mutex'

// A lock that is taken out of sight.
void table_lock(void);
void table_unlock(void);
static int rows;
void add_row(void) {
  pthread_mutex_lock(&lock);
  rows++;
  pthread_mutex_unlock(&lock);
}
int count_rows(void) {
  int n;
  table_lock();
  n = rows;
  table_unlock();
  return n;
}

// Made before anybody can call, in a function that says so.
static int pages;
static void allocate(void) { pages++; }
void pages_init(void) { allocate(); }
void pages_add(void) {
  pthread_mutex_lock(&lock);
  allocate();
  pthread_mutex_unlock(&lock);
}
