// `actorsim explain`: the long text of each word, or the list of words.
#include <ostream>

#include "actorsim/base/text.h"
#include "actorsim/report/explain/explain.h"
#include "cli/commands/commands.h"
#include "cli/output/problems.h"

namespace actorsim {

int command_explain(const Options& options, Session& session) {
  const std::size_t width = session.environment.output_width();
  if (options.operands.empty()) session.out << list_of_words(width);
  int code = kExitOk;
  bool is_first = true;
  for (const std::string& word : options.operands) {
    const std::string page = explain(word, width);
    if (page.empty()) {
      std::vector<std::string> known;
      for (const Explanation& explanation : explanations()) known.emplace_back(explanation.word);
      std::string help = nearest_word(word, known) ? suggestion(word, known) : "actorsim explain lists the words";
      tell(session, usage_problem("no word " + actorsim::in_quotes(word), std::move(help)));
      code = kExitBadInput;
      continue;
    }
    if (!is_first) session.out << '\n';
    is_first = false;
    session.out << page;
  }
  return code;
}

}  // namespace actorsim
