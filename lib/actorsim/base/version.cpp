// The version that is compiled into the library, which need not be that of the headers of whoever links it.
#include "actorsim/base/version.h"

namespace actorsim {

std::string_view version() { return ACTORSIM_VERSION; }

}  // namespace actorsim
