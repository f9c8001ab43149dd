// Forwards breadth first over whole situations, then backwards from every end.
#include "actorsim/explore/state_graph.h"

#include <map>
#include <tuple>
#include <utility>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/orders.h"

namespace actorsim {
namespace {

// Numbers calls by what they are, not by when they came.
class CallNumbers {
 public:
  explicit CallNumbers(std::vector<CallName>& calls) : calls_(calls) {}

  void rename(CallName& call) {
    if (call.serial == kNone) return;  // the DELETE of an actor
    const Key key{call.chain.trigger, call.chain.number, call.path, call.actor, call.label};
    const auto [found, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(calls_.size()));
    call.serial = found->second;
    if (is_new) calls_.push_back(call);
  }

  void rename(StepRecord& step) {
    for (StepEvent& event : step.events) {
      const bool is_a_call = event.what != StepEvent::What::deactivated;
      if (is_a_call) rename(event.call);
      for (CallName& other : event.others) rename(other);
    }
  }

  void rename(SituationView& view) {
    std::map<std::uint32_t, std::uint32_t> number_of{{kNone, kNone}};
    for (CallName& call : view.calls) {
      const std::uint32_t serial = call.serial;
      rename(call);
      number_of[serial] = call.serial;
    }
    const auto rename_all = [&](std::vector<std::uint32_t>& calls) {
      for (std::uint32_t& call : calls) call = number_of.at(call);
    };
    for (BlockedCall& blocked : view.blocked) {
      blocked.call = number_of.at(blocked.call);
      rename_all(blocked.others);
      rename_all(blocked.ahead);
    }
    for (LockView& lock : view.locks) {
      for (LockSeat& seat : lock.seats) {
        rename_all(seat.inside);
        rename_all(seat.waiting);
      }
    }
    for (StepRecord& step : view.steps) rename(step);
  }

 private:
  using Key = std::tuple<Index, std::uint32_t, Index, std::string, std::string>;
  std::vector<CallName>& calls_;
  std::map<Key, std::uint32_t> numbers_;
};

class Builder {
 public:
  Builder(Walker& walker, const StateGraphOptions& options)
      : walker_(walker), options_(options), canonical_(walker_, History::none), numbers_(graph_.calls) {}

  // False: too large.
  tl::expected<bool, Diagnostic> build(Situation start) {
    note(std::move(start), 0);
    for (std::size_t next = 0; next < situations_.size(); ++next) {
      walker_.list_moves(situations_[next], moves_);
      if (std::optional<Diagnostic> problem = expand(next)) return tl::unexpected(std::move(*problem));
      if (is_too_large()) return false;
      if (std::optional<Diagnostic> problem = view(next)) return tl::unexpected(std::move(*problem));
      bytes_ -= bytes_of(situations_[next]);
      situations_[next] = Situation{World(walker_.program().lock_rules), {}, {}, Verdict::ok};  // not needed any more
    }
    return true;
  }

  StateGraph finish() { return std::move(graph_); }

 private:
  Index note(Situation situation, std::uint32_t level) {
    canonical_.write(situation, words_);
    const WordSet::Added added = known_.add(words_);
    if (added.is_new) {
      bytes_ += bytes_of(situation);
      situations_.push_back(std::move(situation));
      graph_.states.emplace_back();
      graph_.states.back().level = level;
    }
    return added.index;
  }

  bool is_too_large() const { return situations_.size() > options_.most_states || bytes_ > options_.most_bytes; }

  std::optional<Diagnostic> expand(std::size_t state) {
    for (const Move& move : moves_) {
      Situation after = situations_[state];
      outcomes_.clear();
      if (std::optional<Diagnostic> problem = walker_.take(after, move, outcomes_)) return problem;
      const Index index = note(std::move(after), graph_.states[state].level + 1);
      graph_.states[state].after.push_back(index);
      if (is_too_large()) break;
    }
    return std::nullopt;
  }

  std::optional<Diagnostic> view(std::size_t state) {
    SituationView& view = graph_.states[state].view;
    if (options_.views == StateGraphOptions::Views::all) {
      auto all = view_situation(walker_, situations_[state], ids_);
      if (!all) return std::move(all.error());
      numbers_.rename(*all);
      view = std::move(*all);
    } else {
      view = view_verdict(walker_, situations_[state], moves_);
    }
    if (view.is_end) settle(situations_[state], view);
    return std::nullopt;
  }

  void settle(Situation& situation, SituationView& view) {
    outcomes_.clear();
    walker_.settle(situation, outcomes_);
    view.verdict = situation.verdict;
  }

