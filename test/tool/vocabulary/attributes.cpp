// Mutexes and guards that say what they are by clang's capability attributes.
// RUN: %debug_tidy -checks=-*,concord-debug-* %s -- -std=c++17 | FileCheck %s
#define CAPABILITY(x) __attribute__((capability(x)))
#define SCOPED __attribute__((scoped_lockable))
#define ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define ACQUIRE_SHARED(...)                                                    \
  __attribute__((acquire_shared_capability(__VA_ARGS__)))
#define RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))
#define RELEASE_ANY(...)                                                       \
  __attribute__((release_generic_capability(__VA_ARGS__)))
#define TRY_ACQUIRE(...) __attribute__((try_acquire_capability(__VA_ARGS__)))

class CAPABILITY("mutex") Latchkey {
public:
  void seize() ACQUIRE();
  void seizeForReading() ACQUIRE_SHARED();
  bool attempt() TRY_ACQUIRE(true);
  void drop() RELEASE();
};
class SCOPED Holder {
public:
  explicit Holder(Latchkey *K) ACQUIRE(K);
  ~Holder() RELEASE();
  void drop() RELEASE();
};
class SCOPED Reader {
public:
  Reader(int Level, Latchkey &K) ACQUIRE_SHARED(K);
  ~Reader() RELEASE_ANY();
};
class SCOPED Dropper {
public:
  explicit Dropper(Latchkey &K) RELEASE(K);
  ~Dropper() ACQUIRE();
};
class CAPABILITY("role") MainThread {
public:
  void enter() ACQUIRE();
};
void seizeAll(int, Latchkey &K) ACQUIRE(K);

void f() {
  // CHECK-DAG: 'K' is Latchkey: mutex (exclusive shared structural)
  Latchkey K;
  // CHECK-DAG: lock Latchkey on 'K', blocks
  K.seize();
  // CHECK-DAG: lock-shared Latchkey on 'K', blocks
  K.seizeForReading();
  // CHECK-DAG: try-lock Latchkey on 'K' [
  K.attempt();
  // CHECK-DAG: unlock Latchkey on 'K'
  K.drop();
  // CHECK-DAG: 'H' is Holder: guard (structural), guards
  // CHECK-DAG: lock Holder on 'K', locks 'K', blocks
  Holder H(&K);
  // CHECK-DAG: unlock Holder on 'H'
  H.drop();
  // CHECK-DAG: 'R' is Reader: guard (structural), guards shared
  // CHECK-DAG: lock-shared Reader on 'K', locks shared 'K', blocks
  Reader R(1, K);
  // CHECK-DAG: 'D' is Dropper: unlock-guard (structural)
  Dropper D(K);
  // CHECK-NOT: 'M'
  MainThread M;
  // CHECK-DAG: lock Latchkey on 'K', blocks
  seizeAll(1, K);
}
