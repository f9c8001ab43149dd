// Calls and how they ended, as the words of base/outcome.h.
#include "actorsim/explore/outcome_words.h"

#include <set>
#include <utility>

namespace actorsim {

Outcome outcome_of(const Call& call, const CallEnd& end) {
  switch (end.how) {
    case CallEnd::How::refused_depth: return Outcome::exceeded;
    case CallEnd::How::refused_closed: return Outcome::closed;
    case CallEnd::How::not_hosted: return Outcome::not_hosted;
    case CallEnd::How::failed_step:
    case CallEnd::How::failed_call: return Outcome::failed;
    case CallEnd::How::timed_out: return Outcome::timed_out;
    case CallEnd::How::cancelled: return Outcome::cancelled;
    case CallEnd::How::answered: break;
  }
  return admission_word(call);
}

Outcome admission_word(const Call& call) {
  if (call.had_to_wait) return Outcome::blocked;
  return call.re_entered ? Outcome::re_entered : Outcome::entered;
}

std::vector<std::string> labels_of_skipped(const Program& program, const CallSite& skipped) {
  if (skipped.label || skipped.kind != Target::Kind::self) return {skipped.text};
  std::set<std::string> labels;
  for (const CallSite& site : program.sites) {
    const bool names_one = site.kind == Target::Kind::named && site.type == skipped.type && site.id.is_constant();
    if (names_one) labels.insert(program.types[site.type].name + "/" + site.id.constant() + "." + skipped.method);
  }
  if (labels.empty()) return {skipped.text};
  return {labels.begin(), labels.end()};
}

std::vector<std::string> skipped_labels(const Program& program, const std::vector<bool>& was_reached) {
  std::vector<std::string> labels;
  for (const Index site : program.reachable_sites) {
    const CallSite& skipped = program.sites[site];
    if (was_reached[site] || (skipped.is_recursion && !skipped.label)) continue;
    for (std::string& text : labels_of_skipped(program, skipped)) labels.push_back(std::move(text));
  }
  return labels;
}

}  // namespace actorsim