  Walker& walker_;
  const StateGraphOptions& options_;
  CanonicalForm canonical_;
  StateGraph graph_;
  CallNumbers numbers_;
  IdNames ids_;
  WordSet known_;
  std::vector<Situation> situations_;  // by state
  std::uint64_t bytes_ = 0;            // of those that are kept
  std::vector<Move> moves_;
  std::vector<CallOutcome> outcomes_;
  Words words_;
};

// Everything that is known of a state only from where it leads.
class Prospects {
 public:
  explicit Prospects(StateGraph& graph) : graph_(graph), before_(graph.states.size()), left_(graph.states.size()) {
    for (Index state = 0; state < graph_.states.size(); ++state) {
      for (const Index after : graph_.states[state].after) before_[after].push_back(state);
      left_[state] = graph_.states[state].after.size();
    }
  }

  void find() {
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      const auto ends_so = [&](const StateGraph::State& state) {
        return state.view.is_end && state.view.verdict == verdict;
      };
      const auto is_certain = [&](const StateGraph::State& state) {
        return verdict == Verdict::ok ? ends_so(state) : state.view.verdict == verdict;
      };
      measure(i, &StateGraph::Prospect::steps_to_end, ends_so);
      measure(i, &StateGraph::Prospect::steps, is_certain);
    }
    count_orders();
  }

 private:
  template <typename IsGoal>
  void measure(std::size_t verdict, std::optional<std::uint32_t> StateGraph::Prospect::*distance, IsGoal is_goal) {
    const auto distance_of = [&](Index state) -> std::optional<std::uint32_t>& {
      return graph_.states[state].prospects[verdict].*distance;
    };
    std::vector<Index> reached;
    for (Index state = 0; state < graph_.states.size(); ++state) {
      if (!is_goal(graph_.states[state])) continue;
      distance_of(state) = 0;
      reached.push_back(state);
    }
    for (std::size_t next = 0; next < reached.size(); ++next) {
      for (const Index before : before_[reached[next]]) {
        if (distance_of(before)) continue;
        distance_of(before) = *distance_of(reached[next]) + 1;
        reached.push_back(before);
      }
    }
  }

  // A state is counted once all that it leads to are. What goes round in circles never is: its orders are countless.
  void count_orders() {
    std::vector<Index> counted;
    for (Index state = 0; state < graph_.states.size(); ++state) {
      StateGraph::State& of = graph_.states[state];
      if (!of.view.is_end) continue;
      of.prospects[static_cast<std::size_t>(of.view.verdict)].orders = 1;
      counted.push_back(state);
    }
    for (std::size_t next = 0; next < counted.size(); ++next) {
      for (const Index before : before_[counted[next]]) {
        add(graph_.states[before], graph_.states[counted[next]]);
        if (--left_[before] == 0) counted.push_back(before);
      }
    }
    for (Index state = 0; state < graph_.states.size(); ++state) {
      if (left_[state] == 0) continue;
      for (StateGraph::Prospect& prospect : graph_.states[state].prospects) {
        if (prospect.steps_to_end) prospect.orders = StateGraph::kCountless;
      }
    }
  }

  static void add(StateGraph::State& to, const StateGraph::State& from) {
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      std::uint64_t& orders = to.prospects[i].orders;
      const std::uint64_t more = from.prospects[i].orders;
      orders = more > StateGraph::kCountless - orders ? StateGraph::kCountless : orders + more;
    }
  }

  StateGraph& graph_;
  std::vector<std::vector<Index>> before_;  // by state, once for each step that leads from there
  std::vector<std::size_t> left_;           // steps that lead to states that are not counted yet
};

}  // namespace

tl::expected<std::optional<StateGraph>, Diagnostic> build_state_graph(const Program& program,
                                                                      const StateGraphOptions& options) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  return build_state_graph_from(walker, walker.initial(), options);
}

tl::expected<std::optional<StateGraph>, Diagnostic> build_state_graph_from(Walker& walker, const Situation& start,
                                                                           const StateGraphOptions& options) {
  Builder builder(walker, options);
  const auto is_whole = builder.build(start);
  if (!is_whole) return tl::unexpected(is_whole.error());
  if (!*is_whole) return std::optional<StateGraph>();
  StateGraph graph = builder.finish();
  Prospects(graph).find();
  return graph;
}

std::optional<std::size_t> step_towards(const StateGraph& graph, Index state, Verdict verdict) {
  const StateGraph::State& from = graph.states[state];
  const std::optional<std::uint32_t> steps = from.prospect(verdict).steps;
  if (!steps || *steps == 0) return std::nullopt;
  for (std::size_t i = 0; i < from.after.size(); ++i) {
    if (graph.states[from.after[i]].prospect(verdict).steps == *steps - 1) return i;
  }
  return std::nullopt;
}

}  // namespace actorsim
