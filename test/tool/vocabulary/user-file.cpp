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
  // CHECK-DAG: 'M' holds std::mutex: mutex (recursive)
  // CHECK-DAG: 'G' is project::Gate: mutex ()
  project::Gate G;
  // CHECK-DAG: lock project::Gate on 'G', blocks
  G.take();
  // CHECK-DAG: 'H' is project::Hold: guard (), guards
  // CHECK-DAG: lock project::Hold on 'G', locks 'G', blocks
  project::Hold H(1, G);
  // CHECK-DAG: block, blocks
  project::fetch("a", 1);
  // CHECK-DAG: block [
  project::fetch("a", 0);
  // CHECK-DAG: launch callable '[] {}'
  project::later(3, [] {});
}
