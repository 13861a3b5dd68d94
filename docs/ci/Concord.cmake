# Findings of Concord while you build. Copy into your project, and say
# include(Concord.cmake) before the targets that it shall look at.
#
# Configuring fails if concord-tidy is missing or the plugin is not at work.
# Compiling fails for findings that WarningsAsErrors in your .clang-tidy names.

option(CONCORD "Look for concurrency mistakes while compiling" ON)
if(CONCORD)
  find_program(CONCORD_TIDY NAMES concord-tidy concord-tidy-22 REQUIRED)
  execute_process(COMMAND ${CONCORD_TIDY} -checks=-*,concord-* -config={} --list-checks
    RESULT_VARIABLE concord_failed OUTPUT_VARIABLE concord_checks ERROR_VARIABLE concord_error)
  if(concord_failed OR NOT concord_checks MATCHES "concord-lock-order")
    message(FATAL_ERROR "${CONCORD_TIDY} does not work: ${concord_error}")
  endif()
  set(CMAKE_C_CLANG_TIDY ${CONCORD_TIDY})
  set(CMAKE_CXX_CLANG_TIDY ${CONCORD_TIDY})
endif()
