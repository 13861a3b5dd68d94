// RUN: %check_concord %s %t concord-exposed-primitive

#ifndef HEADER
#define HEADER
#include __FILE__
#else
#include <pthread.h>

extern "C" {
struct table {
  pthread_mutex_t lock;
  int used;
};
}

#endif
