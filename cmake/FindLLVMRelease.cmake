# Finds the headers and tools of one LLVM release, and where one is missing names
# the Debian package that has it.
#
# Input: CONCORD_LLVM (major version; 22), or Clang_DIR as for find_package.
# Output: what LLVMConfig and ClangConfig define, and CONCORD_<TOOL> paths.

set(CONCORD_LLVM 22 CACHE STRING "Major version of LLVM to build for: 22, 19 or 16")
if(NOT DEFINED Clang_DIR AND IS_DIRECTORY /usr/lib/llvm-${CONCORD_LLVM}/lib/cmake/clang)
  set(Clang_DIR /usr/lib/llvm-${CONCORD_LLVM}/lib/cmake/clang CACHE PATH "Where ClangConfig.cmake is")
endif()

find_package(Clang QUIET CONFIG)
if(NOT Clang_FOUND)
  message(FATAL_ERROR "LLVM ${CONCORD_LLVM} for development is missing: "
    "apt-get install clang-${CONCORD_LLVM} llvm-${CONCORD_LLVM}-dev libclang-${CONCORD_LLVM}-dev, "
    "or give -DClang_DIR=<directory of ClangConfig.cmake>")
endif()
set(CONCORD_LLVM_VERSION ${LLVM_VERSION_MAJOR}.${LLVM_VERSION_MINOR})

foreach(header clang-tidy/ClangTidyCheck.h clang/AST/ASTContext.h)
  find_path(CONCORD_HEADER_DIR ${header}
    PATHS ${CLANG_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS} NO_DEFAULT_PATH NO_CACHE)
  if(NOT CONCORD_HEADER_DIR)
    message(FATAL_ERROR "<${header}> of LLVM ${LLVM_VERSION_MAJOR} is missing: "
      "apt-get install libclang-${LLVM_VERSION_MAJOR}-dev")
  endif()
  unset(CONCORD_HEADER_DIR)
endforeach()

# concord_find_tool(<variable> <package> <names>...): a tool of this release.
function(concord_find_tool variable package)
  list(TRANSFORM ARGN APPEND -${LLVM_VERSION_MAJOR} OUTPUT_VARIABLE versioned)
  find_program(${variable} NAMES ${ARGN} PATHS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH)
  find_program(${variable} NAMES ${versioned})
  if(NOT ${variable})
    message(FATAL_ERROR "${ARGN} of LLVM ${LLVM_VERSION_MAJOR} is missing: "
      "apt-get install ${package}")
  endif()
endfunction()
