//===--- Vocabulary.h - Which role does this type or call play? -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The only place that knows the names of libraries. A type has roles (mutex,
/// guard, thread, channel, ...), a call does an operation (lock, join, launch,
/// receive, ...). The answers come, in this order, from the user's vocabulary
/// file, the embedded files in `libraries/`, clang's capability attributes,
/// and the structure of a class (see `StructuralRoles.h`).
///
/// Names are compared without inline namespaces and through every alias,
/// typedef and using-declaration; answers are cached by canonical declaration.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_VOCABULARY_H
#define CONCORD_VOCABULARY_VOCABULARY_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang::tidy::concord {

/// What a type is for. A type may play several roles.
enum class Role : uint8_t {
  Mutex,             ///< can be locked: std::mutex, pthread_mutex_t, QMutex
  Guard,             ///< owns a lock by scope: std::lock_guard, QMutexLocker
  UnlockGuard,       ///< releases a lock by scope: boost::reverse_lock
  GuardedValue,      ///< a value behind its own lock: folly::Synchronized
  Thread,            ///< a handle of a thread: std::thread, pthread_t, QThread
  ThreadGroup,       ///< several threads joined together
  Executor,          ///< takes callables and runs them: pools, io_context
  TaskGroup,         ///< an executor with a wait for what it was given
  Future,            ///< the result of a task
  Promise,           ///< the other end of a future
  PackagedTask,      ///< a callable that fulfils a future
  Channel,           ///< passes values between threads
  ConditionVariable, ///< std::condition_variable, pthread_cond_t
  OnceFlag,
  Latch,
  Barrier,
  Semaphore,
  Event, ///< one-way notification: absl::Notification, HANDLE of an event
  StopToken,
  StopSource,
  StopCallback,
  Scope, ///< joins or waits for others when it dies: boost::thread_guard
  Atomic,
  ConcurrentMap,
  ConcurrentContainer,
  ThreadLocalStorage,
  Rcu,
  Tag, ///< std::adopt_lock_t, queue_op_status
  Scheduler,
  Helper, ///< a type whose purpose is concurrency; fine in an API
};

/// Properties of a type that checks ask for.
enum class Trait : uint8_t {
  Exclusive,
  Shared,
  Recursive,
  MaybeRecursive, ///< recursive if so initialised: QMutex(QMutex::Recursive)
  Timed,
  Spin,
  Upgrade,
  Null, ///< a null mutex: its operations do nothing
  Interprocess,
  Fiber,     ///< blocks a fiber, not the thread
  Coroutine, ///< its operations must be awaited and block nothing
  Movable,
  StopTokenArgument, ///< std::jthread: hands a stop token to the callable
  Structural,        ///< not from a library: found by structure or attributes
};

/// What a call does, whether a member function of a vocabulary type or a free
/// function. The object is the mutex, thread, channel, ... it is done to.
enum class Operation : uint8_t {
  None,
  // Mutexes, and guards (whose object is then the guard).
  Lock,
  TryLock,
  TimedLock,
  Unlock,
  LockShared,
  TryLockShared,
  TimedLockShared,
  UnlockShared,
  LockUpgrade,
  UnlockUpgrade,
  ConvertLock,    ///< changes the mode of a held lock
  LockMultiple,   ///< std::lock: every argument is a mutex or guard
  LockWhen,       ///< locks after waiting for a condition
  AwaitCondition, ///< waits with the lock held before and after
  AssertHeld,
  WithLock,     ///< runs a callable under the lock, then returns
  AcquireGuard, ///< returns a guard of the object (folly `wlock()`)
  ReleaseGuard, ///< std::unique_lock::release: gives up without unlocking
  OwnsLock,
  GuardMutex, ///< returns the mutex of a guard
  Swap,
  // Launching.
  Launch,   ///< makes a callable run elsewhere, later
  Parallel, ///< runs a callable elsewhere and returns only when it has run
  Start,    ///< starts an object's own entry: QThread::start
  Register, ///< keeps a callable for later calls: QObject::connect
  Wrap,     ///< returns a callable around a callable: std::bind
  Adopt,    ///< a group takes over a thread handle
  // Handles.
  Join,
  TimedJoin,
  Detach,
  Joinable,
  Interrupt,
  Cancel,
  // Executors and task groups.
  WaitAll,
  Stop,
  // Futures and promises.
  Get,
  Wait,
  TimedWait,
  Then,
  Valid,
  SetValue,
  GetFuture,
  Run,
  // Condition variables (object = condition variable).
  ConditionWait,
  NotifyOne,
  NotifyAll,
  // Channels.
  Send,
  TrySend,
  TimedSend,
  Receive,
  TryReceive,
  TimedReceive,
  Close,
  IsClosed,
  Abort,
  MakeChannel,
  SetCapacity,
  // Latches, barriers, semaphores, events.
  Arrive,
  ArriveAndWait,
  Acquire,
  TryAcquire,
  TimedAcquire,
  Release,
  TryWait,
  Set,
  Reset,
  // Stop signals and atomics.
  RequestStop,
  QueryStop,
  GetToken,
  AtomicLoad,
  AtomicStore,
  AtomicModify,
  // Concurrent maps.
  Insert,
  Find,
  Erase,
  // Others.
  CallOnce,
  Sleep,
  Yield,
  Block, ///< may block the calling thread: see `CallFact::Blocks`
  Initialize,
  Destroy,
  ThreadExit,
  ProcessExit, ///< ends the process in an orderly way: exit, quick_exit
};

