// The manual page actorsim(1).
#pragma once

#include <string>

namespace actorsim {

/// In the macros of man(7), ASCII only.
std::string man_page();

}  // namespace actorsim
