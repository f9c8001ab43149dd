# What the program writes about itself, where there are targets that make it:
#
#   actorsim_man          with the property ACTORSIM_MAN_PAGES: the pages, NAME.1
#   actorsim_completions  with the properties ACTORSIM_BASH, ACTORSIM_ZSH and ACTORSIM_FISH: a file each
#
# They go to where the shells look for them, under the names that the shells look for.
function(actorsim_generated variable target property)
  get_target_property(files ${target} ${property})
  if(NOT files)
    message(FATAL_ERROR "the target ${target} does not say in its property ${property} what it makes")
  endif()
  set(${variable} ${files} PARENT_SCOPE)
endfunction()

if(TARGET actorsim_man)
  actorsim_generated(pages actorsim_man ACTORSIM_MAN_PAGES)
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT actorsim_program)
  add_dependencies(actorsim_installed actorsim_man)
endif()
if(TARGET actorsim_completions)
  actorsim_generated(bash actorsim_completions ACTORSIM_BASH)
  actorsim_generated(zsh actorsim_completions ACTORSIM_ZSH)
  actorsim_generated(fish actorsim_completions ACTORSIM_FISH)
  install(FILES ${bash} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME actorsim
          COMPONENT actorsim_program)
  install(FILES ${zsh} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _actorsim
          COMPONENT actorsim_program)
  install(FILES ${fish} DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME actorsim.fish
          COMPONENT actorsim_program)
  add_dependencies(actorsim_installed actorsim_completions)
endif()
