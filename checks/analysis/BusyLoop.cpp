//===--- BusyLoop.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/BusyLoop.h"
#include "analysis/Callable.h"
#include "analysis/StopFlag.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::concord {

namespace {

bool isLoop(const Stmt *S) { return isa<WhileStmt, DoStmt, ForStmt>(S); }

/// The words of \p Name in lower case: `isReady_` is "is" and "ready".
llvm::SmallVector<std::string, 4> wordsOf(StringRef Name) {
  llvm::SmallVector<std::string, 4> Words;
  bool StartsWord = true, WasLower = false;
  for (const char C : Name) {
    if (!llvm::isAlpha(C)) {
      StartsWord = true;
      continue;
    }
    const bool Upper = C >= 'A' && C <= 'Z';
    if (StartsWord || (Upper && WasLower))
      Words.emplace_back();
    StartsWord = false;
    WasLower = !Upper;
    Words.back().push_back(llvm::toLower(C));
  }
  return Words;
}

bool hasWord(StringRef Name, llvm::ArrayRef<StringRef> Known) {
  return llvm::any_of(wordsOf(Name), [&](const std::string &Word) {
    return llvm::any_of(Known, [&](StringRef K) {
      // `stopped`, `stopping`, `spinlock`, `terminated`
      return StringRef(Word).starts_with(K);
    });
  });
}

StringRef nameOf(const NamedDecl *D) {
  return D && D->getDeclName().isIdentifier() ? D->getName() : StringRef();
}

/// The function itself, or the one in which its lambda is written, or a class
/// around them, has a name or role for which \p Holds.
bool anyAround(const FunctionInfo &Function,
               llvm::function_ref<bool(const NamedDecl &)> Holds) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing)
    for (const DeclContext *C = F->Function; C && !C->isFileContext();
         C = C->getParent())
      if (const auto *Named = dyn_cast<NamedDecl>(C); Named && Holds(*Named))
        return true;
  return false;
}

bool isLockable(const UnitFacts &Facts, const FunctionInfo &Function) {
  return anyAround(Function, [&](const NamedDecl &D) {
    if (const auto *Record = dyn_cast<CXXRecordDecl>(&D))
      if (const TypeFact *Fact = Facts.vocabulary().record(Record))
        if (Fact->is(Role::Mutex) || Fact->is(Role::Guard) ||
            Fact->is(Role::Semaphore))
          return true;
    return hasWord(nameOf(&D),
                   {"lock", "trylock", "unlock", "rwlock", "seqlock", "spin",
                    "mutex", "backoff", "acquire", "synchronize"});
  });
}

constexpr StringRef StopWords[] = {"stop",      "quit",   "exit", "terminat",
                                   "shutdown",  "cancel", "run",  "keep",
                                   "interrupt", "abort",  "kill", "die"};
constexpr StringRef LifeWords[] = {"active", "alive"};

/// The value says whether to go on at all: the loop stands for a life, not for
/// a wait.
bool asksForStop(const Question &Q) {
  if ((Q.What != Question::Atomic && Q.What != Question::Plain) || !Q.Decl)
    return false;
  const StringRef Name = nameOf(Q.Decl);
  return hasWord(Name, StopWords) ||
         (Q.Site->getType()->isBooleanType() && hasWord(Name, LifeWords));
}

/// A function that ends something waits for that end.
bool endsOthers(const FunctionInfo &Function) {
  return isa_and_nonnull<CXXDestructorDecl>(Function.Function) ||
         anyAround(Function, [](const NamedDecl &D) {
           return isa<FunctionDecl>(D) &&
                  hasWord(nameOf(&D),
                          {"stop", "join", "wait", "shut", "close", "quit",
                           "end", "finish", "terminat", "kill", "flush"});
         });
}

/// Output, and other calls of what the system gives.
bool isOutput(const UnitFacts &Facts, const Stmt *S) {
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(S))
    S = Cleanups->getSubExpr();
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && !isa<CXXMemberCallExpr>(Call) && !Facts.call(Call) &&
         Facts.context().getSourceManager().isInSystemHeader(
             Callee->getLocation());
}

/// The last thing that \p Function does: only a return or output follows.
bool isLast(const UnitFacts &Facts, const FunctionInfo &Function,
            const Stmt *Loop) {
  const auto *Block = dyn_cast<CompoundStmt>(Function.Body);
  if (!Block || Facts.parent(Function, Loop) != Block)
    return false;
  return std::all_of(llvm::find(Block->body(), Loop) + 1, Block->body_end(),
                     [&](const Stmt *S) {
                       return isa<ReturnStmt, NullStmt>(S) ||
                              isOutput(Facts, S);
                     });
}