/// Why a call blocks.
enum class BlockingKind : uint8_t {
  No,
  Sleep,
  Wait,
  Network,
  File,
  Process,
  Name,
  Ipc
};

/// How an operation tells that the channel is closed, or a try or timed
/// operation that it failed.
enum class ClosedResult : uint8_t {
  Unknown,
  StatusEnum,
  BoolFalse,
  EmptyOptional,
  NullPointer,
  Exception,
  FutureException,
  FutureEmptyOptional,
  FutureStatus,
  ErrorCode,
  Errno,
  Silent,
  DoneValue,
  ShutdownWake,
  NoClose,
};

/// What dropping the result of a call means.
enum class Keep : uint8_t {
  Optional, ///< the normal use
  Should,   ///< loses errors or the only way to wait
  Must,     ///< blocks at once, cancels, or never runs
};

/// What the destructor of a thread, future or executor does with running work.
enum class DestructorKind : uint8_t {
  Unknown,
  Terminate,
  Join,
  StopJoin,
  CancelWait,
  Drain,
  DiscardJoin,
  Detach,
  DetachOrTerminate,
  BlockIfAsync,
  Throw,
  NoWait,
  DropLazy,
  Closes,
  Never, ///< a plain handle without destructor: pthread_t
};

/// No argument plays this part.
constexpr int NoArgument = -1000;
/// Every argument plays it: std::scoped_lock, std::lock.
constexpr int AllArguments = -1001;

/// One fact: these functions do this. Argument indexes count written
/// arguments; negative ones count from the end. In a member function of a
/// vocabulary type the object is the implicit one unless `Object` says
/// otherwise.
struct CallFact {
  std::vector<std::string> Names;
  Operation Does = Operation::None;
  int Object = NoArgument; ///< mutex, thread, condition variable, channel
  /// The lock that a condition wait releases; the mutex that a guard's own
  /// operation takes (`tbb scoped_lock::acquire(mutex)`).
  int Lock = NoArgument;
  int Predicate = NoArgument; ///< the predicate of a wait
  int Callable = NoArgument;
  /// The callable is the first argument at or after `Callable` whose type is
  /// none of these (launch policies, executors, allocator tags).
  std::vector<std::string> CallableAfter;
  int Out = NoArgument;  ///< receives the handle, or the value of a receive
  int Data = NoArgument; ///< the pointer handed to the callable
  int Count = NoArgument;
  int Timeout = NoArgument;
  int StopToken = NoArgument; ///< the stop token that ends a wait
  /// Only calls with exactly this many written arguments; any if NoArgument.
  int Arguments = NoArgument;
  bool Timed = false; ///< a wait that gives up after a time
  /// Takes or gives the lock in shared mode (LockWhen, AcquireGuard, WithLock).
  bool Shared = false;
  /// An Unlock that releases whichever mode is held: QReadWriteLock::unlock.
  bool EitherMode = false;
  /// For try operations with a status: the value that means success; default
  /// is "true", 0 for C functions that return an error number.
  bool SuccessIsZero = false;
  bool ReturnsFuture = false;
  bool ReturnsHandle = false;
  Keep Result = Keep::Optional;
  bool InlineMaybe = false; ///< the callable may run inside the call
  bool Detached = false;    ///< the launched thread is detached at once
  /// Runs on, or suspends, a fiber or coroutine and not a thread.
  bool Cooperative = false;
  BlockingKind Blocks = BlockingKind::No;
  bool Weak = false;         ///< blocks rarely: buffered I/O
  std::string NonBlockingIf; ///< see `Vocabulary::mayBlock`
  ClosedResult Closed = ClosedResult::Unknown;

