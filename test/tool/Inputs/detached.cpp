#include <thread>

void start(int count) {
  std::thread([&count] { ++count; }).detach();
}
