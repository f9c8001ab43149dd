# Stands in for the other yaml-cpp: the same library under the name that it has since 0.8, or had until 0.7.
add_library(${YAML_CPP_NAME} INTERFACE IMPORTED)
set_property(TARGET ${YAML_CPP_NAME} PROPERTY INTERFACE_LINK_LIBRARIES -lyaml-cpp)