  /// True if a call with \p Count written arguments has all positions; then
  /// \p Last is the last position that plays a part, -1 if none does.
  bool accepts(unsigned Count, int *Last = nullptr) const;
};

/// How a guard names its mutex and its mode.
struct GuardFact {
  int Mutex = 0; ///< constructor argument; AllArguments for std::scoped_lock
  bool Shared = false;
  bool Upgrade = false; ///< boost::upgrade_lock
  /// The constructor argument (a bool, "is a writer") that decides the mode.
  int ModeArgument = NoArgument;
  std::string AdoptTag, DeferTag, TryTag;
  /// Holds nothing until told otherwise (a releaser: QSemaphoreReleaser).
  bool AcquiresNothing = false;
  /// The mutexes that it is the plain guard of: names of types, `lockable` for
  /// all that have `lock` and `unlock`, `shared-lockable` for all that have
  /// `lock_shared` and `unlock_shared`.
  std::vector<std::string> Fits;
};

/// Where a channel's capacity is written and what it means.
struct CapacityFact {
  enum Place : uint8_t {
    None,
    ConstructorArgument,
    TemplateArgument,
    Member,
    FactoryArgument,
    MacroArgument,
    Fixed
  };
  Place Where = None;
  int Index = 0;
  std::string Method;        ///< for `Member` and `FactoryArgument`: its name
  int64_t Smallest = 0;      ///< the smallest legal capacity
  bool HoldsOneLess = false; ///< n slots hold n - 1 elements
  bool PowerOfTwo = false;
  bool Hint = false; ///< pre-allocation, not a bound
  bool Unbounded =
      false;         ///< there is no capacity, or it is unlimited by default
  int64_t Value = 0; ///< for `Fixed`
};

/// All that is known of one type.
struct TypeFact {
  std::string Name; ///< the public, qualified name: `tbb::mutex`
  std::vector<std::string> Aka;
  uint64_t Roles = 0;  ///< bit set of `Role`
  uint32_t Traits = 0; ///< bit set of `Trait`
  /// The type exists only as a typedef of a builtin or unnamed type.
  bool Typedef = false;
  std::vector<CallFact> Methods;
  /// Launches by construction: `Names` is empty. `Callable` says which
  /// argument.
  std::optional<CallFact> Constructor;
  std::optional<GuardFact> Guard;
  std::optional<CapacityFact> Capacity;
  DestructorKind Destructor = DestructorKind::Unknown;
  /// Names in an initialiser that make a MaybeRecursive mutex recursive.
  std::vector<std::string> RecursiveIf;
  std::string ClosedValue; ///< enumerator of a status that means "closed"
  /// Member functions that a subclass overrides as task entries: QThread::run.
  std::vector<std::string> Entries;
  std::string Library;

  bool is(Role R) const { return Roles >> unsigned(R) & 1; }
  bool has(Trait T) const { return Traits >> unsigned(T) & 1; }
  void add(Role R) { Roles |= uint64_t(1) << unsigned(R); }
  void add(Trait T) { Traits |= uint32_t(1) << unsigned(T); }
  /// The fact of the member function called \p Name, or null. Where overloads
  /// differ, the entry whose argument positions fit \p Arguments written ones.
  const CallFact *method(StringRef Name, unsigned Arguments) const;
};

/// A guard that can be written for a mutex.
struct GuardChoice {
  std::string Type;       ///< as written: `std::scoped_lock`
  bool ByPointer = false; ///< takes `&mutex`
};

/// How the construction of a guard begins.
enum class GuardStart : uint8_t {
  Empty,  ///< no mutex: default construction, copy, move
  Locks,  ///< takes the lock, waiting for it
  Tries,  ///< std::try_to_lock, or a timeout: may hold it or not
  Adopts, ///< std::adopt_lock: held before
  Defers, ///< std::defer_lock: not held yet
};

/// A call that does something the vocabulary knows.
struct KnownCall {
  const CallFact *Fact = nullptr;
  /// The type it is done to; null for free functions without one.
  const TypeFact *Type = nullptr;
  /// A call, a construction, or a `new` of the type.
  const Expr *Site = nullptr;
  /// The expression that names the object (implicit object or argument),
  /// without parentheses, `&` and implicit casts; null if there is none.
  const Expr *Object = nullptr;

