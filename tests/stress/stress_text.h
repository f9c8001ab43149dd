// Scenarios as texts, played by threads; and what came of it as text.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "actorsim/stress/stress.h"
#include "support/run_text.h"

namespace actorsim::testing {

inline Program program_of(const std::string& text) { return compile(load_text(text), "test.yaml"); }

inline ExploredSet explored(const Program& program, std::uint64_t max_states = ExploreOptions{}.max_states) {
  ExploreOptions options;
  options.max_states = max_states;
  auto set = explore_set(program, options);
  if (!set) throw std::runtime_error(render(set.error(), nullptr));
  return std::move(*set);
}

/// So many rounds, which is a bounded amount of work whatever the machine does.
inline StressResult play(const Program& program, const ExploredSet& set, StressOptions options) {
  StressResult result = stress(program, set, options);
  if (result.problem) throw std::runtime_error(render(*result.problem, nullptr));
  return result;
}

inline StressResult play(const std::string& text, std::uint64_t rounds) {
  const Program program = program_of(text);
  StressOptions options;
  options.rounds = rounds;
  return play(program, explored(program), options);
}

/// `deadlock: A/1.m1=entered A/1.m2=deadlocked`
inline std::string to_text(const Combination& combination) {
  std::string text = std::string(to_word(combination.verdict)) + ":";
  for (const LabelOutcome& call : combination.calls)
    text += " " + call.label + "=" + std::string(to_word(call.outcome));
  return text;
}

inline std::string to_text(const StressFailure& failure) {
  std::string text;
  for (const std::string& defect : failure.defects) text += defect + "\n";
  if (failure.combination) text += to_text(*failure.combination) + "\n";
  for (const LockLog& log : failure.logs) {
    text += log.actor + "\n";
    for (const std::string& event : log.events) text += "  " + event + "\n";
  }
  return text;
}

}  // namespace actorsim::testing
