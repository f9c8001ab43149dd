// The graph of the whole scenario, or else of what is left of it.
#include "actorsim/explore/guide.h"

#include <algorithm>
#include <utility>

#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

// A second or two at most, on any machine: by what there is, not by a clock.
constexpr std::uint64_t kMostExploredCalls = 64;
constexpr std::uint64_t kMostExploredStates = 100'000;
constexpr std::uint64_t kMostExploredBytes = 256ULL << 20U;

}  // namespace

const StateGraph* Guide::whole() {
  if (!has_looked_) {
    has_looked_ = true;
    if (auto graph = build_state_graph(player_.walker().program(), options_)) whole_ = std::move(*graph);
  }
  return whole_ ? &*whole_ : nullptr;
}

const StateGraph* Guide::rest() {
  if (rest_of_ == player_.schedule()) return rest_ ? &*rest_ : nullptr;
  rest_of_ = player_.schedule();
  rest_.reset();
  if (auto graph = build_state_graph_from(player_.walker(), player_.situation(), options_)) rest_ = std::move(*graph);
  return rest_ ? &*rest_ : nullptr;
}

Index Guide::place(std::size_t steps) const {
  Index state = 0;
  for (std::size_t i = 0; i < steps; ++i) state = whole_->states[state].after[player_.way()[i]];
  return state;
}

const StateGraph::State* Guide::here() {
  if (whole() != nullptr) return &whole_->states[place(player_.way().size())];
  const StateGraph* left = rest();
  return left == nullptr ? nullptr : &left->states[0];
}

std::optional<std::size_t> Guide::step_to(Verdict verdict) {
  if (whole() != nullptr) return step_towards(*whole_, place(player_.way().size()), verdict);
  const StateGraph* left = rest();
  return left == nullptr ? std::nullopt : step_towards(*left, 0, verdict);
}

const Exploration* Guide::explored() {
  if (!has_explored_) {
    has_explored_ = true;
    const Program& program = player_.walker().program();
    if (unrolled_size(program) > kMostExploredCalls) return nullptr;
    ExploreOptions options;
    options.goal = Goal::verdicts;
    options.max_states = kMostExploredStates;
    options.max_memory = kMostExploredBytes;
    if (auto found = explore(program, options)) explored_ = std::move(*found);
  }
  return explored_ ? &*explored_ : nullptr;
}

Guide::FarHint Guide::far_hint() {
  const Exploration* found = explored();
  if (found == nullptr) return {};
  const auto worst = std::find_if(found->witnesses.begin(), found->witnesses.end(),
                                  [](const Witness& witness) { return witness.verdict != Verdict::ok; });
  if (worst == found->witnesses.end()) {
    const bool is_harmless = found->is_complete() && found->can(Verdict::ok);
    return {is_harmless ? FarHint::What::harmless : FarHint::What::nothing, Verdict::ok, 0, 0};
  }
  const Schedule &way = worst->schedule, &so_far = player_.schedule();
  FarHint hint{FarHint::What::elsewhere, worst->verdict, 0, 0};
  if (so_far.size() >= way.size() || !std::equal(so_far.begin(), so_far.end(), way.begin())) return hint;
  const auto number = player_.find(way[so_far.size()]);
  if (number) hint = {FarHint::What::step, worst->verdict, *number, way.size() - so_far.size() - 1};
  return hint;
}

const StateGraph::State* Guide::after(std::size_t steps) {
  return whole() == nullptr ? nullptr : &whole_->states[place(steps)];
}

}  // namespace actorsim
