# Makes a C++ source of a text file: a function that returns the text. Run by the build:
#
#   cmake -DINPUT=a.json -DOUTPUT=a.cpp -DHEADER=actorsim/a.h -DFUNCTION=a_text -P embed.cmake
file(READ ${INPUT} text)
string(LENGTH "${text}" length)
if(length GREATER 65000)  # the longest string literal that every C++ compiler must take is 65,536 bytes
  message(FATAL_ERROR "${INPUT} is too long for one string literal: ${length} bytes")
endif()
get_filename_component(name ${INPUT} NAME)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [==[
// Made from @name@ by the build.
#include "@HEADER@"

namespace actorsim {

std::string_view @FUNCTION@() { return R"TEXT(@text@)TEXT"; }

}  // namespace actorsim
]==])
