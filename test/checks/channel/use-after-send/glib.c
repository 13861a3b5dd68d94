// REQUIRES: glib
// RUN: %check_concord %s %t concord-use-after-send -- %glib
#include <glib.h>
#include <string.h>

struct job {
  int id;
  char name[8];
};

void send_new(GAsyncQueue *queue) {
  struct job *job = g_new0(struct job, 1);
  g_async_queue_push(queue, job);
  strcpy(job->name, "x");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: '*job' is changed here
}

void send_and_free(GAsyncQueue *queue, struct job *job) {
  g_async_queue_push(queue, job);
  g_free(job);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: '*job' is changed here
}

void right(GAsyncQueue *queue, GAsyncQueue *back, struct job *job) {
  job->id = 1;
  g_async_queue_push(queue, job);
  job = g_async_queue_pop(back);
  job->id = 2;
}
