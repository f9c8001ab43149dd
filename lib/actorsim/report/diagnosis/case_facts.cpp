// Looking things up.
#include "actorsim/report/diagnosis/case_facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"

namespace actorsim {

std::string type_name_of(const std::string& actor) { return actor.substr(0, actor.find('/')); }

std::string call_number(const CallRecord& call) { return fmt::format("call {}", std::uint64_t{call.serial} + 1); }

std::string call_and_target(const CallRecord& call) {
  return fmt::format("call {} ({}.{})", std::uint64_t{call.serial} + 1, call.actor, call.method);
}

const CallRecord* first_with(const Run& run, Outcome outcome) {
  const auto found =
      std::find_if(run.calls.begin(), run.calls.end(), [&](const CallRecord& call) { return call.outcome == outcome; });
  return found == run.calls.end() ? nullptr : &*found;
}

std::string CaseFacts::release_name() const {
  return release().is_docs ? "Dapr's documentation" : "Dapr " + to_string(release());
}

const ProgramType* CaseFacts::type_of(const CallRecord& call) const {
  const std::string name = type_name_of(call.actor);
  const auto found = std::find_if(program_.types.begin(), program_.types.end(),
                                  [&](const ProgramType& type) { return type.name == name; });
  return found == program_.types.end() ? nullptr : &*found;
}

const ActorType* CaseFacts::described_type(const std::string& name) const {
  const auto found = std::find_if(scenario_.actors.begin(), scenario_.actors.end(),
                                  [&](const ActorType& type) { return type.name == name; });
  return found == scenario_.actors.end() ? nullptr : &*found;
}

// A hop that nests itself has two sites at one place: the one that calls the hop, and its own.
const CallSite* CaseFacts::site_of(const CallRecord& call) const {
  const CallRecord* caller = caller_of(call);
  const bool calls_itself = caller != nullptr && caller->span == call.span && caller->actor == call.actor;
  const CallSite* found = nullptr;
  for (const CallSite& site : program_.sites) {
    if (!(site.span == call.span) || site.method != call.method) continue;
    if (found == nullptr || site.is_recursion == calls_itself) found = &site;
  }
  return found;
}

bool CaseFacts::is_hop(const CallRecord& call) const {
  const auto is_it = [&](const Hop& hop) { return hop.span == call.span; };
  for (const Chain& chain : scenario_.chains) {
    if (std::any_of(chain.first.begin(), chain.first.end(), is_it)) return true;
    for (const Chain::Next& next : chain.rest) {
      if (std::any_of(next.hops.begin(), next.hops.end(), is_it)) return true;
    }
  }
  return false;
}

bool CaseFacts::is_above(const CallRecord& upper, const CallRecord& lower) const {
  for (const CallRecord* at = &lower; at != nullptr; at = caller_of(*at)) {
    if (at->serial == upper.serial) return true;
  }
  return false;
}

std::string CaseFacts::id_of(const CallRecord& call) const {
  if (!call.id.empty() || call.header) return call.id.empty() ? *call.header : call.id;
  const CallRecord* caller = caller_of(call);
  const CallSite* site = site_of(call);
  const bool is_handed_on =
      caller != nullptr && caller->header && (site == nullptr || site->header == HeaderRule::Kind::keep);
  return call.reentrancy && is_handed_on ? *caller->header : std::string();
}

std::string CaseFacts::at(const Span& span) const {
  if (span.line == 0 || program_.file == kAskedFile) return {};
  return fmt::format(" at {}:{}:{}", program_.file, span.line, span.column);
}

std::string CaseFacts::how_to_enable(const std::string& type) const {
  std::string result = program_.file == kAskedFile
                           ? fmt::format("enable reentrancy for {} (here: --set reentrancy.enabled=true)", type)
                           : fmt::format("enable reentrancy for {} (config: {{reentrancy: {{enabled: true}}}})", type);
  if (before(release(), 7))
    result +=
        ", with the feature Actor.Reentrancy (configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: "
        "true}]}}),";
  return result + " and hand Dapr-Reentrancy-Id on";
}

std::string CaseFacts::how_to_limit(std::int64_t limit) const {
  if (program_.file == kAskedFile)
    return fmt::format("raise the limit (here: --set reentrancy.maxStackDepth={})", limit);
  return fmt::format("raise the limit (config: {{reentrancy: {{enabled: true, maxStackDepth: {}}}}})", limit);
}

// The lock itself never gives up (lock_table.h: C5, R5). Up to 1.13 the sidecar does not pass on that a client has
// left; from 1.15 on the idle deadline of the actor counts from the last entry and does not look whether anybody is
// inside.
std::string CaseFacts::how_long(const std::optional<Nanoseconds>& cut_off_at) const {
  if (before(release(), 14))
    return "Dapr's lock has no timeout: callers hang, and the actors stay locked even if the client goes away.";
  if (!cut_off_at) return "Dapr's lock has no timeout: callers hang until a client gives up.";
  return fmt::format(
      "Dapr's lock has no timeout: callers hang until a client gives up, or until the actor's idle deadline cuts them "
      "off (here after {}).",
      format_duration(*cut_off_at));
}

}  // namespace actorsim
