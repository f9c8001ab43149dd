// `actorsim completions`: a script for a shell.
#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "actorsim/base/text.h"
#include "cli/commands/commands.h"
#include "cli/describe/completions.h"
#include "cli/output/problems.h"

namespace actorsim {

int command_completions(const Options& options, Session& session) {
  if (options.operands.size() > 1) {
    tell(session, usage_problem("one shell at a time", "actorsim completions bash"));
    return kExitBadInput;
  }
  const std::string& name = options.operands.front();
  const auto shell =
      std::find_if(shells().begin(), shells().end(), [&](const Shell& known) { return known.name == name; });
  if (shell == shells().end()) {
    std::vector<std::string> known;
    for (const Shell& each : shells()) known.emplace_back(each.name);
    tell(session, usage_problem("no completions for " + actorsim::in_quotes(name), suggestion(name, known)));
    return kExitBadInput;
  }
  session.out << shell->write();
  return kExitOk;
}

}  // namespace actorsim
