// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The two interfaces of inventory.h at work: hide-concurrency.

#include "inventory.h"

namespace tour::inventory {

namespace wrong {

// The protocol, once more in every caller. This one forgot to notify.
void add(Inventory &inventory, const std::string &item) {
  const std::scoped_lock lock(inventory.mutex);
  ++inventory.stock[item];
}

} // namespace wrong

namespace right {

void Inventory::add(const std::string &item, int count) {
  {
    const std::scoped_lock lock(mutex);
    stock[item] += count;
  }
  changed.notify_all();
}

bool Inventory::take(const std::string &item) {
  const std::scoped_lock lock(mutex);
  return takeLocked(item);
}

void Inventory::await(const std::string &item) {
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return takeLocked(item); });
}

bool Inventory::takeLocked(const std::string &item) {
  const auto found = stock.find(item);
  if (found == stock.end() || found->second == 0)
    return false;
  --found->second;
  return true;
}

} // namespace right

} // namespace tour::inventory
