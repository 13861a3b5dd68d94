#include <cstdio>
#include <thread>

void greet(int times) {
}
