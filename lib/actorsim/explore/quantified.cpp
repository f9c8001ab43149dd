// Demand by demand: what is possible, as bits, against what is wanted.
#include "actorsim/explore/quantified.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/find_outcome.h"

namespace actorsim {
namespace {

using Bits = std::uint16_t;

constexpr Bits bit_of(Verdict verdict) { return static_cast<Bits>(1U << static_cast<unsigned>(verdict)); }
constexpr Bits bit_of(Outcome outcome) { return static_cast<Bits>(1U << static_cast<unsigned>(outcome)); }

std::string_view word_of(Demand::Kind kind) {
  switch (kind) {
    case Demand::Kind::never: return "never";
    case Demand::Kind::possible: return "possible";
    case Demand::Kind::always: return "always";
  }
  return "";
}

// The best verdict and the plainest outcome first.
std::vector<std::string> words_of(Bits bits, const Demand& demand) {
  std::vector<std::string> words;
  const std::size_t count = demand.is_about_calls() ? kOutcomeCount : kVerdictCount;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = demand.is_about_calls() ? count - 1 - i : i;
    if ((bits & (1U << at)) == 0) continue;
    words.emplace_back(demand.is_about_calls() ? to_word(static_cast<Outcome>(at)) : to_word(static_cast<Verdict>(at)));
  }
  return words;
}

std::string joined(const std::vector<std::string>& words, std::string_view conjunction) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", conjunction) : ", ";
    text += words[i];
  }
  return text;
}

void add_facts(std::vector<Demand>& demands, Demand::Kind kind, const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) {
    if (!fact.verdict && (!fact.call || !fact.outcome)) continue;
    Demand demand;
    demand.kind = kind;
    demand.span = fact.span;
    if (fact.call) {
      demand.label = to_string(*fact.call);
      demand.label_span = fact.call->span;
    }
    demand.wanted = fact.verdict ? bit_of(*fact.verdict) : bit_of(*fact.outcome);
    const auto same = std::find_if(demands.begin(), demands.end(), [&](const Demand& other) {
      return kind == Demand::Kind::always && other.kind == kind && other.label == demand.label;
    });
    if (same == demands.end()) {
      demands.push_back(std::move(demand));
    } else {
      same->wanted |= demand.wanted;
    }
  }
}

std::string why_undecided(const Exploration& exploration) {
  switch (exploration.end) {
    case Exploration::End::max_states:
      return fmt::format("{} states were not enough (--max-states)", exploration.states);
    case Exploration::End::max_memory: return "the memory was not enough (--max-memory)";
    case Exploration::End::time_limit: return "the time was not enough (--time-limit)";
    case Exploration::End::stopped: return "it was interrupted";
    case Exploration::End::complete: break;
  }
  return "";
}

