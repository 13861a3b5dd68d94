# Which components a package has. cpack reads this for each generator.
if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_COMPONENTS_ALL concord debian)
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)

  # The libraries that the programs need. CPACK_DEBIAN_PACKAGE_SHLIBDEPS asks about
  # every file of the package, pages included, which takes far longer.
  file(WRITE ${CPACK_CONCORD_STAGING}/debian/control "Source: concord\n\nPackage: concord\nArchitecture: any\n")
  execute_process(COMMAND dpkg-shlibdeps --ignore-missing-info -O ${CPACK_CONCORD_BINARIES}
    WORKING_DIRECTORY ${CPACK_CONCORD_STAGING} OUTPUT_VARIABLE libraries ERROR_VARIABLE warnings
    RESULT_VARIABLE failed)
  if(failed OR NOT libraries MATCHES "^shlibs:Depends=(.*)\n$")
    message(FATAL_ERROR "dpkg-shlibdeps: ${failed} ${warnings}")
  endif()
  string(APPEND CPACK_DEBIAN_PACKAGE_DEPENDS ", ${CMAKE_MATCH_1}")
else()
  set(CPACK_COMPONENTS_ALL concord plain)
  set(CPACK_PACKAGING_INSTALL_PREFIX /)
  set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
endif()
