// The page's own files, put into the program by the build: page.html, all *.css and all *.js of this folder, each kind
// in the order of the file names.
#pragma once

#include <string_view>

namespace actorsim {

/// With the marks {{policy}}, {{title}}, {{style}}, {{data}} and {{script}}, each of them once.
std::string_view html_page();
std::string_view html_style();
std::string_view html_script();

/// SHA-256 of the style and of the script, as 64 hexadecimal digits.
std::string_view html_style_hash();
std::string_view html_script_hash();

}  // namespace actorsim
