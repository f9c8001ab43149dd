// What a law was tried on, in numbers: told where ACTORSIM_LAW_FIGURES is set, for the table in README.md.
#pragma once

#include <cstdlib>
#include <string>

#include "support/catch.h"

namespace actorsim::testing {

inline void tell_figure(const std::string& what) {
  if (std::getenv("ACTORSIM_LAW_FIGURES") != nullptr) WARN(what);
}

}  // namespace actorsim::testing
