//===--- Names.cpp - The words of vocabulary files --------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Names.h"

namespace clang::tidy::concord {

template <> llvm::ArrayRef<Named<Role>> names<Role>() {
  static constexpr Named<Role> Table[] = {
      {"mutex", Role::Mutex},
      {"guard", Role::Guard},
      {"unlock-guard", Role::UnlockGuard},
      {"guarded-value", Role::GuardedValue},
      {"thread", Role::Thread},
      {"thread-group", Role::ThreadGroup},
      {"executor", Role::Executor},
      {"task-group", Role::TaskGroup},
      {"future", Role::Future},
      {"promise", Role::Promise},
      {"packaged-task", Role::PackagedTask},
      {"channel", Role::Channel},
      {"condition-variable", Role::ConditionVariable},
      {"once-flag", Role::OnceFlag},
      {"latch", Role::Latch},
      {"barrier", Role::Barrier},
      {"semaphore", Role::Semaphore},
      {"event", Role::Event},
      {"stop-token", Role::StopToken},
      {"stop-source", Role::StopSource},
      {"stop-callback", Role::StopCallback},
      {"scope", Role::Scope},
      {"atomic", Role::Atomic},
      {"concurrent-map", Role::ConcurrentMap},
      {"concurrent-container", Role::ConcurrentContainer},
      {"thread-local-storage", Role::ThreadLocalStorage},
      {"rcu", Role::Rcu},
      {"tag", Role::Tag},
      {"scheduler", Role::Scheduler},
      {"helper", Role::Helper},
  };
  return Table;
}

template <> llvm::ArrayRef<Named<Trait>> names<Trait>() {
  static constexpr Named<Trait> Table[] = {
      {"exclusive", Trait::Exclusive},
      {"shared", Trait::Shared},
      {"recursive", Trait::Recursive},
      {"maybe-recursive", Trait::MaybeRecursive},
      {"timed", Trait::Timed},
      {"spin", Trait::Spin},
      {"upgrade", Trait::Upgrade},
      {"null", Trait::Null},
      {"interprocess", Trait::Interprocess},
      {"fiber", Trait::Fiber},
      {"coroutine", Trait::Coroutine},
      {"movable", Trait::Movable},
      {"stop-token-argument", Trait::StopTokenArgument},
      {"structural", Trait::Structural},
  };
  return Table;
}

template <> llvm::ArrayRef<Named<Operation>> names<Operation>() {
  static constexpr Named<Operation> Table[] = {
      {"none", Operation::None},
      {"lock", Operation::Lock},
      {"try-lock", Operation::TryLock},
      {"timed-lock", Operation::TimedLock},
      {"unlock", Operation::Unlock},
      {"lock-shared", Operation::LockShared},
      {"try-lock-shared", Operation::TryLockShared},
      {"timed-lock-shared", Operation::TimedLockShared},
      {"unlock-shared", Operation::UnlockShared},
      {"lock-upgrade", Operation::LockUpgrade},
      {"unlock-upgrade", Operation::UnlockUpgrade},
      {"convert-lock", Operation::ConvertLock},
      {"lock-multiple", Operation::LockMultiple},
      {"lock-when", Operation::LockWhen},
      {"await-condition", Operation::AwaitCondition},
      {"assert-held", Operation::AssertHeld},
      {"with-lock", Operation::WithLock},
      {"acquire-guard", Operation::AcquireGuard},
      {"release-guard", Operation::ReleaseGuard},
      {"owns-lock", Operation::OwnsLock},
      {"guard-mutex", Operation::GuardMutex},
      {"swap", Operation::Swap},
      {"launch", Operation::Launch},
      {"parallel", Operation::Parallel},
      {"start", Operation::Start},
      {"register", Operation::Register},
      {"wrap", Operation::Wrap},
      {"adopt", Operation::Adopt},
      {"join", Operation::Join},
      {"timed-join", Operation::TimedJoin},
      {"detach", Operation::Detach},
      {"joinable", Operation::Joinable},
      {"interrupt", Operation::Interrupt},
      {"cancel", Operation::Cancel},
      {"wait-all", Operation::WaitAll},
      {"stop", Operation::Stop},
      {"get", Operation::Get},
      {"wait", Operation::Wait},
      {"timed-wait", Operation::TimedWait},
      {"then", Operation::Then},
      {"valid", Operation::Valid},
      {"set-value", Operation::SetValue},
      {"get-future", Operation::GetFuture},
      {"run", Operation::Run},
      {"condition-wait", Operation::ConditionWait},
      {"notify-one", Operation::NotifyOne},
      {"notify-all", Operation::NotifyAll},
      {"send", Operation::Send},
      {"try-send", Operation::TrySend},
      {"timed-send", Operation::TimedSend},
      {"receive", Operation::Receive},
      {"try-receive", Operation::TryReceive},
      {"timed-receive", Operation::TimedReceive},
      {"close", Operation::Close},
      {"is-closed", Operation::IsClosed},
      {"abort", Operation::Abort},
      {"make-channel", Operation::MakeChannel},
      {"set-capacity", Operation::SetCapacity},
      {"arrive", Operation::Arrive},
      {"arrive-and-wait", Operation::ArriveAndWait},
      {"acquire", Operation::Acquire},
      {"try-acquire", Operation::TryAcquire},
      {"timed-acquire", Operation::TimedAcquire},
      {"release", Operation::Release},
      {"try-wait", Operation::TryWait},
      {"set", Operation::Set},
      {"reset", Operation::Reset},
      {"request-stop", Operation::RequestStop},
      {"query-stop", Operation::QueryStop},
      {"get-token", Operation::GetToken},
      {"atomic-load", Operation::AtomicLoad},
      {"atomic-store", Operation::AtomicStore},
      {"atomic-modify", Operation::AtomicModify},
      {"insert", Operation::Insert},
      {"find", Operation::Find},
      {"erase", Operation::Erase},
      {"call-once", Operation::CallOnce},
      {"sleep", Operation::Sleep},
      {"yield", Operation::Yield},
      {"block", Operation::Block},
      {"initialize", Operation::Initialize},
      {"destroy", Operation::Destroy},
      {"thread-exit", Operation::ThreadExit},
      {"process-exit", Operation::ProcessExit},
  };
  return Table;
}

template <> llvm::ArrayRef<Named<BlockingKind>> names<BlockingKind>() {
  static constexpr Named<BlockingKind> Table[] = {
      {"no", BlockingKind::No},     {"sleep", BlockingKind::Sleep},
      {"wait", BlockingKind::Wait}, {"network", BlockingKind::Network},
      {"file", BlockingKind::File}, {"process", BlockingKind::Process},
      {"name", BlockingKind::Name}, {"ipc", BlockingKind::Ipc},
  };
  return Table;
}

template <> llvm::ArrayRef<Named<ClosedResult>> names<ClosedResult>() {
  static constexpr Named<ClosedResult> Table[] = {
      {"unknown", ClosedResult::Unknown},
      {"status-enum", ClosedResult::StatusEnum},
      {"bool-false", ClosedResult::BoolFalse},
      {"empty-optional", ClosedResult::EmptyOptional},
      {"null-pointer", ClosedResult::NullPointer},
      {"exception", ClosedResult::Exception},
      {"future-exception", ClosedResult::FutureException},
      {"future-empty-optional", ClosedResult::FutureEmptyOptional},
      {"future-status", ClosedResult::FutureStatus},
      {"error-code", ClosedResult::ErrorCode},
      {"errno", ClosedResult::Errno},
      {"silent", ClosedResult::Silent},
      {"done-value", ClosedResult::DoneValue},
      {"shutdown-wake", ClosedResult::ShutdownWake},
      {"no-close", ClosedResult::NoClose},
  };
  return Table;
}

template <> llvm::ArrayRef<Named<Keep>> names<Keep>() {
  static constexpr Named<Keep> Table[] = {
      {"optional", Keep::Optional},
      {"should", Keep::Should},
      {"must", Keep::Must},
  };
  return Table;
}

template <> llvm::ArrayRef<Named<DestructorKind>> names<DestructorKind>() {
  static constexpr Named<DestructorKind> Table[] = {
      {"unknown", DestructorKind::Unknown},
      {"terminate", DestructorKind::Terminate},
      {"join", DestructorKind::Join},
      {"stop-join", DestructorKind::StopJoin},
      {"cancel-wait", DestructorKind::CancelWait},
      {"drain", DestructorKind::Drain},
      {"discard-join", DestructorKind::DiscardJoin},
      {"detach", DestructorKind::Detach},
      {"detach-or-terminate", DestructorKind::DetachOrTerminate},
      {"block-if-async", DestructorKind::BlockIfAsync},
      {"throw", DestructorKind::Throw},
      {"no-wait", DestructorKind::NoWait},
      {"drop-lazy", DestructorKind::DropLazy},
      {"closes", DestructorKind::Closes},
      {"never", DestructorKind::Never},
  };
  return Table;
}

template <>
llvm::ArrayRef<Named<CapacityFact::Place>> names<CapacityFact::Place>() {
  static constexpr Named<CapacityFact::Place> Table[] = {
      {"none", CapacityFact::None},
      {"constructor-argument", CapacityFact::ConstructorArgument},
      {"template-argument", CapacityFact::TemplateArgument},
      {"member", CapacityFact::Member},
      {"factory-argument", CapacityFact::FactoryArgument},
      {"macro-argument", CapacityFact::MacroArgument},
      {"fixed", CapacityFact::Fixed},
  };
  return Table;
}

} // namespace clang::tidy::concord
