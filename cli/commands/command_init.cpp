// `actorsim init`: a scenario to start from.
#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "actorsim/base/text.h"
#include "cli/commands/commands.h"
#include "cli/examples/examples.h"
#include "cli/output/problems.h"

namespace actorsim {

int command_init(const Options& options, Session& session) {
  const std::string name = options.example.empty() ? std::string(kDefaultExample) : options.example;
  const std::vector<Example>& examples = starting_examples();
  const auto found =
      std::find_if(examples.begin(), examples.end(), [&](const Example& example) { return example.name == name; });
  if (found == examples.end()) {
    std::vector<std::string> known;
    for (const Example& example : examples) known.emplace_back(example.name);
    tell(session, usage_problem("no example " + actorsim::in_quotes(name), suggestion(name, known)));
    return kExitBadInput;
  }
  session.out << found->text;
  return kExitOk;
}

}  // namespace actorsim
