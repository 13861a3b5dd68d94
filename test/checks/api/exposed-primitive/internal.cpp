// RUN: %check_concord %s %t concord-exposed-primitive --suffix=DEFAULT
// RUN: %check_concord %s %t concord-exposed-primitive --suffix=NONE \
// RUN:   --config="{CheckOptions: {concord-exposed-primitive.InternalNamespaces: 'backstage', concord-exposed-primitive.InternalHeaders: ''}}"

#include "MixerInternal.h"
#include "detail/hidden.h"
#include "window_p.h"
// CHECK-MESSAGES-NONE: MixerInternal.h:4:14: warning: public data member 'm' lets every caller use the mutex of 'Mixer'; {{.*}} [concord-exposed-primitive]
// CHECK-MESSAGES-NONE: hidden.h:4:14: warning: public data member 'm' lets every caller use the mutex of 'Hidden'; {{.*}} [concord-exposed-primitive]
// CHECK-MESSAGES-NONE: hidden.h:6:19: warning: global mutex 'hiddenMutex' in a header {{.*}} [concord-exposed-primitive]

// This file includes itself: the second part is the header.
#ifndef HEADER
#define HEADER
#include __FILE__
#else

namespace app::detail {
struct State {
  std::mutex m;
  // CHECK-MESSAGES-NONE: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'State'; {{.*}} [concord-exposed-primitive]
};
} // namespace app::detail

namespace app::internal::tables {
struct Table {
  std::mutex m;
  // CHECK-MESSAGES-NONE: :[[@LINE-1]]:14: warning: public data member 'm' lets every caller use the mutex of 'Table'; {{.*}} [concord-exposed-primitive]
};
} // namespace app::internal::tables

namespace app::_private {
extern std::mutex m;
// CHECK-MESSAGES-NONE: :[[@LINE-1]]:19: warning: global mutex 'm' in a header {{.*}} [concord-exposed-primitive]
} // namespace app::_private

namespace app::backstage {
std::mutex &stageMutex();
// CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:13: warning: function 'stageMutex' hands a mutex to its callers; {{.*}} [concord-exposed-primitive]
} // namespace app::backstage

#endif
// The other file comes last in the output.
// CHECK-MESSAGES-NONE: window_p.h:4:14: warning: public data member 'm' lets every caller use the mutex of 'WindowData'; {{.*}} [concord-exposed-primitive]
