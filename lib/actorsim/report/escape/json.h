// JSON. What is written, a library escapes; this adds what it leaves: code points that are valid in JSON, but reorder
// or hide what stands around them where somebody looks at it.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// A dumped value with every hostile code point written as `\u202e`: the value stays the same.
std::string json_safe(std::string_view dumped);

}  // namespace actorsim
