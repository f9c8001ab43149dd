// Placeholder until the checks stand.
#include "actorsim/scenario/check_scenario.h"
namespace actorsim {
void check_scenario(Reader& reader, const Scenario& scenario) {
  if (scenario.start.empty() && scenario.chains.empty())
    reader.error("nothing-starts", scenario.span, "nothing starts in this scenario", "give it 'start' or 'chains'");
}
}  // namespace actorsim
