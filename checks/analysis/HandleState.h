//===--- HandleState.h - What becomes of every task? ------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDLESTATE_H
#define CONCORD_ANALYSIS_HANDLESTATE_H

#include "analysis/AccessPath.h"
#include "analysis/TaskLaunch.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include <memory>
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;
struct HandleEvents;

/// What a handle stands for at one point of one path.
enum class HandleStatus : uint8_t {
  Empty,    ///< no task: default constructed, moved from, reset
  Running,  ///< a task that nobody has waited for on this path
  Joined,   ///< waited for
  Detached, ///< given up
  Away,     ///< moved, returned, stored or passed on: another owner's duty
  Unknown,  ///< the function does not show
};

/// How a variable holds its handle.
enum class HandleShape : uint8_t {
  Plain,     ///< `std::thread t`, `pthread_t t`, `std::future<int> f`
  Pointer,   ///< `std::thread *t`: nobody joins or deletes it by itself
  Owner,     ///< `std::unique_ptr<std::thread>`, `std::optional<std::thread>`
  Container, ///< `std::vector<std::thread>`, `std::thread ts[4]`
};

/// A local variable that holds the handle of a thread or future.
struct LocalHandle {
  const VarDecl *Variable = nullptr;
  /// The thread or future, looked at through `Shape`.
  const TypeFact *Type = nullptr;
  HandleShape Shape = HandleShape::Plain;
};

/// A place where a handle ends, or is lost, while its task may still run. Only
/// certain losses are listed: a handle whose address, reference or iterator
/// went to code that the unit does not show may be joined there.
struct LostHandle {
  enum Kind : uint8_t {
    ScopeEnd,    ///< the variable dies, on the regular way
    EarlyExit,   ///< the variable dies by a return, break, continue or goto;
                 ///< the way past it joins
    Throw,       ///< the variable dies by a `throw` written in its scope
    Exception,   ///< a call between launch and join may throw
    Overwritten, ///< another handle is assigned to it
    Deleted,     ///< `delete` of a raw pointer, `reset()` of a smart pointer
    Leaked,      ///< the last raw pointer dies, or is overwritten
    Temporary,   ///< a handle without a name dies at the end of the statement
  };
  Kind How;
  /// The variable or field; null for `Temporary`.
  const ValueDecl *Handle = nullptr;
  HandleShape Shape = HandleShape::Plain;
  const TypeFact *Type = nullptr;
  /// The launch, or the call or construction that gave the handle.
  const Expr *Start = nullptr;
  /// The return, throw, call, assignment, delete; null for `ScopeEnd`.
  const Stmt *At = nullptr;
  /// A join or wait on another path, or after an `Exception`; null if the
  /// function has none.
  const Expr *Join = nullptr;
  /// A detach of this handle somewhere in the function, or null.
  const Expr *Detach = nullptr;
};

/// The handles of one function: one flow-sensitive pass over its control-flow
/// graph. A wait is a join, get or wait of the handle itself, directly, through
/// a reference, iterator or pointer, in a loop or algorithm over the container
/// that holds it, in a lambda or a function of the unit called with it (two
/// levels), in the destructor of a local (joining thread, scope guard, task
/// group); and, for `waitedFor` and its like, any rendezvous: an untimed wait
/// on a latch, barrier, semaphore, event, condition, channel, future or flag
/// that the task reaches.
///
/// Made by `UnitFacts::handles`. Linear in the size of the function. Functions
/// that are too large or dependent give no losses, and "waited" for an answer.
class HandleState {
public:
  HandleState(UnitFacts &Facts, const FunctionInfo &Function);
  ~HandleState();

  /// Everything that happens to handles here, for the analyses of callers.
  const HandleEvents &events() const;

  /// Local variables (and by-value parameters) that hold handles.
  llvm::ArrayRef<LocalHandle> locals() const;
  /// The handle of \p Variable, or null if it holds none.
  const LocalHandle *local(const VarDecl *Variable) const;

  /// Handles lost while their task may still run, in source order; one entry
  /// per variable and kind.
  llvm::ArrayRef<LostHandle> lost() const;

  /// The first join, get or wait of \p Handle (a local, or a field of `this`)
  /// in this function, nested lambdas included; or null.
  const Expr *joinOf(const ValueDecl *Handle) const;

