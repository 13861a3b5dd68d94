// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every thread has an owner: no-fire-and-forget.

#include <cstdio>
#include <future>
#include <string>
#include <thread>
#include <utility>

namespace tour::fire_and_forget {

void write(const std::string &text) { std::puts(text.c_str()); }

namespace wrong {

class Editor {
public:
  explicit Editor(std::string text) : text(std::move(text)) {}

  // The editor may be closed before the thread has read its text.
  void save() {
    // finding: concord-detached-thread
    std::thread([this] { write(text); }).detach();
  }

private:
  std::string text;
};

// Detached by name, and by reference.
void log(std::string line) {
  // finding: concord-escaping-capture
  std::thread writer([&line] { write(line); });
  // finding: concord-detached-thread
  writer.detach();
}

// Looks concurrent, is not: the dropped future waits at the semicolon.
void warmUp() {
  // finding: concord-discarded-future
  (void)std::async(std::launch::async, write, "warm");
  write("served");
}

} // namespace wrong

namespace right {

class Editor {
public:
  explicit Editor(std::string text) : text(std::move(text)) {}

  // The thread owns a copy, the editor owns the thread.
  void save() {
    saving = std::jthread([text = text] { write(text); });
  }

private:
  std::string text;
  std::jthread saving;
};

std::jthread log(std::string line) {
  return std::jthread([line = std::move(line)] { write(line); });
}

void warmUp() {
  auto warm = std::async(std::launch::async, write, "warm");
  write("served");
  warm.get();
}

} // namespace right

} // namespace tour::fire_and_forget
