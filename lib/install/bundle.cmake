# Installs the shared libraries that the program needs beside it, in LIB/actorsim, but for those of the C and C++
# runtime, which every system has. Given: `built`, the program; `shared`, our own library if it is shared; `lib`, the
# folder below the prefix.
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${built} LIBRARIES ${shared} RESOLVED_DEPENDENCIES_VAR found
     PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread|gcc_s|stdc[+][+]|actorsim)[.]so")
file(INSTALL DESTINATION ${CMAKE_INSTALL_PREFIX}/${lib}/actorsim TYPE SHARED_LIBRARY FOLLOW_SYMLINK_CHAIN
     FILES ${found})
