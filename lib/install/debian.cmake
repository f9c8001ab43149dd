# What Debian wants otherwise, done to the files before they are packed: no search path of our own in programs,
# compressed manual pages and changelogs, a copyright file and a changelog for every package, and zsh's completion
# elsewhere.
file(GLOB packages ${CPACK_TEMPORARY_DIRECTORY}/actorsim_*)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)  # of SOURCE_DATE_EPOCH, where it is set

# The same bytes each time: neither a file's name nor its time is kept.
function(compress)
  execute_process(COMMAND gzip -9nf ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

foreach(package IN LISTS packages)
  get_filename_component(component ${package} NAME)
  string(TOUPPER ${component} component)
  set(name ${CPACK_DEBIAN_${component}_PACKAGE_NAME})
  set(documents ${package}/usr/share/doc/${name})
  file(MAKE_DIRECTORY ${documents})
  file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/copyright ${documents}/copyright)
  file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/../../CHANGELOG.md ${documents}/changelog)
  file(REMOVE ${documents}/CHANGELOG.md)
  set(version ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
  file(WRITE ${documents}/changelog.Debian
"actorsim (${version}) unstable; urgency=medium

  * What is new stands in the changelog beside this one.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
  file(GLOB pages ${package}/usr/share/man/man*/*.[0-9])
  compress(${documents}/changelog ${documents}/changelog.Debian ${pages})
  if(EXISTS ${package}/usr/share/zsh/site-functions)  # that folder is for the machine's own administrator
    file(RENAME ${package}/usr/share/zsh/site-functions ${package}/usr/share/zsh/vendor-completions)
  endif()
  file(GLOB linked ${package}/usr/bin/actorsim ${package}/usr/lib/libactorsim.so.*.*.*)
  foreach(file IN LISTS linked)
    file(RPATH_REMOVE FILE ${file})
  endforeach()
endforeach()
