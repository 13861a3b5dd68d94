# The packages that cpack makes: a .deb for Debian, and an archive of the tree
# that can be unpacked anywhere.
#
# The name of the package, and of everything in it, ends with the release of
# LLVM, so that packages for several releases can be installed at a time. The
# plain names of the programs are alternatives of the system.

set(CONCORD_MAINTAINER "Concord <maintainers@concord.invalid>" CACHE STRING
  "Who makes the package: name and address; the environment may name another")
if(DEFINED ENV{CONCORD_MAINTAINER})
  set(CONCORD_MAINTAINER "$ENV{CONCORD_MAINTAINER}")
endif()
set(CONCORD_PACKAGE_REVISION 1 CACHE STRING "Revision of the package")

# Components: concord (everywhere), plain (where no system takes care of it),
# debian (what a package of Debian has besides).
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/${CONCORD_NAME}
  COMPONENT plain)
foreach(program IN LISTS CONCORD_PROGRAMS)
  install(FILES ${PROJECT_SOURCE_DIR}/docs/man/${program}.1 DESTINATION share/man/man1
    RENAME ${program}-${LLVM_VERSION_MAJOR}.1 COMPONENT plain)
endforeach()

# A plugin of one release works with the clang-tidy of that release.
math(EXPR next "${LLVM_VERSION_MINOR} + 1")
set(CONCORD_TIDY_FROM "1:${CONCORD_LLVM_VERSION}")
set(CONCORD_TIDY_BEFORE "1:${LLVM_VERSION_MAJOR}.${next}~")
execute_process(COMMAND git log -1 --format=%cD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  OUTPUT_VARIABLE CONCORD_DATE OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT CONCORD_DATE)
  string(TIMESTAMP CONCORD_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
endif()
set(debian ${PROJECT_BINARY_DIR}/packaging)
string(JOIN " " CONCORD_PROGRAM_NAMES ${CONCORD_PROGRAMS})
foreach(template changelog copyright lintian-overrides postinst prerm finish.cmake)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${template}.in ${debian}/${template} @ONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
      GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
endforeach()
install(FILES ${debian}/copyright DESTINATION share/doc/${CONCORD_NAME}
  COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${debian}/lintian-overrides DESTINATION share/lintian/overrides
  RENAME ${CONCORD_NAME} COMPONENT debian EXCLUDE_FROM_ALL)
install(SCRIPT ${debian}/finish.cmake COMPONENT debian EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/components.cmake)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGE_NAME ${CONCORD_NAME})
set(CPACK_PACKAGE_VENDOR Concord)
set(CPACK_PACKAGE_FILE_NAME
  ${CONCORD_NAME}-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "checks for concurrent C and C++, for clang-tidy ${LLVM_VERSION_MAJOR}")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${CONCORD_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_RELEASE ${CONCORD_PACKAGE_REVISION})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
string(CONCAT CPACK_DEBIAN_PACKAGE_DEPENDS
  "clang-tidy-${LLVM_VERSION_MAJOR} (>= ${CONCORD_TIDY_FROM}), "
  "clang-tidy-${LLVM_VERSION_MAJOR} (<< ${CONCORD_TIDY_BEFORE}), python3")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS git)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${debian}/postinst ${debian}/prerm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# The first line is the summary; CPack indents the others.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Concord is a plugin for clang-tidy ${LLVM_VERSION_MAJOR} that finds concurrency mistakes in C
and C++: captures that outlive what they refer to, threads that nobody stops
or waits for, locks that are not released, callbacks called under a lock.
Each finding says what goes wrong, names the way out, and links the page of
the guideline behind it, which this package has.
.
Besides the plugin there are programs that let new findings fail a pull
request, and that write SARIF, Code Quality reports, reviews and a page to
look at.")
# Read by components.cmake.
list(TRANSFORM CONCORD_BINARIES PREPEND ${PROJECT_BINARY_DIR}/bin/
  OUTPUT_VARIABLE CPACK_CONCORD_BINARIES)
list(APPEND CPACK_CONCORD_BINARIES ${CONCORD_PLUGIN})
set(CPACK_CONCORD_STAGING ${debian})
include(CPack)