class Checker {
 public:
  Checker(const Program& program, const Exploration& exploration, const ExploreOptions& options)
      : program_(program), exploration_(exploration), options_(options) {
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      if (exploration.verdicts[i]) verdicts_ |= bit_of(static_cast<Verdict>(i));
    }
  }

  tl::expected<std::vector<ExpectationResult>, Diagnostics> check(const std::vector<Demand>& demands) {
    for (const Demand& demand : demands) check(demand);
    if (problems_.has_errors()) return tl::unexpected(std::move(problems_));
    return std::move(results_);
  }

 private:
  void check(const Demand& demand) {
    Bits seen = verdicts_;
    if (demand.is_about_calls()) {
      const auto found = exploration_.outcomes.find(demand.label);
      if (found == exploration_.outcomes.end() && exploration_.is_complete()) return note_unknown(demand);
      seen = found == exploration_.outcomes.end() ? Bits{0} : found->second;
    }
    ExpectationResult result;
    result.text = to_text(demand);
    result.span = demand.span;
    result.is_of_all_orders = true;
    const Bits wrong = demand.kind == Demand::Kind::always ? static_cast<Bits>(seen & ~demand.wanted)
                                                           : static_cast<Bits>(seen & demand.wanted);
    if (demand.kind == Demand::Kind::possible) {
      result.passed = (seen & demand.wanted) != 0;
      result.is_undecided = !result.passed && !exploration_.is_complete();
      if (!result.passed && !result.is_undecided) result.got = what_is_possible(seen, demand);
    } else {
      result.passed = wrong == 0 && exploration_.is_complete();
      result.is_undecided = wrong == 0 && !result.passed;
      if (wrong != 0) show(result, demand, wrong);
    }
    if (result.is_undecided) result.got = fmt::format("no answer: {}", why_undecided(exploration_));
    results_.push_back(std::move(result));
  }

  // Where only deadlock was asked for, the other verdicts were not looked for.
  std::string what_is_possible(Bits seen, const Demand& demand) const {
    if (seen == 0 || exploration_.goal == Goal::deadlock) return "no order that comes to it";
    return "only " + joined(words_of(seen, demand), "and");
  }

  // What came instead, and a way there.
  void show(ExpectationResult& result, const Demand& demand, Bits wrong) {
    const std::string words = joined(words_of(wrong, demand), "and");
    result.got = words + (demand.kind == Demand::Kind::never ? " in some order" : " in some order as well");
    if (!options_.wants_schedules) return;
    if (!demand.is_about_calls()) {
      const auto witness = std::find_if(
          exploration_.witnesses.begin(), exploration_.witnesses.end(),
          [&](const Witness& entry) { return (wrong & bit_of(entry.verdict)) != 0; });  // the worst comes first
      if (witness == exploration_.witnesses.end()) return;
      result.schedule = witness->schedule;
      result.leads_to = std::string(to_word(witness->verdict));
      return;
    }
    // One word, so that it is told where the schedule leads: the worst.
    Bits worst = 1;
    while ((wrong & worst) == 0) worst = static_cast<Bits>(worst << 1U);
    auto way = find_outcome(program_, demand.label, worst, options_);
    if (!way) {
      problems_.add(std::move(way.error()));
      return;
    }
    result.schedule = std::move(*way);
    result.leads_to = fmt::format("{}: {}", demand.label, words_of(worst, demand).front());
  }

  void note_unknown(const Demand& demand) {
    Diagnostic problem;
    problem.code = "unknown-label";
    problem.file = program_.file;
    problem.span = demand.label_span;
    problem.message = fmt::format("no call is labelled {} in any order", in_quotes(demand.label));
    std::vector<std::string> labels;
    for (const auto& [label, outcomes] : exploration_.outcomes) labels.push_back(label);
    problem.help = suggestion(demand.label, labels);
    problems_.add(std::move(problem));
  }

  const Program& program_;
  const Exploration& exploration_;
  const ExploreOptions& options_;
  Bits verdicts_ = 0;
  std::vector<ExpectationResult> results_;
  Diagnostics problems_;
};

}  // namespace

std::vector<Demand> demands_of(const Expectations& expectations) {
  std::vector<Demand> demands;
  add_facts(demands, Demand::Kind::never, expectations.never);
  add_facts(demands, Demand::Kind::possible, expectations.possible);
  add_facts(demands, Demand::Kind::always, expectations.always);
  std::stable_sort(demands.begin(), demands.end(), [](const Demand& left, const Demand& right) {
    return left.span.line != right.span.line ? left.span.line < right.span.line : left.span.column < right.span.column;
  });
  return demands;
}

std::string to_text(const Demand& demand) {
  const std::string words = joined(words_of(demand.wanted, demand), "or");
  return demand.is_about_calls() ? fmt::format("{}: {} {}", word_of(demand.kind), demand.label, words)
                                 : fmt::format("{}: {}", word_of(demand.kind), words);
}

bool speaks_of_all_orders(const Expectations& expectations) {
  return !expectations.never.empty() || !expectations.possible.empty() || !expectations.always.empty();
}

Goal goal_for(const Expectations& expectations) {
  constexpr Bits kStuck = bit_of(Verdict::deadlock) | bit_of(Verdict::stranded);
  Goal goal = Goal::deadlock;
  for (const Demand& demand : demands_of(expectations)) {
    if (demand.is_about_calls()) return Goal::outcomes;
    if (demand.kind == Demand::Kind::always || (demand.wanted & ~kStuck) != 0) goal = Goal::verdicts;
  }
  return goal;
}

tl::expected<std::vector<ExpectationResult>, Diagnostics> check_all_orders(const Expectations& expectations,
                                                                           const Program& program,
                                                                           const Exploration& exploration,
                                                                           const ExploreOptions& options) {
  return Checker(program, exploration, options).check(demands_of(expectations));
}

}  // namespace actorsim
