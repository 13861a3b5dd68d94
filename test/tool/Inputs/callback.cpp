#include <functional>
#include <mutex>

std::mutex mutex;

void run(const std::function<void()> &callback) {
  const std::lock_guard<std::mutex> lock(mutex);
  callback();
}
