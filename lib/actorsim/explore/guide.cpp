// The graph of the whole scenario, or else of what is left of it.
#include "actorsim/explore/guide.h"

#include <utility>

namespace actorsim {

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

const StateGraph::State* Guide::beginning() { return after(0); }

const StateGraph::State* Guide::after(std::size_t steps) {
  return whole() == nullptr ? nullptr : &whole_->states[place(steps)];
}

}  // namespace actorsim
