// `actorsim schema`: the JSON Schemas of the scenario format and of the JSON report.
#include <ostream>

#include "actorsim/base/text.h"
#include "actorsim/report/json/json.h"
#include "actorsim/scenario/schema.h"
#include "cli/commands/commands.h"
#include "cli/output/problems.h"

namespace actorsim {

int command_schema(const Options& options, Session& session) {
  const std::string what = options.operands.empty() ? "scenario" : options.operands.front();
  if (options.operands.size() > 1) {
    tell(session, usage_problem("one schema at a time", "actorsim schema scenario"));
    return kExitBadInput;
  }
  if (what == "scenario") {
    session.out << scenario_schema();
    return kExitOk;
  }
  if (what == "report") {
    session.out << report_schema();
    return kExitOk;
  }
  tell(session, usage_problem("no schema " + actorsim::in_quotes(what), suggestion(what, {"scenario", "report"})));
  return kExitBadInput;
}

}  // namespace actorsim
