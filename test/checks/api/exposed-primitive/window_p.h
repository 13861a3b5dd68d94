#pragma once
#include <mutex>
struct WindowData {
  std::mutex m;
};