bool mentions(const Stmt *S, const ValueDecl &D) {
  llvm::SmallVector<const Stmt *, 32> Work{S};
  while (!Work.empty()) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Next))
      if (Reference->getDecl()->getCanonicalDecl() == D.getCanonicalDecl())
        return true;
    if (const auto *Member = dyn_cast<MemberExpr>(Next))
      if (Member->getMemberDecl()->getCanonicalDecl() == D.getCanonicalDecl())
        return true;
    Work.append(Next->child_begin(), Next->child_end());
  }
  return false;
}

/// True for functions and lambdas of the form of a signal handler: they are
/// given a number (and two pointers) and return nothing.
bool isSignalHandler(const FunctionInfo &Other) {
  const FunctionDecl *F = Other.Function;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  return F && (!Method || Method->isStatic() || Other.Lambda) &&
         F->getReturnType()->isVoidType() &&
         (F->getNumParams() == 1 || F->getNumParams() == 3) &&
         F->getParamDecl(0)->getType()->isSpecificBuiltinType(BuiltinType::Int);
}

class Finder {
public:
  Finder(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}

  std::vector<BusyLoop> find() {
    llvm::SmallVector<const Stmt *, 32> Work{Function.Body};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr, BlockExpr>(S))
        continue;
      if (isLoop(S) && judge(S))
        continue; // what is in it is a part of it
      const size_t First = Work.size();
      Work.append(S->child_begin(), S->child_end());
      std::reverse(Work.begin() + First, Work.end());
    }
    return std::move(Found);
  }

private:
  /// \returns true if \p Loop is a busy loop.
  bool judge(const Stmt *Loop) {
    const RoundWork Work = workOfRound(Facts, Function, Loop);
    if (Work.HasOther || Work.SleepsLong || Work.AsksStop || !Work.HasExit ||
        Work.Questions.empty())
      return false;
    const Question *Asked = strongest(Work);
    if (!Asked || isLockable(Facts, Function))
      return false;
    if (llvm::all_of(Work.Questions, asksForStop) && !endsOthers(Function))
      return false;
    if (Asked->What == Question::Lock && Work.Locks)
      return false; // gives back one lock because another one is not free
    if (isWorkOfTask(*Asked, Loop) || isSetBySignal(Work) || isStopFlag(Work))
      return false;
    Found.push_back({Loop, *Asked, !Work.Sleeps});
    return true;
  }

  /// What the loop waits for: an operation rather than a value, an atomic
  /// rather than a plain variable.
  const Question *strongest(const RoundWork &Work) const {
    const Question *Best = nullptr;
    for (const Question &Q : Work.Questions) {
      if (asksForStop(Q) && Work.Questions.size() > 1)
        continue;
      if (Q.What == Question::Plain && !isEvident(Q, Work))
        continue;
      if (!Best || rank(Q) > rank(*Best))
        Best = &Q;
    }
    if (Best || Work.Questions.empty())
      return Best;
    const Question &First = Work.Questions.front();
    return First.What != Question::Plain || isEvident(First, Work) ? &First
                                                                   : nullptr;
  }

  static unsigned rank(const Question &Q) {
    return Q.What == Question::Plain ? 0 : Q.What == Question::Atomic ? 1 : 2;
  }

  /// Another thread must change the plain variable, since the loop lets time
  /// pass and does nothing else, or another function of the unit names it.
  bool isEvident(const Question &Q, const RoundWork &Work) const {
    if (Work.Pauses || Work.Locks ||
        (Q.Decl && Q.Decl->getType().isVolatileQualified()))
      return true;
    return Q.Decl && llvm::any_of(Facts.functions(), [&](const auto &Other) {
             return Other.get() != &Function && !isSame(*Other) &&
                    mentions(Other->Body, *Q.Decl);
           });
  }

  /// A template's pattern and its instantiations are one function.
  bool isSame(const FunctionInfo &Other) const {
    return Other.Function && Function.Function &&
           Other.Function->getLocation() == Function.Function->getLocation();
  }

  /// A task that only waits for a value to end it: the wait stands for what it
  /// does until then.
  bool isWorkOfTask(const Question &Q, const Stmt *Loop) {
    if (Q.What != Question::Atomic && Q.What != Question::Plain)
      return false;
    return isLast(Facts, Function, Loop) &&
           llvm::any_of(Facts.launches(), [&](const TaskLaunch &Launch) {
             return Launch.Entry && Facts.function(Launch.Entry) == &Function;
           });
  }

  bool isSetBySignal(const RoundWork &Work) const {
    return llvm::all_of(Work.Questions, [&](const Question &Q) {
      return Q.Decl && llvm::any_of(Facts.functions(), [&](const auto &Other) {
               return isSignalHandler(*Other) && mentions(Other->Body, *Q.Decl);
             });
    });
  }

  /// The flag needs to be atomic first, which is another finding.
  bool isStopFlag(const RoundWork &Work) {
    if (llvm::none_of(Work.Questions, [](const Question &Q) {
          return Q.What == Question::Plain;
        }))
      return false;
    if (!Flags)
      Flags = plainStopFlags(Facts);
    return llvm::any_of(*Flags, [&](const StopFlag &Flag) {
      return llvm::any_of(Work.Questions, [&](const Question &Q) {
        return Q.What == Question::Plain && Q.Decl &&
               Q.Decl->getCanonicalDecl() == Flag.Flag->getCanonicalDecl();
      });
    });
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  std::vector<BusyLoop> Found;
  std::optional<std::vector<StopFlag>> Flags;
};

