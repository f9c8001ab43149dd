# cmake -DFOLDER=lib/actorsim/report/html -DOUTPUT=assets.cpp -P embed.cmake: the page's files become the functions of
# assets.h. The longest string literal that every C++ compiler must take is 65,536 bytes, so a file is one literal each.
file(READ ${FOLDER}/page.html page)

# all_of(css style): the files *.css one after another become `style`, their literals `style_literals`.
function(all_of extension name)
  file(GLOB files ${FOLDER}/*.${extension})
  list(SORT files)
  set(all "\n")
  set(literals "R\"TEXT(\n)TEXT\"")
  foreach(file IN LISTS files)
    file(READ ${file} text)
    string(LENGTH "${text}" length)
    if(length GREATER 60000)
      message(FATAL_ERROR "${file} is too long for one string literal: ${length} bytes")
    endif()
    string(APPEND all "${text}")
    string(APPEND literals ",\n      R\"TEXT(${text})TEXT\"")
  endforeach()
  string(SHA256 hash "${all}")
  set(${name}_literals "${literals}" PARENT_SCOPE)
  set(${name}_hash ${hash} PARENT_SCOPE)
endfunction()
all_of(css style)
all_of(js script)

file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [==[
// Made by the build from the files of lib/actorsim/report/html/.
#include "actorsim/report/html/assets.h"

#include <initializer_list>
#include <string>

namespace actorsim {
namespace {

std::string joined(std::initializer_list<std::string_view> texts) {
  std::string all;
  for (const std::string_view text : texts) all += text;
  return all;
}

}  // namespace

std::string_view html_page() { return R"TEXT(@page@)TEXT"; }

std::string_view html_style() {
  static const std::string all = joined({@style_literals@});
  return all;
}

std::string_view html_script() {
  static const std::string all = joined({@script_literals@});
  return all;
}

std::string_view html_style_hash() { return "@style_hash@"; }
std::string_view html_script_hash() { return "@script_hash@"; }

}  // namespace actorsim
]==])
