// RUN: %check_concord %s %t concord-racy-capture

#include <pthread.h>
#include <threads.h>
struct S {
  int n;
};

static void *increment(void *arg) {
  int *p = (int *)arg;
  for (int i = 0; i < 10; i++)
    (*p)++;
  return 0;
}

static void *incrementField(void *arg) {
  struct S *s = arg;
  s->n++;
  return 0;
}

int twoThreads(void) {
  int c = 0;
  pthread_t a, b;
  pthread_create(&a, 0, increment, &c);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-15]]:6: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:3: note: the other task is launched here
  pthread_create(&b, 0, increment, &c);
  pthread_join(a, 0);
  pthread_join(b, 0);
  return c;
}

int threadsInALoop(void) {
  struct S s = {0};
  pthread_t t[4];
  for (int i = 0; i < 4; i++)
    pthread_create(&t[i], 0, incrementField, &s);
    // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 's' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
    // CHECK-MESSAGES: :[[@LINE-24]]:6: note: written here
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: this launch makes several tasks
  for (int i = 0; i < 4; i++)
    pthread_join(t[i], 0);
  return s.n;
}

int launcherWrites(void) {
  int c = 0;
  pthread_t a;
  pthread_create(&a, 0, increment, &c);
  c++;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c' is written while a task that has it by reference may be writing it, without a common lock; wait for the task first, or guard both with one mutex [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-43]]:6: note: written here
  // CHECK-MESSAGES: :[[@LINE-4]]:3: note: a task is launched here
  pthread_join(a, 0);
  return c;
}

static int incrementForC11(void *arg) {
  ++*(int *)arg;
  return 0;
}

int c11Threads(void) {
  int c = 0;
  thrd_t a, b;
  thrd_create(&a, incrementForC11, &c);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'c' is written by tasks that run at the same time and have it by reference, without a common lock; guard it with one mutex, make it atomic, or give each task its own [concord-racy-capture]
  // CHECK-MESSAGES: :[[@LINE-9]]:5: note: written here
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: a task is launched here
  // CHECK-MESSAGES: :[[@LINE+1]]:3: note: the other task is launched here
  thrd_create(&b, incrementForC11, &c);
  thrd_join(a, 0);
  thrd_join(b, 0);
  return c;
}

static int total;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *locked(void *arg) {
  int *p = arg;
  pthread_mutex_lock(&lock);
  ++*p;
  pthread_mutex_unlock(&lock);
  return 0;
}

int underALock(void) {
  int c = 0;
  pthread_t a, b;
  pthread_create(&a, 0, locked, &c);
  pthread_create(&b, 0, locked, &c);
  pthread_join(a, 0);
  pthread_join(b, 0);
  return c + total;
}

int oneEach(void) {
  int c[4] = {0};
  pthread_t t[4];
  for (int i = 0; i < 4; i++)
    pthread_create(&t[i], 0, increment, &c[i]);
  for (int i = 0; i < 4; i++)
    pthread_join(t[i], 0);
  return c[0];
}

int joinedFirst(void) {
  int c = 0;
  pthread_t a;
  pthread_create(&a, 0, increment, &c);
  pthread_join(a, 0);
  return ++c;
}

static void *reads(void *arg) { return *(int *)arg ? arg : 0; }

int onlyReads(void) {
  int c = 0;
  pthread_t a, b;
  pthread_create(&a, 0, reads, &c);
  pthread_create(&b, 0, reads, &c);
  pthread_join(a, 0);
  pthread_join(b, 0);
  return c;
}
