# What `cmake --install` puts where. Everything is found relative to where it lies, so that the installed tree may be
# moved. Components: actorsim_program (to run), actorsim_development (to link), actorsim_bundle (not installed unless
# named: the shared libraries that the program needs, for an archive that runs on other systems).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
include(${CMAKE_CURRENT_LIST_DIR}/public_headers.cmake)

set(actorsim_data ${CMAKE_INSTALL_DATADIR}/actorsim)
set(actorsim_config ${CMAKE_INSTALL_LIBDIR}/cmake/actorsim)

# ---- the library -----------------------------------------------------------------------------------------------------

list(TRANSFORM actorsim_public_headers PREPEND ${PROJECT_SOURCE_DIR}/lib/)
target_sources(actorsim PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/lib FILES ${actorsim_public_headers})
install(TARGETS actorsim EXPORT actorsim_targets
        ARCHIVE COMPONENT actorsim_development
        LIBRARY COMPONENT actorsim_program NAMELINK_COMPONENT actorsim_development
        RUNTIME COMPONENT actorsim_program
        FILE_SET HEADERS COMPONENT actorsim_development
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})  # for CMake before 3.23, which knows no file sets

# find_package(actorsim)
set(actorsim_yaml_cpp ${yaml_cpp})
get_target_property(actorsim_library_type actorsim TYPE)
install(EXPORT actorsim_targets NAMESPACE actorsim:: FILE actorsimTargets.cmake DESTINATION ${actorsim_config}
        COMPONENT actorsim_development)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/actorsimConfig.cmake.in
                              ${PROJECT_BINARY_DIR}/install/actorsimConfig.cmake
                              INSTALL_DESTINATION ${actorsim_config})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/install/actorsimConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)  # until 1.0: see lib/actorsim/actorsim.h
install(FILES ${PROJECT_BINARY_DIR}/install/actorsimConfig.cmake
              ${PROJECT_BINARY_DIR}/install/actorsimConfigVersion.cmake
        DESTINATION ${actorsim_config} COMPONENT actorsim_development)

# pkg-config. A static library brings no dependencies along: whoever links it has to link them too.
if(actorsim_library_type STREQUAL "STATIC_LIBRARY")
  set(actorsim_pc_requires "Requires: fmt yaml-cpp")
else()
  set(actorsim_pc_requires "Requires.private: fmt yaml-cpp")
endif()
foreach(folder INCLUDEDIR LIBDIR)
  if(IS_ABSOLUTE ${CMAKE_INSTALL_${folder}})
    set(actorsim_pc_${folder} ${CMAKE_INSTALL_${folder}})
  else()
    set(actorsim_pc_${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
  endif()
endforeach()
file(RELATIVE_PATH actorsim_pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" actorsim_pc_prefix ${actorsim_pc_prefix})
configure_file(${CMAKE_CURRENT_LIST_DIR}/actorsim.pc.in ${PROJECT_BINARY_DIR}/install/actorsim.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/install/actorsim.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT actorsim_development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
        COMPONENT actorsim_development)

# ---- the program -----------------------------------------------------------------------------------------------------

install(FILES lib/actorsim/scenario/actorsim.schema.json lib/actorsim/report/json/report.schema.json
        DESTINATION ${actorsim_data}/schema COMPONENT actorsim_program)
install(DIRECTORY scenarios DESTINATION ${actorsim_data} COMPONENT actorsim_program)
install(FILES README.md CHANGELOG.md ${CMAKE_CURRENT_LIST_DIR}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT actorsim_program)
# All that has to be built before it can be installed.
add_custom_target(actorsim_installed DEPENDS actorsim)
if(TARGET actorsim_main)
  install(TARGETS actorsim_main RUNTIME COMPONENT actorsim_program)
  add_dependencies(actorsim_installed actorsim_main)
  # Where a shared libactorsim lies, and what the bundle adds.
  file(RELATIVE_PATH actorsim_to_libraries ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
  set_target_properties(actorsim_main PROPERTIES
    INSTALL_RPATH "$ORIGIN/${actorsim_to_libraries};$ORIGIN/${actorsim_to_libraries}/actorsim")
  set_target_properties(actorsim PROPERTIES INSTALL_RPATH "$ORIGIN;$ORIGIN/actorsim")
  if(actorsim_library_type STREQUAL "SHARED_LIBRARY")
    set(actorsim_shared $<TARGET_FILE:actorsim>)
  endif()
  install(CODE "set(built $<TARGET_FILE:actorsim_main>)
                set(shared ${actorsim_shared})
                set(lib ${CMAKE_INSTALL_LIBDIR})" COMPONENT actorsim_bundle EXCLUDE_FROM_ALL)
  install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/bundle.cmake COMPONENT actorsim_bundle EXCLUDE_FROM_ALL)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/generated_files.cmake)

if(PROJECT_IS_TOP_LEVEL)
  include(${CMAKE_CURRENT_LIST_DIR}/packages.cmake)
endif()
