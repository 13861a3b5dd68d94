// RUN: %check_concord %s %t concord-channel-capacity

// Numbers that are no capacity, and names that are no channel.
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

class Channel {
public:
  explicit Channel(int descriptor);
};

void others() {
  Channel epoll(64);
  std::vector<int> values(64);
  std::counting_semaphore<64> places(64);
  std::thread thread([](int n) { (void)n; }, 64);
  thread.join();
}
