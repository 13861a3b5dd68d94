// RUN: %check_concord %s %t concord-exit-with-running-threads
// main leaves its threads running on purpose, or never returns.
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

void *work(void *);
int ready(void);

int main(int argc, char **argv) {
  pthread_t id;
  if (pthread_create(&id, 0, work, 0) != 0)
    exit(1);
  pthread_detach(id);
  if (argc > 1)
    pthread_exit(0);
  for (;;)
    pause();
}
