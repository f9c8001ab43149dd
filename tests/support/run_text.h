// A scenario as text, loaded, compiled and run plainly, so that a test of the model reads like the scenario that it is
// about. Whatever goes wrong on the way fails the test with the diagnostic's text.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/expectations.h"
#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/scenario/loader.h"

namespace actorsim::testing {

/// What a test does to a scenario that the loader cannot say yet.
using Change = std::function<void(Scenario&)>;

/// The only scenario of a text; `actorsim: 1` is added.
inline Scenario load_text(const std::string& text, const Change& change = {}) {
  const Source source{"test.yaml", "actorsim: 1\n" + text};
  const auto file = load_scenario_file(source);
  if (!file) throw std::runtime_error(render(file.error(), &source));
  auto scenario = file->load_case(0);
  if (!scenario) throw std::runtime_error(render(scenario.error(), &source));
  if (change) change(*scenario);
  return std::move(*scenario);
}

/// A run with all that it came from. Movable: the program stays where it is.
struct Ran {
  Scenario scenario;
  std::unique_ptr<const Program> program;
  Run run;

  /// The call `label` or `label#2`.
  const CallRecord& call(const std::string& text) const {
    const CallKey key = make_call_key(text, {});
    std::uint64_t position = 0;
    for (const CallRecord& record : run.calls) {
      if (record.label == key.label && ++position == key.index.value_or(1)) return record;
    }
    throw std::runtime_error("no call is labelled " + text);
  }

  /// `entered`, `blocked`, …
  std::string outcome(const std::string& label) const { return std::string(to_word(call(label).outcome)); }
  std::string verdict() const { return std::string(to_word(run.verdict)); }

  /// The labels of the calls in the order in which they got in, with blanks between them.
  std::string order() const {
    std::string text;
    for (std::uint64_t place = 1; place <= run.counts.entered; ++place) {
      for (const CallRecord& record : run.calls) {
        if (record.entered_order == place) text += (text.empty() ? "" : " ") + record.label;
      }
    }
    return text;
  }

  std::string skipped() const {
    std::string text;
    for (const SkippedCall& call : run.skipped) text += (text.empty() ? "" : " ") + call.label;
    return text;
  }

  /// `A/1 B/1 | C/1`: the actors of each cycle.
  std::string cycles() const {
    std::string text;
    for (const DeadlockCycle& cycle : run.deadlocks) {
      if (!text.empty()) text += " | ";
      for (std::size_t i = 0; i < cycle.actors.size(); ++i) text += (i == 0 ? "" : " ") + cycle.actors[i];
    }
    return text;
  }

  std::uint64_t count(Outcome outcome) const { return run.counts.of(outcome); }
};

inline tl::expected<Ran, Diagnostic> try_text(const std::string& text, const Change& change = {},
                                              const RunOptions& options = {}) {
  Ran ran;
  ran.scenario = load_text(text, change);
  ran.program = std::make_unique<const Program>(compile(ran.scenario, "test.yaml"));
  auto run = run_plainly(*ran.program, options);
  if (!run) return tl::unexpected(std::move(run.error()));
  ran.run = std::move(*run);
  return ran;
}

inline Ran run_text(const std::string& text, const Change& change = {}, const RunOptions& options = {}) {
  auto ran = try_text(text, change, options);
  if (!ran) throw std::runtime_error(render(ran.error(), nullptr));
  return std::move(*ran);
}

/// The problem of a scenario that goes beyond a bound.
inline Diagnostic problem_of(const std::string& text, const Change& change = {}) {
  auto ran = try_text(text, change);
  if (ran) throw std::runtime_error("the run ended");
  return std::move(ran.error());
}

/// What became of the expectations of the text, those that failed as `text: got`, one a line.
inline std::string failed_expectations(const Ran& ran) {
  const auto results = check_expectations(ran.scenario.expect, *ran.program, ran.run);
  if (!results) return render(results.error(), nullptr);
  std::string text;
  for (const ExpectationResult& result : *results) {
    if (!result.passed) text += result.text + " <- " + result.got + "\n";
  }
  return text;
}

}  // namespace actorsim::testing
