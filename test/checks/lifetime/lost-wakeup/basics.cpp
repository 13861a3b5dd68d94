// RUN: %check_concord %s %t concord-lost-wakeup --std=c++17,c++20,c++23

#include <thread>

void right() {}
