// POSIX and C11 threads in C; blocking calls depend on their arguments.
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=gnu17 -D_GNU_SOURCE | FileCheck %s
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

typedef pthread_mutex_t project_mutex_t;

// CHECK: 'Global' is pthread_mutex_t: mutex (exclusive maybe-recursive), not recursive as initialised
pthread_mutex_t Global = PTHREAD_MUTEX_INITIALIZER;
// CHECK: 'Recursive' is pthread_mutex_t: mutex (exclusive maybe-recursive) [
pthread_mutex_t Recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
// CHECK: 'Project' is pthread_mutex_t: mutex (exclusive maybe-recursive) [
project_mutex_t Project;
// CHECK: 'Rw' is pthread_rwlock_t: mutex (exclusive shared)
pthread_rwlock_t Rw;
// CHECK: 'Count' is _Atomic: atomic ()
_Atomic int Count;
// CHECK: 'Flag' is _Atomic: atomic ()
atomic_bool Flag;

static void *entry(void *Data) { return Data; }
static int start(void *Data) { return Data != 0; }
static int send_message(int A) { return A; }

void locks(pthread_mutex_t *M, pthread_cond_t *C) {
  // CHECK: lock pthread_mutex_t on 'M', blocks
  pthread_mutex_lock(M);
  // CHECK: try-lock pthread_mutex_t on 'Global' [
  pthread_mutex_trylock(&Global);
  // CHECK: unlock pthread_mutex_t on 'Project'
  pthread_mutex_unlock(&Project);
  // CHECK: lock-shared pthread_rwlock_t on 'Rw', blocks
  pthread_rwlock_rdlock(&Rw);
  // CHECK: unlock pthread_rwlock_t on 'Rw'
  pthread_rwlock_unlock(&Rw);
  // CHECK: condition-wait pthread_cond_t on 'C' lock 'M', blocks
  pthread_cond_wait(C, M);
  // CHECK: notify-all pthread_cond_t on 'C'
  pthread_cond_broadcast(C);
}

void threads(void) {
  // CHECK: 'T' is pthread_t: thread (), destructor never
  pthread_t T;
  // CHECK: launch callable 'entry' out '&T'
  pthread_create(&T, 0, entry, 0);
  // CHECK: join pthread_t on 'T', blocks
  pthread_join(T, 0);
  // CHECK: 'U' is thrd_t: thread (), destructor never
  thrd_t U;
  // CHECK: launch callable 'start' out '&U'
  thrd_create(&U, start, 0);
  // CHECK: 'M' is mtx_t: mutex (exclusive maybe-recursive)
  mtx_t M;
  // CHECK: lock mtx_t on 'M', blocks
  mtx_lock(&M);
  // CHECK: 'S' is sem_t: semaphore ()
  sem_t S;
  // CHECK: acquire sem_t on 'S', blocks
  sem_wait(&S);
}

void blocking(int Fd, char *Buffer) {
  // CHECK: block, blocks
  recv(Fd, Buffer, 1, 0);
  // CHECK: block [
  recv(Fd, Buffer, 1, MSG_DONTWAIT | MSG_PEEK);
  int Status;
  // CHECK: block, blocks
  waitpid(1, &Status, 0);
  // CHECK: block [
  waitpid(1, &Status, WNOHANG);
  struct pollfd P;
  // CHECK: block [
  poll(&P, 1, 0);
  // CHECK: block, blocks
  poll(&P, 1, 100);
  // CHECK: block [
  fcntl(Fd, F_GETFL);
  // CHECK: block, blocks
  fcntl(Fd, F_SETLKW, 0);
  // CHECK: block [
  flock(Fd, LOCK_EX | LOCK_NB);
  // CHECK: sleep timeout '1', blocks
  sleep(1);
  // CHECK-NOT: warning
  send_message(1);
}
