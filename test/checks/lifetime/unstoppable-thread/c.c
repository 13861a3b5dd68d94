// RUN: %check_concord %s %t concord-unstoppable-thread

#include <pthread.h>
#include <stdatomic.h>
#include <threads.h>
#include <unistd.h>

void sample(void);
static atomic_bool running = 1;

static void *tick(void *data) {
  (void)data;
  while (1) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing ends this loop
    sample();
    sleep(1);
  }
  return NULL;
}

static void *stops(void *data) {
  while (running)
    sample();
  for (;;) {
    if (!running)
      pthread_exit(data);
    sample();
  }
}

static int c11(void *data) {
  (void)data;
  for (;;)
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing ends this loop
    sample();
}

static int leaves(void *data) {
  (void)data;
  for (;;) {
    sample();
    if (!running)
      thrd_exit(0);
  }
}

int start(void) {
  pthread_t first, second;
  thrd_t third, fourth;
  pthread_create(&first, NULL, tick, NULL);
  pthread_create(&second, NULL, stops, NULL);
  thrd_create(&third, c11, NULL);
  thrd_create(&fourth, leaves, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  thrd_join(third, NULL);
  return thrd_join(fourth, NULL);
}
