// REQUIRES: boost-fiber
// RUN: %check_concord %s %t concord-channel-capacity

// Numbers that come from somewhere.
#include <boost/fiber/buffered_channel.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using Queue = boost::sync_bounded_queue<int>;
using Numbers = boost::fibers::buffered_channel<int>;

#define CAPACITY 64
constexpr std::size_t Slots = 64;
enum Sizes { Small = 8 };
enum class Depth : std::size_t { Deep = 128 };
struct Limits {
  static constexpr int Largest = 256;
};
struct Settings {
  std::size_t capacity = 100;
  std::size_t slots() const;
};
std::size_t configured();

void constant() { Queue queue(Slots); }
void twice() { Queue queue(2 * Slots); }
void enumerator() { Queue queue(Small); }
void scoped() { Queue queue(static_cast<std::size_t>(Depth::Deep)); }
void staticMember() { Queue queue(Limits::Largest); }
void macro() { Queue queue(CAPACITY); }
void local() {
  const int places = 10;
  Queue queue(places);
}
void variable() {
  int places = 10;
  places += 2;
  Queue queue(places);
}
void parameter(int places) { Queue queue(places); }
void call() { Queue queue(configured()); }
void setting(const Settings &settings) { Queue queue(settings.capacity); }
void getter(const Settings &settings) { Queue queue(settings.slots()); }
void workers() { Queue queue(std::thread::hardware_concurrency()); }
void twoEach() { Queue queue(2 * std::thread::hardware_concurrency()); }
void oneEach(const std::vector<int> &items) { Queue queue(items.size()); }
void array() {
  int items[12] = {};
  Queue queue(std::size(items));
}
void sizes() { Queue queue(sizeof(int) * 8); }
void chosen(bool large) { Queue queue(large ? 64 : 1); }
void made() { auto queue = std::make_unique<Queue>(Slots); }
void emplaced() {
  std::optional<Numbers> numbers;
  numbers.emplace(Slots);
}

template <std::size_t N> struct Fixed {
  Queue queue{N};
};
Fixed<64> fixed;

class Configured {
public:
  explicit Configured(std::size_t capacity = Slots) : queue(capacity) {}

private:
  Queue queue;
};
class FromMember {
public:
  FromMember() : queue(capacity) {}

private:
  std::size_t capacity = 50;
  Queue queue;
};
