// REQUIRES: moodycamel, readerwriterqueue
// RUN: %check_concord %s %t concord-channel-capacity

// A number of slots to allocate is no bound.
#include <concurrentqueue/blockingconcurrentqueue.h>
#include <readerwriterqueue/readerwritercircularbuffer.h>
#include <readerwriterqueue/readerwriterqueue.h>

moodycamel::ConcurrentQueue<int> many(1000);
moodycamel::BlockingConcurrentQueue<int> blocking(1000);
moodycamel::ReaderWriterQueue<int> two(100);

moodycamel::BlockingReaderWriterCircularBuffer<int> bounded(1000);
// CHECK-MESSAGES: :[[@LINE-1]]:61: warning: capacity 1000 of channel 'moodycamel::BlockingReaderWriterCircularBuffer' is
