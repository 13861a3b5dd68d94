// Which locks two functions mean: by class, not by the name of the member.
// RUN: %check_concord %s %t concord-lock-order
#include <pthread.h>

// Structures without a tag are told apart by their typedef.
typedef struct {
  pthread_mutex_t mutex;
  int queued;
} Worker;
typedef struct {
  pthread_mutex_t mutex;
  int swept;
} Keeper;
typedef struct {
  pthread_mutex_t mutex;
  int used;
} Page;

void submit(Worker *w, Page *p) {
  pthread_mutex_lock(&p->mutex);
  pthread_mutex_lock(&w->mutex);
  w->queued = p->used;
  pthread_mutex_unlock(&w->mutex);
  pthread_mutex_unlock(&p->mutex);
}
void sweep(Keeper *k, Page *p) {
  pthread_mutex_lock(&k->mutex);
  pthread_mutex_lock(&p->mutex);
  k->swept = p->used;
  pthread_mutex_unlock(&p->mutex);
  pthread_mutex_unlock(&k->mutex);
}
void collect(Worker *w, Page *p) {
  pthread_mutex_lock(&w->mutex);
  pthread_mutex_lock(&p->mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'p->mutex' is locked after 'w->mutex' here, but elsewhere before it
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: 'w->mutex' is taken here
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: then 'p->mutex' is taken here
  // CHECK-MESSAGES: :[[@LINE-18]]:3: note: the other order: 'w->mutex' after 'p->mutex'
  w->queued = p->used;
  pthread_mutex_unlock(&p->mutex);
  pthread_mutex_unlock(&w->mutex);
}

// Objects with a name of their own are no two objects of one class.
static Page first, last;
static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

void head(void) {
  pthread_mutex_lock(&first.mutex);
  pthread_mutex_lock(&table);
  ++first.used;
  pthread_mutex_unlock(&table);
  pthread_mutex_unlock(&first.mutex);
}
void tail(void) {
  pthread_mutex_lock(&table);
  pthread_mutex_lock(&last.mutex);
  ++last.used;
  pthread_mutex_unlock(&last.mutex);
  pthread_mutex_unlock(&table);
}

// Parts of one object.
typedef struct {
  Page front, back;
  pthread_mutex_t whole;
} Book;

void read(Book *b) {
  pthread_mutex_lock(&b->front.mutex);
  pthread_mutex_lock(&b->whole);
  ++b->front.used;
  pthread_mutex_unlock(&b->whole);
  pthread_mutex_unlock(&b->front.mutex);
}
void write(Book *b) {
  pthread_mutex_lock(&b->whole);
  pthread_mutex_lock(&b->back.mutex);
  ++b->back.used;
  pthread_mutex_unlock(&b->back.mutex);
  pthread_mutex_unlock(&b->whole);
}
