// A user's file adds names and wins over the embedded ones.
// RUN: env CONCORD_DEBUG_VOCABULARY=%S/Inputs/project.yaml %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 | FileCheck %s
#include <mutex>

namespace project {
inline namespace v2 {
class Gate {
public:
  void take();
  void give();
};
class Hold {
public:
  Hold(int Level, Gate &G);
};
int fetch(const char *Name, int Timeout);
template <class F> int later(int, F) { return 0; }
} // namespace v2
} // namespace project

void f(std::mutex &M) {
  // CHECK: 'M' holds std::mutex: mutex (recursive)
  // CHECK: 'G' is project::Gate: mutex ()
  project::Gate G;
  // CHECK: lock project::Gate on 'G', blocks
  G.take();
  // CHECK: 'H' is project::Hold: guard (), guards
  // CHECK: lock project::Hold on 'G', locks 'G', blocks
  project::Hold H(1, G);
  // CHECK: block, blocks
  project::fetch("a", 1);
  // CHECK: block [
  project::fetch("a", 0);
  // CHECK: launch callable '[] {}'
  project::later(3, [] {});
}
