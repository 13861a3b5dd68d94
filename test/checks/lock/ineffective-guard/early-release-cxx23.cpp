// RUN: %check_concord %s %t concord-ineffective-guard --std=c++23

#include <mutex>
#include <vector>

class LockedItems {
public:
  LockedItems(std::mutex &Mutex, std::vector<int> &Items)
      : lock(Mutex), items(&Items) {}
  std::vector<int> &operator*() { return *items; }

private:
  std::unique_lock<std::mutex> lock;
  std::vector<int> *items;
};

LockedItems lockItems();

// The temporary lives as long as the loop.
int sum() {
  int Sum = 0;
  for (int Item : *lockItems())
    Sum += Item;
  return Sum;
}

int first() {
  auto &Items = *lockItems();
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the lock of this temporary is released at the end of the statement
  return Items.front();
}
