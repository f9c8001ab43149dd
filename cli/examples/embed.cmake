# cmake -DFOLDER=cli/examples -DOUTPUT=examples.cpp -P embed.cmake: every YAML file of the folder becomes an entry of
# starting_examples(), by name; what it shows is its first 'name:'.
file(GLOB files ${FOLDER}/*.yaml)
list(SORT files)
set(entries "")
foreach(file ${files})
  cmake_path(GET file STEM name)
  file(READ ${file} text)
  string(REGEX MATCH "\nname: ([^\n]*)" ignored "${text}")
  set(title "${CMAKE_MATCH_1}")
  string(APPEND entries "      {\"${name}\", R\"yaml(${title})yaml\", R\"yaml(${text})yaml\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"cli/examples/examples.h\"

namespace actorsim {

const std::vector<Example>& starting_examples() {
  static const std::vector<Example> all{
${entries}  };
  return all;
}

}  // namespace actorsim
")
