// RUN: %check_concord %s %t concord-uncancellable-sleep -- -D_GNU_SOURCE

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

void beat(void);

static atomic_bool stop;
static pthread_t thread;

static void *run(void *p) {
  while (!atomic_load(&stop)) {
    beat();
    sleep(60);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' does not end this sleep of 1 min, so whoever waits for the loop to end may wait as long; wait on a condition variable with a time limit, and notify it with the flag
    // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: the loop polls the signal here
  }
  return p;
}

struct daemon {
  pthread_mutex_t lock;
  bool quit;
  pthread_t thread;
};

static void *serve(void *p) {
  struct daemon *d = p;
  for (;;) {
    pthread_mutex_lock(&d->lock);
    bool quit = d->quit;
    pthread_mutex_unlock(&d->lock);
    if (quit)
      break;
    beat();
    struct timespec t = {.tv_sec = 10};
    nanosleep(&t, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'quit' does not end this sleep of 10 s
  }
  return p;
}

void start(struct daemon *d) {
  pthread_create(&thread, NULL, run, NULL);
  pthread_create(&d->thread, NULL, serve, d);
}

void end(struct daemon *d) {
  stop = true;
  pthread_join(thread, NULL);
  pthread_mutex_lock(&d->lock);
  d->quit = true;
  pthread_mutex_unlock(&d->lock);
  pthread_join(d->thread, NULL);
}

// Right: the signal that sets the flag ends the sleep, too.
static volatile sig_atomic_t terminated;
static atomic_int interrupted;
static void onSignal(int number) {
  (void)number;
  interrupted = 1;
}
static void *untilSignal(void *p) {
  while (!terminated) {
    beat();
    sleep(60);
  }
  while (!interrupted) {
    beat();
    sleep(60);
  }
  return p;
}
int main(void) {
  pthread_t t;
  signal(SIGTERM, onSignal);
  pthread_create(&t, NULL, untilSignal, NULL);
  while (!stop) {
    beat();
    sleep(1);
  }
  pthread_join(t, NULL);
}
