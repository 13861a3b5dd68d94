// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-exposed-primitive

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__
#else
#include <boost/fiber/buffered_channel.hpp>
#include <boost/thread/mutex.hpp>
#include <semaphore>
#include <semaphore.h>

struct Numbers {
  boost::fibers::buffered_channel<int> channel{2};
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: public data member 'channel' lets every caller use the channel of 'Numbers'; {{.*}} [concord-exposed-primitive]
  boost::mutex m;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: public data member 'm' lets every caller use the mutex of 'Numbers'; {{.*}} [concord-exposed-primitive]
  std::counting_semaphore<8> places{8};
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: public data member 'places' lets every caller use the semaphore of 'Numbers'; {{.*}} [concord-exposed-primitive]
  sem_t more;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: public data member 'more' lets every caller use the semaphore of 'Numbers'; {{.*}} [concord-exposed-primitive]
};

#endif
