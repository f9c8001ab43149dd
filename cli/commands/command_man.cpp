// `actorsim man`: the manual page.
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/describe/man_page.h"

namespace actorsim {

int command_man(const Options&, Session& session) {
  session.out << man_page();
  return kExitOk;
}

}  // namespace actorsim
