// RUN: %check_concord %s %t concord-thread-per-item --config="{CheckOptions: {concord-thread-per-item.AcceptLoops: true}}"
// One thread per connection, which is reported on demand.
#include <pthread.h>
#include <sys/socket.h>

void *serve(void *connection);

void acceptLoop(int listener) {
  for (;;) {
    pthread_t thread;
    int *connection = 0;
    if (accept(listener, 0, 0) < 0)
      continue;
    pthread_create(&thread, 0, serve, connection);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: each round of a loop without end detaches a new thread
    // CHECK-MESSAGES: :[[@LINE-7]]:3: note:
    pthread_detach(thread);
  }
}

void fewThreads(int count) {
  pthread_t threads[16];
  for (int i = 0; i < count; ++i)
    pthread_create(&threads[i], 0, serve, 0);
  for (int i = 0; i < count; ++i)
    pthread_join(threads[i], 0);
}
