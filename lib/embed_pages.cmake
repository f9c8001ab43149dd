# Makes a C++ source of the pages of words: a function that returns them, by word. Run by the build:
#
#   cmake -DFOLDER=scenarios/words -DOUTPUT=word_pages.cpp -P embed_pages.cmake
#
# A page is called like its file; README.md is none.
file(GLOB_RECURSE files ${FOLDER}/*.md)
set(words "")
foreach(file ${files})
  cmake_path(GET file STEM word)
  if(NOT word STREQUAL "README")
    list(APPEND words ${word})
    set(file_of_${word} ${file})
  endif()
endforeach()
list(SORT words)
set(entries "")
foreach(word ${words})
  file(READ ${file_of_${word}} text)
  string(APPEND entries "      {\"${word}\", R\"PAGE(${text})PAGE\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from the pages of scenarios/words by the build.
#include \"actorsim/report/explain/explain.h\"

namespace actorsim {

const std::vector<WordPage>& word_pages() {
  static const std::vector<WordPage> all{
${entries}  };
  return all;
}

}  // namespace actorsim
")
