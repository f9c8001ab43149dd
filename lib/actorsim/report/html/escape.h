// Putting text where HTML, a script element or a policy expects its own.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// For an element's content or a quoted attribute.
std::string escape_html(std::string_view text);

/// JSON text so that it may stand in a script element: nothing in it can end the element or begin a comment, and no
/// character that a JavaScript of any age takes for a line end or that turns the direction of writing stands in it
/// unescaped. It means the same as before.
std::string escape_json_for_script(std::string_view json);

/// `sha256-…` in base64, from 64 hexadecimal digits, as a Content-Security-Policy names what it allows.
std::string policy_hash(std::string_view hexadecimal);

}  // namespace actorsim
