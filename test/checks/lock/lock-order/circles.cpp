// RUN: %check_concord %s %t concord-lock-order --std=c++17,c++20

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

std::mutex a, b, c;
int work;

void one() {
  std::lock_guard<std::mutex> first(a);
  std::lock_guard<std::mutex> second(b);
  ++work;
}
void two() {
  std::lock_guard<std::mutex> first(b);
  std::lock_guard<std::mutex> second(c);
  ++work;
}
void takeA() {
  std::lock_guard<std::mutex> lock(a);
  ++work;
}
void three() {
  std::lock_guard<std::mutex> first(c);
  takeA();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'a' is locked after 'c' here, which closes a circle of 3 locks in which every thread can wait for the next; keep one order [concord-lock-order]
}

// Silent: the same three with one order.
std::mutex x, y, z;
void xy() {
  std::lock_guard<std::mutex> first(x);
  std::lock_guard<std::mutex> second(y);
}
void yz() {
  std::lock_guard<std::mutex> first(y);
  std::lock_guard<std::mutex> second(z);
}
void xz() {
  std::lock_guard<std::mutex> first(x);
  std::lock_guard<std::mutex> second(z);
}

// Two orders are reported as such, and not as a part of a circle again.
std::mutex p, q, r;
void pq() {
  std::lock_guard<std::mutex> first(p);
  std::lock_guard<std::mutex> second(q);
}
void qp() {
  std::lock_guard<std::mutex> first(q);
  std::lock_guard<std::mutex> second(p);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'p' is locked after 'q' here, but elsewhere before it
}
void qr() {
  std::lock_guard<std::mutex> first(q);
  std::lock_guard<std::mutex> second(r);
}

// Neighbours in a ring.
struct Fork {
  std::mutex mutex;
};
constexpr std::size_t Seats = 5;
Fork forks[Seats];

void dine(std::size_t Seat) {
  std::lock_guard<std::mutex> left(forks[Seat].mutex);
  std::lock_guard<std::mutex> right(forks[(Seat + 1) % Seats].mutex);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the lock of one element is taken after that of its neighbour 'forks(Seat).mutex', and the last neighbour is the first, so that all threads can wait in a circle; lock both at once, or the lower index first
}

void dineByHand(std::vector<std::mutex> &Locks, std::size_t Seat) {
  std::size_t next = (Seat + 1) % Locks.size();
  Locks[Seat].lock();
  Locks[next].lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the lock of one element is taken after that of its neighbour
  Locks[next].unlock();
  Locks[Seat].unlock();
}

void dineSafely(std::size_t Seat) {
  std::scoped_lock both(forks[Seat].mutex, forks[(Seat + 1) % Seats].mutex);
  ++work;
}
void dineInOrder(std::size_t Seat) {
  std::size_t low = Seat, high = (Seat + 1) % Seats;
  if (high < low)
    std::swap(low, high);
  std::lock_guard<std::mutex> left(forks[low].mutex);
  std::lock_guard<std::mutex> right(forks[high].mutex);
}
void dineLastOtherwise(std::size_t Seat) {
  std::size_t next = (Seat + 1) % Seats;
  if (Seat == Seats - 1) {
    std::lock_guard<std::mutex> right(forks[next].mutex);
    std::lock_guard<std::mutex> left(forks[Seat].mutex);
  } else {
    std::lock_guard<std::mutex> left(forks[Seat].mutex);
    std::lock_guard<std::mutex> right(forks[next].mutex);
  }
}
void oneAfterTheOther(std::size_t Seat) {
  { std::lock_guard<std::mutex> left(forks[Seat].mutex); }
  { std::lock_guard<std::mutex> right(forks[(Seat + 1) % Seats].mutex); }
}