  /// True unless \p Launch, made in this function, may still run when \p
  /// Variable dies or (if it is a field, parameter by reference or global) when
  /// the function returns: on every path from the launch to there the task is
  /// waited for without a time limit, or with one that was met. The destructor
  /// of a handle that waits counts if it runs before \p Variable dies. Paths on
  /// which a thrown exception leaves the function do not count.
  /// In doubt the answer is true.
  bool waitedFor(const TaskLaunch &Launch, const ValueDecl *Variable) const;

  /// Like `waitedFor`, until control leaves \p Scope: for the body of a loop,
  /// until the next iteration begins.
  bool waitedWithin(const TaskLaunch &Launch, const Stmt *Scope) const;

  /// True if the task of \p Launch may be running when \p S is evaluated: \p S
  /// can be reached from the launch on a path without a wait. In doubt false.
  bool mayRunAt(const TaskLaunch &Launch, const Stmt *S) const;

  /// If `waitedFor` is false only because of a timed wait whose failure leaves
  /// the scope of \p Variable: that wait. Else null.
  const Expr *timedWaitThatGivesUp(const TaskLaunch &Launch,
                                   const ValueDecl *Variable) const;

  /// The call in this function that detaches the handle of \p Launch: the
  /// launch itself if it launches detached. Null if there is none.
  const Expr *detachOf(const TaskLaunch &Launch) const;

private:
  struct Implementation;
  std::unique_ptr<Implementation> Impl;
};

/// Does a class keep its promise to end the handle it owns?
enum class EndsHandle : uint8_t {
  Yes,     ///< joins, waits for, detaches or hands it over
  No,      ///< all that runs in its destruction is visible, none of it does
  Unknown, ///< a part is not visible, or the class has too many ways
};

/// How a class ends one member handle.
struct MemberEnd {
  EndsHandle InDestructor = EndsHandle::Unknown;
  /// The destructor that was looked at; null if it is implicit.
  const CXXDestructorDecl *Destructor = nullptr;
  /// It deletes or clears the handle without ending its task.
  bool DestructorDeletes = false;
  HandleShape Shape = HandleShape::Plain;
  const TypeFact *Type = nullptr;
  /// Where a function of the unit starts a task in the member; or null.
  const Expr *Start = nullptr;
  /// A join or wait in a member function that the destructor does not call; or
  /// null.
  const Expr *JoinElsewhere = nullptr;
  const FunctionDecl *JoinFunction = nullptr;
  /// Same for a detach.
  const Expr *DetachElsewhere = nullptr;
};

/// What becomes of the handle (or handles) in \p Member when its object dies.
/// The destructor is followed through calls of the same object and helpers two
/// levels deep, through loops, lambdas, smart pointers and base classes.
/// \returns nothing if \p Member holds no thread or future.
std::optional<MemberEnd> memberEnd(UnitFacts &Facts, const FieldDecl *Member);

/// A place where a thread is given up, and what it then uses that may die.
struct DetachedTask {
  /// The detach, or the launch if it launches detached.
  const Expr *Site = nullptr;
  const FunctionInfo *Function = nullptr;
  /// The launch; null if the unit does not show which one it is.
  const TaskLaunch *Launch = nullptr;
  /// The variable or field that holds the handle, or null.
  const ValueDecl *Handle = nullptr;
  HandleShape Shape = HandleShape::Plain;
  /// What of the launcher's the task may outlive, the first of `Reaches` that
  /// does; null if the task owns all it uses.
  const TaskReach *Danger = nullptr;
};

/// Every place of \p Function where a thread is detached, those excluded where
/// a thread detaches itself, a class only forwards its own `detach`, and
/// cooperative tasks.
std::vector<DetachedTask> detachedTasks(UnitFacts &Facts,
                                        const FunctionInfo &Function);

/// True if the destructor of \p Record waits for or ends the thread it owns or
/// refers to, or runs a callable that does: a joining wrapper, a scope guard.
/// Unknown destructors of classes that can hold a thread count as waiting.
bool isJoiningType(UnitFacts &Facts, const CXXRecordDecl *Record);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDLESTATE_H
