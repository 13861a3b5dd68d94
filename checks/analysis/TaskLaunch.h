//===--- TaskLaunch.h - What is launched here, and on what? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKLAUNCH_H
#define CONCORD_ANALYSIS_TASKLAUNCH_H

#include "analysis/AccessPath.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;
enum class ParameterUse : uint8_t;

/// One thing of the launcher's that the task can reach.
struct TaskReach {
  enum Kind : uint8_t {
    Reference, ///< captured by reference, `std::ref`, bound to a reference
    Pointer,   ///< `&x` captured or passed, or a pointer to a local
    Value,     ///< copied or moved into the task
    This,      ///< the enclosing object, by pointer
    ThisValue, ///< `*this` copied
  };
  Kind How;
  /// The launcher's variable that is reached; null for `this`. A local
  /// reference is resolved to what it refers to; then `Through` is that
  /// reference.
  const ValueDecl *Variable = nullptr;
  const ValueDecl *Through = nullptr;
  /// The path of what is reached, for `&object.field` and the like.
  AccessPath Path;
  /// Where it is captured or passed.
  SourceLocation Loc;
  /// The argument (`std::ref(x)`, `&x`), or null for a lambda capture.
  const Expr *Argument = nullptr;
  /// The lambda and capture, where it is one. `Capture` is null for a capture
  /// that a callable object or bind holds.
  const LambdaExpr *Lambda = nullptr;
  const LambdaCapture *Capture = nullptr;
  /// The task's body really uses it (captures by `[&]` are listed only if so).
  bool Used = true;
};

/// What becomes of the handle that a launch gives.
struct TaskHandle {
  enum Kind : uint8_t {
    None,     ///< the launcher gives none (`pool.post(f)`)
    Dropped,  ///< a temporary that dies at the end of the statement
    Detached, ///< `std::thread(f).detach()`, detached attribute
    Joined,   ///< `std::thread(f).join()`, `async(f).get()`: waits at once
    Local,    ///< a local variable of the launcher
    Member,   ///< a member of the enclosing object, or of what `Path` names
    Global,   ///< static storage
    Element,  ///< an element of the container `Path`
    Returned, ///< the launcher's result
    Escapes,  ///< passed to a function, stored behind a pointer, captured, …
  };
  Kind Where = None;
  /// The handle, or the container that holds it; empty if it has no name.
  AccessPath Path;
  /// The type of the handle: a thread, future, task handle. Null if unknown.
  const TypeFact *Type = nullptr;
  /// The variable of `Local` (also of a local container for `Element`).
  const VarDecl *Variable = nullptr;
};

/// A call that makes a callable run elsewhere: thread constructions and
/// assignments, async, submit/post/enqueue of executors, emplacing into a
/// container of threads, pthread_create, launchers of the project's own (a
/// function that hands its callable parameter on to a launcher or keeps it in a
/// pool's queue).
struct TaskLaunch {
  KnownCall Call;
  /// The call, construction or new-expression.
  const Expr *Site = nullptr;
  /// The function or lambda in which the launch is written.
  const FunctionInfo *Launcher = nullptr;

  /// The argument that is the callable, as written; null for `override run`.
  const Expr *Callable = nullptr;
  /// The lambda, looked through named variables, std::bind, std::function,
  /// std::move; null if the callable is something else.
  const LambdaExpr *Lambda = nullptr;
  /// The local variable that held the callable, if it was named first.
  const VarDecl *NamedCallable = nullptr;
  /// The function that runs: the lambda's call operator, the function named,
  /// the member function of `&Class::f`, a functor's call operator. Null if
  /// unknown. Its definition if the unit has it.
  const FunctionDecl *Entry = nullptr;
  /// The object a member function entry runs on; null otherwise.
  const Expr *EntryObject = nullptr;
  /// What the task reaches.
  std::vector<TaskReach> Reaches;
  TaskHandle Handle;

  /// The launcher returns only when the task has run (`tbb::parallel_for`).
  bool Synchronous = false;
  /// The task may run inside the launching call.
  bool InlineMaybe = false;
  /// The handle's destructor waits for the task (jthread, std::async's future
  /// of launch::async or default policy, scoped_thread).
  bool HandleWaits = false;
  /// The task runs on fibers or coroutines of the same thread.
  bool Cooperative = false;
  /// The innermost loop statement of the launcher around the launch, or null.
  const Stmt *Loop = nullptr;
};

/// Finds what \p Call launches. \p Call must do Launch, Parallel, or construct
/// a thread with a callable.
/// \returns nothing if the call launches nothing (a default-constructed
/// thread, a moved one, a null callable).
std::optional<TaskLaunch> analyzeLaunch(UnitFacts &Facts,
                                        const FunctionInfo &Launcher,
                                        const KnownCall &Call);

/// Like `analyzeLaunch`, for a call that no vocabulary entry describes: a
/// launcher of the project's own, found by what it does with its callable
/// parameter or, without a body, by the structure of its class. \p Site is one
/// of `Launcher.OtherCalls`.
std::optional<TaskLaunch> analyzeProjectLaunch(UnitFacts &Facts,
                                               const FunctionInfo &Launcher,
                                               const Expr &Site);

/// True if \p Call asks for a launch that runs in the waiting thread, when it
/// waits.
bool isDeferred(const KnownCall &Call);

/// What \p Function does with its parameter \p Callable; for
/// `CallSummary::Parameters`.
ParameterUse useOfCallable(UnitFacts &Facts, const FunctionInfo &Function,
                           const ParmVarDecl &Callable);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKLAUNCH_H
