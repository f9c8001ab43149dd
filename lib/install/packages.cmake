# Packages: `./dev package`, or cpack in a build folder.
#
#   actorsim_VERSION_ARCH.deb           the program
#   libactorsim-dev_VERSION_ARCH.deb    the library
#   actorsim-VERSION-SYSTEM.tar.gz      both, with the shared libraries that the program needs beside it
set(CPACK_PACKAGE_VENDOR "The actorsim authors")
# Whoever hands packages out says who answers for them: -DCPACK_PACKAGE_CONTACT="NAME <ADDRESS>"
set(CPACK_PACKAGE_CONTACT "The actorsim authors <actorsim@packages.invalid>" CACHE STRING "Maintainer of packages")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_GENERATOR TGZ)
find_program(ACTORSIM_DPKG dpkg)
mark_as_advanced(ACTORSIM_DPKG)
if(ACTORSIM_DPKG)
  list(APPEND CPACK_GENERATOR DEB)
endif()
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/package_of_each_kind.cmake)

# ---- the archive -----------------------------------------------------------------------------------------------------

set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
set(CPACK_PACKAGE_FILE_NAME actorsim-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_ARCHIVE_FILE_NAME ${CPACK_PACKAGE_FILE_NAME})

# ---- Debian ----------------------------------------------------------------------------------------------------------

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_ACTORSIM_PROGRAM_PACKAGE_NAME actorsim)
set(CPACK_DEBIAN_ACTORSIM_PROGRAM_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_ACTORSIM_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_ACTORSIM_PROGRAM_DESCRIPTION
"Simulator of Dapr's actor locks and reentrancy
Runs scenarios of who calls whom among the virtual actors of Dapr against
the lock of every Dapr release, and says which calls entered, blocked,
deadlocked or exceeded the stack depth, and why. It looks at all orders in
which things can happen where a scenario asks for that.")

set(CPACK_DEBIAN_ACTORSIM_DEVELOPMENT_PACKAGE_NAME libactorsim-dev)
set(CPACK_DEBIAN_ACTORSIM_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_ACTORSIM_DEVELOPMENT_DESCRIPTION
"Simulator of Dapr's actor locks and reentrancy (library)
This package has the library behind the program actorsim, for those who
want to ask the same questions in their own programs and tests: headers,
the library, and what CMake and pkg-config need to find it.")
set(actorsim_dev_depends libexpected-dev)
if(actorsim_library_type STREQUAL "STATIC_LIBRARY")
  # A static library goes together with the versions that it was compiled with.
  foreach(dependency IN ITEMS libfmt-dev:${fmt_VERSION} libyaml-cpp-dev:${yaml-cpp_VERSION})
    string(REGEX MATCH "^([^:]+):([0-9]+)[.]([0-9]+)" matched ${dependency})
    if(CMAKE_MATCH_2 EQUAL 0)  # 0.7 and 0.8 differ as 1 and 2 do
      math(EXPR next "${CMAKE_MATCH_3} + 1")
      set(next 0.${next})
    else()
      math(EXPR next "${CMAKE_MATCH_2} + 1")
    endif()
    list(APPEND actorsim_dev_depends "${CMAKE_MATCH_1} (>= ${CMAKE_MATCH_2}.${CMAKE_MATCH_3})"
         "${CMAKE_MATCH_1} (<< ${next}~)")
  endforeach()
else()
  list(APPEND actorsim_dev_depends "actorsim (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
endif()
list(JOIN actorsim_dev_depends ", " CPACK_DEBIAN_ACTORSIM_DEVELOPMENT_PACKAGE_DEPENDS)

include(CPack)
