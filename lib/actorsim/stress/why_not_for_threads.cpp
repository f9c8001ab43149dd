// What of a scenario needs a clock that stands still, or a runtime around the lock.
#include <array>

#include "actorsim/stress/stress.h"

namespace actorsim {
namespace {

struct Refusal {
  std::string_view message;
  std::string_view help;
};

// By kind of trigger.
constexpr std::array<Refusal, 5> kTriggerRefusals{
    {{"", ""},
     {"a reminder fires in virtual time, which threads do not have", "start the method as a call"},
     {"a timer fires in virtual time, which threads do not have", "start the method as a call"},
     {"deactivating an actor takes a runtime around the lock, which threads do not have", "leave it out"},
     {"a rebalance takes a runtime around the lock, which threads do not have", "leave it out"}}};
constexpr Refusal kTimeout{"a timeout passes in virtual time, which threads do not have",
                           "leave it out: what waits for ever is told as deadlocked or stranded"};

Diagnostic refuse(const Program& program, const Span& span, const Refusal& refusal) {
  Diagnostic diagnostic;
  diagnostic.code = "not-for-threads";
  diagnostic.file = program.file;
  diagnostic.span = span;
  diagnostic.message = refusal.message;
  diagnostic.help = refusal.help;
  return diagnostic;
}

}  // namespace

std::optional<Diagnostic> why_not_for_threads(const Program& program) {
  for (const StartTrigger& trigger : program.triggers) {
    const Refusal& refusal = kTriggerRefusals.at(static_cast<std::size_t>(trigger.kind));
    if (!refusal.message.empty()) return refuse(program, trigger.span, refusal);
    const CallSite& site = program.sites[trigger.site];
    if (site.timeout) return refuse(program, site.span, kTimeout);
  }
  for (const Index site : program.reachable_sites) {
    if (program.sites[site].timeout) return refuse(program, program.sites[site].span, kTimeout);
  }
  return std::nullopt;
}

}  // namespace actorsim
