// JSON inside a script element of HTML.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// A dumped value so that nothing in it can end the element, begin a comment, or be taken for a line end or a change of
/// the direction of writing; the value stays the same.
std::string json_in_script(std::string_view dumped);

}  // namespace actorsim
