// RUN: %check_concord %s %t concord-call-under-lock
// C: callbacks under a pthread mutex.
#include <pthread.h>

typedef void (*handler_t)(int);

struct source {
  pthread_mutex_t lock;
  handler_t callback;
  void *data;
};

struct ops {
  int (*open)(void);
  int (*read)(void);
  int (*close)(void);
};

void wrong(struct source *s) {
  pthread_mutex_lock(&s->lock);
  s->callback(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: callback 's->callback' runs while 's->lock' is held
  pthread_mutex_unlock(&s->lock);
}

void right(struct source *s) {
  pthread_mutex_lock(&s->lock);
  handler_t callback = s->callback;
  pthread_mutex_unlock(&s->lock);
  callback(1);
}

// A table of operations is C's way to write a class.
void table(struct source *s, const struct ops *ops) {
  pthread_mutex_lock(&s->lock);
  ops->read();
  pthread_mutex_unlock(&s->lock);
}

// A pointer that picks an implementation is no callback; nobody registers it.
unsigned (*checksum)(const void *, unsigned);
void (*exit_hook)(void);
struct format {
  const char *name;
  void (*print_cb)(int);
};

void chosen(struct source *s, const struct format *f) {
  pthread_mutex_lock(&s->lock);
  checksum(s, 1);
  f->print_cb(1);
  exit_hook();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: callback 'exit_hook' runs while 's->lock' is held
  pthread_mutex_unlock(&s->lock);
}
