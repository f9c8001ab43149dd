// The one file that is compiled anew when the version changes.
#include "actorsim/base/version.h"

namespace actorsim {

std::string_view version() { return ACTORSIM_VERSION; }

}  // namespace actorsim
