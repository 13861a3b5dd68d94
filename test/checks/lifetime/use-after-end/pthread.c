// RUN: %check_concord %s %t concord-use-after-end
#include <pthread.h>

void *work(void *);

void twice(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
  pthread_join(t, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is used here after it was joined; join once
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was joined here
}

void detached(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  pthread_detach(t);
  pthread_join(t, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is used here after it was detached
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: it was detached here
}

void right(pthread_t *ts, int n) {
  pthread_t t;
  for (int i = 0; i < n; ++i) {
    pthread_create(&t, 0, work, 0);
    pthread_join(t, 0);
  }
  for (int i = 0; i < n; ++i)
    pthread_join(ts[i], 0);
}
