// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-function-channel

// The loop over the channel, and a parameter as the channel.
#include <boost/fiber/buffered_channel.hpp>
#include <functional>
#include <map>
#include <string>

using Scores = std::map<std::string, int>;
using Requests = boost::fibers::buffered_channel<std::function<void(Scores &)>>;

void manage(Requests &requests) {
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'requests' carries functions that one task runs on 'scores'
  Scores scores;
  for (auto &request : requests)
    request(scores);
}

void manageByPointer(
    boost::fibers::buffered_channel<std::function<void(Scores *)>> &in) {
  // CHECK-MESSAGES: :[[@LINE-1]]:69: warning: 'in' carries functions
  Scores scores;
  std::function<void(Scores *)> request;
  while (in.pop(request) == boost::fibers::channel_op_status::success)
    request(&scores);
}
