// POSIX and C11 threads get a pointer to the loop variable.
// RUN: %check_concord %s %t concord-loop-variable-capture
#include <pthread.h>
#include <stdint.h>
#include <threads.h>

void *entry(void *);
int work(void *);

void posix(int n) {
  pthread_t threads[16];
  for (int i = 0; i < n; ++i)
    pthread_create(&threads[i], 0, entry, &i);
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: the address of loop variable 'i' is passed to a task that may run after the iteration; pass the value [concord-loop-variable-capture]
  for (int i = 0; i < n; ++i)
    pthread_create(&threads[i], 0, entry, (void *)&i);
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: the address of loop variable 'i'
  for (int i = 0; i < n; ++i)
    pthread_join(threads[i], 0);
}

void declaredBefore(int n) {
  pthread_t threads[16];
  int i;
  for (i = 0; i < n; i++)
    pthread_create(threads + i, 0, entry, &i);
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: the address of loop variable 'i'
  for (i = 0; i < n; i++)
    pthread_join(threads[i], 0);
}

struct Arguments {
  int index;
};

// The value, a slot of its own, a join in the iteration.
void right(int n) {
  pthread_t threads[16];
  struct Arguments arguments[16];
  for (int i = 0; i < n; ++i)
    pthread_create(&threads[i], 0, entry, (void *)(intptr_t)i);
  for (int i = 0; i < n; ++i) {
    arguments[i].index = i;
    pthread_create(&threads[i], 0, entry, &arguments[i]);
  }
  for (int i = 0; i < n; ++i)
    pthread_create(&threads[i], 0, entry, threads + i);
  for (int i = 0; i < n; ++i)
    pthread_join(threads[i], 0);
  for (int i = 0; i < n; ++i) {
    pthread_t thread;
    pthread_create(&thread, 0, entry, &i);
    pthread_join(thread, 0);
  }
}

void c11(int n) {
  thrd_t threads[16];
  for (int i = 0; i < n; ++i)
    thrd_create(&threads[i], work, &i);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: the address of loop variable 'i'
  for (int i = 0; i < n; ++i)
    thrd_join(threads[i], 0);
}
