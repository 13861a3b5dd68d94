// REQUIRES: asio
// RUN: %check_concord %s %t concord-channel-capacity

// The second argument, after the executor; none is a rendezvous.
#include <asio.hpp>
#include <asio/experimental/channel.hpp>
#include <asio/experimental/concurrent_channel.hpp>

using Signature = void(std::error_code, int);

void channels(asio::io_context &context) {
  asio::experimental::channel<Signature> none(context);
  asio::experimental::channel<Signature> one(context, 1);
  asio::experimental::channel<Signature> many(context, 64);
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: capacity 64 of channel
  asio::experimental::concurrent_channel<Signature> shared(context, 64);
  // CHECK-MESSAGES: :[[@LINE-1]]:69: warning: capacity 64 of channel
}
