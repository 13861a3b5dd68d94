// RUN: %check_concord %s %t concord-exposed-primitive
// RUN: %check_concord %s %t concord-exposed-primitive --suffix=PROTECTED --config="{CheckOptions: {concord-exposed-primitive.Protected: true, concord-exposed-primitive.HelperTypes: 'Ledger;shop::.*'}}" -- -DHELPERS
// RUN: %check_concord %s %t concord-exposed-primitive --suffix=MAIN --config="{CheckOptions: {concord-exposed-primitive.MainFile: true, concord-exposed-primitive.HelperTypes: 'Ledger;shop::Till'}}" -- -DHELPERS

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__

struct InSource {
  std::mutex m;
  // CHECK-MESSAGES-MAIN: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'InSource'; {{.*}} [concord-exposed-primitive]
};

#else
#include <mutex>

class Base {
protected:
  std::mutex m;
  // CHECK-MESSAGES-PROTECTED: :[[@LINE-1]]:14: warning: protected data member 'm' lets every derived class use the mutex of 'Base'; {{.*}} [concord-exposed-primitive]
private:
  std::mutex own;
};

#ifdef HELPERS
struct Ledger {
  std::mutex m;
};
namespace shop {
struct Till {
  std::mutex m;
};
} // namespace shop
#endif

#endif
