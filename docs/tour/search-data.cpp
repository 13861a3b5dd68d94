// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The first answer wins, the others are told to stop: signal-stop.

#include "channel.h"

#include <array>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace tour::search_data {

using Answer = std::optional<std::string>;
using Search = std::function<Answer(std::stop_token, const std::string &)>;

namespace wrong {

// The losers send to a channel that has died, about a query that has died.
Answer searchData(const std::string &query,
                  const std::array<Search, 3> &searches) {
  Channel<Answer> answers;
  for (const Search &search : searches)
    // finding: concord-blocked-sender, concord-detached-thread, concord-escaping-capture
    std::thread([&] { answers.send(search({}, query)); }).detach();
  return answers.receive().value_or(std::nullopt);
}

} // namespace wrong

namespace right {

Answer searchData(const std::string &query,
                  const std::array<Search, 3> &searches) {
  std::stop_source stop;
  Channel<Answer> answers(searches.size()); // room for all: nobody blocks
  std::vector<std::jthread> workers;
  for (const Search &search : searches)
    workers.emplace_back([&answers, &search, &query, token = stop.get_token()] {
      answers.send(search(token, query));
    });

  Answer first;
  for (std::size_t n = 0; n < searches.size() && !first; ++n)
    first = answers.receive().value_or(std::nullopt);
  stop.request_stop();
  return first; // 'workers' joins: a search ends soon after the request
}

} // namespace right

} // namespace tour::search_data
