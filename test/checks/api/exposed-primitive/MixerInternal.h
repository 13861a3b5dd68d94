#pragma once
#include <mutex>
struct Mixer {
  std::mutex m;
};
