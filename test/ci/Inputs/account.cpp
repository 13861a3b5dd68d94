#include <mutex>

struct Account {
  std::mutex mutex;
  int balance = 0;
};

void transfer(Account &from, Account &to, int amount) {
  /* ä😀 */ std::lock_guard<std::mutex> first(from.mutex);
  std::lock_guard<std::mutex> second(to.mutex);
  from.balance -= amount;
  to.balance += amount;
}

void reset(Account &account) {
  std::lock_guard<std::mutex>{account.mutex};
  account.balance = 0;
}