  explicit operator bool() const { return Fact != nullptr; }
  Operation does() const { return Fact ? Fact->Does : Operation::None; }
  /// The written argument that plays a part (`Fact->Lock`, ...), or null.
  const Expr *argument(int Index) const;
  /// The callable of a launch, parallel call, wait, call_once; or null.
  const Expr *callable() const;
  /// All of them, for calls that take several: tbb::parallel_invoke.
  llvm::SmallVector<const Expr *, 2> callables() const;
  /// The written arguments; the object of an operator call is none.
  llvm::ArrayRef<const Expr *> arguments() const;
};

/// Answers for one translation unit. Not thread-safe: one instance per unit.
class Vocabulary {
public:
  /// A vocabulary file that the user named, and its text.
  struct UserFile {
    std::string Path;
    std::string Text;
  };

  /// Reads the embedded libraries and \p UserFiles, whose entries win.
  /// \returns an error with file, line, column and what was expected.
  static llvm::Expected<std::unique_ptr<Vocabulary>>
  load(ArrayRef<UserFile> UserFiles = {});

  /// True if \p Context names anything that could concern a check: one look at
  /// the identifiers of the unit.
  bool concerns(const ASTContext &Context) const;

  /// The fact of a type, looked up through aliases and `const`; not through
  /// pointers and references. Null for everything else.
  const TypeFact *type(QualType Type) const;
  /// Like `type`, of the type that \p Type points or refers to (pointers,
  /// references, smart pointers, std::optional, std::reference_wrapper; arrays
  /// and containers of it if \p ThroughContainers).
  const TypeFact *pointee(QualType Type, bool ThroughContainers = false) const;
  const TypeFact *record(const CXXRecordDecl *Record) const;
  bool is(QualType Type, Role R) const;
  /// True if \p Type is a class template of a library that holds any number of
  /// objects of its arguments, or an array.
  bool isContainer(QualType Type) const;

  /// What \p E (a call, operator call, construction, new-expression) does.
  /// No wrapper is looked through: a `new` and the construction inside it are
  /// both answered, so an index lists one of them. Constructions of known
  /// types that do nothing (default, copy, move, a mutex, a channel) have a
  /// fact whose operation is None.
  /// Forwarders (`emplace_back` on a vector of threads, `make_unique<thread>`)
  /// count as constructions of the type they build.
  KnownCall call(const Expr *E) const;

  /// How the guard that \p Call constructs begins. \p Call must construct one.
  GuardStart guardStart(const KnownCall &Call) const;
  /// The mutexes that \p Call (the construction of a guard, std::lock) names:
  /// arguments that are no tags, without `&`, parentheses and implicit casts.
  llvm::SmallVector<const Expr *, 2> mutexes(const KnownCall &Call) const;
  /// True if the guard that \p Call constructs holds its mutex shared.
  bool guardShared(const KnownCall &Call) const;

  /// The guard to hold a mutex of \p Mutex with for a scope; nothing if the
  /// unit declares none that fits. One of the mutex' own library comes first.
  std::optional<GuardChoice> guardFor(QualType Mutex, bool Shared,
                                      const ASTContext &Context) const;

  /// True if \p Call may block the calling thread, its arguments considered
  /// (`recv(…, MSG_DONTWAIT)` does not; fiber and coroutine operations do not).
  bool mayBlock(const KnownCall &Call) const;

  /// True if a thread may take the lock \p Mutex, of type \p Fact, twice: the
  /// type is recursive, or may be and the initialiser of \p Mutex says so or is
  /// not seen. \p Mutex may be null.
  bool mayBeRecursive(const TypeFact &Fact, const ValueDecl *Mutex) const;

  /// True if \p E constructs or forwards to a library wrapper of a callable
  /// (std::bind, std::function, std::move); \p Inner is the wrapped expression
  /// and \p Copies whether the wrapper copies it.
  bool isCallableWrapper(const Expr *E, const Expr *&Inner, bool &Copies) const;

  /// True if \p Name is what users call types whose purpose is concurrency
  /// (`ThreadPool`, `Mutex`, `BlockingQueue`).
  bool isHelperName(StringRef Name) const;

  /// True if \p Word is what a library writes before the call of a signal:
  /// `emit`, `Q_EMIT`.
  bool isSignalMarker(StringRef Word) const;

  /// True if \p D is declared in the namespace of one of the libraries.
  bool isLibrary(const Decl *D) const;

  /// The qualified name of \p D without inline namespaces.
  static std::string qualifiedName(const NamedDecl *D);

  ~Vocabulary();

  /// Opaque: what the sources of this room share.
  struct Implementation;

private:
  Vocabulary();
  std::unique_ptr<Implementation> Impl;
};

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_VOCABULARY_H
