// Matching by place in the tree of calls, never by number: releases let calls in in different orders.
#include "actorsim/report/compare/compare_calls.h"

namespace actorsim {

std::optional<Nanoseconds> end_of(const CallRecord& call) {
  switch (call.outcome) {
    case Outcome::deadlocked:
    case Outcome::stranded: return std::nullopt;
    case Outcome::blocked:
    case Outcome::re_entered:
    case Outcome::entered: return call.completed ? call.ended : std::nullopt;
    default: return call.ended;
  }
}

MatchedCalls::MatchedCalls(const std::vector<const Run*>& runs) {
  for (std::size_t i = 0; i < runs.size(); ++i) add(*runs[i], i, runs.size());
}

void MatchedCalls::add(const Run& run, std::size_t number, std::size_t runs) {
  std::map<std::uint32_t, std::size_t> entry_of;
  std::map<std::tuple<std::size_t, Index, std::string>, std::size_t> seen;
  for (const CallRecord& call : run.calls) {
    std::size_t caller = kNobody;
    if (call.caller) {
      const auto found = entry_of.find(*call.caller);
      if (found != entry_of.end()) caller = found->second;
    }
    const std::size_t ordinal = seen[{caller, call.trigger, call.label}]++;
    const auto [place, is_new] = known_.try_emplace({caller, call.trigger, call.label, ordinal}, entries_.size());
    if (is_new) {
      Entry entry{call.label, call.actor + "." + call.method, caller, call.starter, {}};
      entry.calls.resize(runs);
      entries_.push_back(std::move(entry));
    }
    entries_[place->second].calls[number] = &call;
    entry_of[call.serial] = place->second;
  }
}

std::vector<MatchedCalls::Entry> MatchedCalls::in_order() const {
  std::vector<std::vector<std::size_t>> below(entries_.size());
  std::vector<std::size_t> waiting;  // a stack: the next one is at its end
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].caller != kNobody) below[entries_[i].caller].push_back(i);
  }
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].caller == kNobody) waiting.push_back(i);
  }
  std::vector<Entry> result;
  std::vector<std::size_t> place(entries_.size());
  while (!waiting.empty()) {
    const std::size_t next = waiting.back();
    waiting.pop_back();
    place[next] = result.size();
    result.push_back(entries_[next]);
    if (result.back().caller != kNobody) result.back().caller = place[result.back().caller];
    waiting.insert(waiting.end(), below[next].rbegin(), below[next].rend());
  }
  return result;
}

}  // namespace actorsim
