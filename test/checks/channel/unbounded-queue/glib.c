// REQUIRES: glib
// RUN: %check_concord %s %t concord-unbounded-queue -- %glib
#include <glib.h>

struct server {
  GAsyncQueue *jobs;
};

void add(struct server *server, gpointer job) {
  g_async_queue_push(server->jobs, job);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' grows without a bound
}