/// \p S mentions an enumerator called \p Name, of \p Type unless that is null.
bool mentionsEnumerator(const Stmt *S, StringRef Name, QualType Type = {}) {
  if (!S)
    return false;
  if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
    if (const auto *Constant = dyn_cast<EnumConstantDecl>(Reference->getDecl()))
      return Constant->getName() == Name &&
             (Type.isNull() || Constant->getType().getCanonicalType() ==
                                   Type.getCanonicalType());
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return mentionsEnumerator(Child, Name, Type);
  });
}

/// The status `future_status::ready` is asked for: `!= ready` goes on.
const BinaryOperator *untilReady(const Expr *Condition) {
  const auto *Compare = dyn_cast_or_null<BinaryOperator>(
      Condition ? Condition->IgnoreParenImpCasts() : nullptr);
  return Compare && Compare->getOpcode() == BO_NE &&
                 mentionsEnumerator(Compare, "ready")
             ? Compare
             : nullptr;
}

/// A launch that chooses itself whether to defer: no policy is written, or
/// several, or `deferred`.
bool mayDefer(const KnownCall &Call) {
  if (Call.does() != Operation::Launch || !Call.Fact->ReturnsFuture ||
      Call.Fact->CallableAfter.empty() || !isa<CallExpr>(Call.Site) ||
      Call.Fact->Cooperative)
    return false;
  const Expr *Callable = Call.callable();
  for (const Expr *Argument : writtenArguments(Call.Site))
    if (Argument != Callable && mentionsEnumerator(Argument, "async"))
      return mentionsEnumerator(Argument, "deferred");
    else if (Argument == Callable)
      return true;
    else if (!mentionsEnumerator(Argument, "deferred"))
      return false; // a policy that the code does not show
  return true;
}

} // namespace

std::vector<BusyLoop> busyLoops(UnitFacts &Facts,
                                const FunctionInfo &Function) {
  return Function.Dependent ? std::vector<BusyLoop>()
                            : Finder(Facts, Function).find();
}

std::vector<DeferredLoop> deferredLoops(UnitFacts &Facts,
                                        const FunctionInfo &Function) {
  std::vector<DeferredLoop> Found;
  if (Function.Dependent || !Function.does({Operation::TimedWait}))
    return Found;
  for (const KnownCall &Call : Function.Calls) {
    if (Call.does() != Operation::TimedWait || !Call.Object)
      continue;
    const auto *Reference = dyn_cast<DeclRefExpr>(Call.Object);
    const auto *Future =
        Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
    if (!Future || !Future->getInit())
      continue;
    const Stmt *Loop = Facts.parent(Function, Call.Site);
    const Expr *Condition = nullptr;
    for (; Loop && isa<Expr>(Loop); Loop = Facts.parent(Function, Loop))
      Condition = cast<Expr>(Loop);
    if (!isa_and_nonnull<WhileStmt, DoStmt>(Loop) || !untilReady(Condition) ||
        mentionsEnumerator(Function.Body, "deferred", Call.Site->getType()))
      continue;
    const Expr *Init = Future->getInit()->IgnoreImplicit();
    const KnownCall Launch = Facts.call(Init);
    if (mayDefer(Launch))
      Found.push_back({Loop, Call.Site, Launch.Site});
  }
  return Found;
}

} // namespace clang::tidy::concord
