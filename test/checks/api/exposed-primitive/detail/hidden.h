#pragma once
#include <mutex>
struct Hidden {
  std::mutex m;
};
extern std::mutex hiddenMutex;
