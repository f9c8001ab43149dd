// What commands share of their surroundings.
#include "cli/session.h"

#include <ostream>

namespace actorsim {

const std::atomic<bool>* interrupts_of(const Environment& environment) {
  return environment.watch_interrupts ? environment.watch_interrupts() : nullptr;
}

bool tell(Session& session, const Diagnostic& problem) { return tell(session, Diagnostics(problem), {}); }

bool tell(Session& session, const Diagnostics& problems, const std::vector<const Source*>& sources) {
  const Diagnostics told = judged(problems, session.telling);
  session.err << render_problems(told, sources, session.telling);
  return !told.has_errors();
}

void note(Session& session, std::string_view text) {
  if (session.telling.format != ErrorFormat::json) session.err << "actorsim: note: " << text << std::endl;
}

}  // namespace actorsim
