// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Initialise once, whoever comes first: run-once.

#include <memory>
#include <mutex>
#include <string>

namespace tour::run_once {

struct Parser {
  std::string parse(const std::string &text) const { return text; }
};

namespace wrong {

std::mutex mutex;
std::unique_ptr<Parser> parser;

// The first test reads a pointer that another thread may be writing.
std::string parse(const std::string &text) {
  if (!parser) { // finding: concord-double-checked-locking
    const std::scoped_lock lock(mutex);
    if (!parser)
      parser = std::make_unique<Parser>();
  }
  return parser->parse(text);
}

// A flag of its own for every call: runs every time.
void initialize(void (*setUp)()) {
  std::once_flag once; // finding: concord-once-flag
  std::call_once(once, setUp);
}

} // namespace wrong

namespace right {

std::string parse(const std::string &text) {
  static const Parser parser;
  return parser.parse(text);
}

// Once per object.
class Document {
public:
  explicit Document(std::string text) : text(std::move(text)) {}

  const std::string &parsed() const {
    std::call_once(once, [this] { result = Parser().parse(text); });
    return result;
  }

private:
  const std::string text;
  mutable std::once_flag once;
  mutable std::string result;
};

} // namespace right

} // namespace tour::run_once
