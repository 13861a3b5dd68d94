// RUN: %check_concord %s %t concord-shared-lock-write,concord-relock --std=c++17,c++20,c++23

#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

class Table {
public:
  void age() {
    std::shared_lock lock(mutex);
    for (int &row : rows)
      ++row;
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'rows' is changed while only the shared lock of 'mutex' is held; take 'mutex' exclusively [concord-shared-lock-write]
  }
  void rename(int Key, const std::string &To) {
    std::shared_lock lock(mutex);
    auto at = names.find(Key);
    if (at != names.end())
      at->second = To;
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'names' is changed while only the shared lock of 'mutex' is held
  }
  void exchange() {
    std::shared_lock lock(mutex);
    std::swap(first, second);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'first' is changed while only the shared lock of 'mutex' is held
    // CHECK-MESSAGES: :[[@LINE-2]]:22: warning: 'second' is changed while only the shared lock of 'mutex' is held
  }
  // One defect: the second lock.
  void upgrade() {
    std::shared_lock lock(mutex);
    std::unique_lock write(mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'mutex' is locked exclusively while this thread holds its shared lock
    ++first;
  }
  // Silent: copies, and objects that the elements lead to.
  int copies() const {
    std::shared_lock lock(mutex);
    int sum = 0;
    for (int row : rows)
      sum += row++;
    for (int *there : others)
      ++*there;
    return sum;
  }

private:
  mutable std::shared_mutex mutex;
  std::vector<int> rows;
  std::vector<int *> others;
  std::map<int, std::string> names;
  int first = 0, second = 0;
};
