// Values are told apart by their text.
#include "actorsim/report/html/json_graph.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "actorsim/report/json/json_state_graph.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Different values, in the order in which they come.
class Values {
 public:
  std::size_t place(const Json& value) {
    const auto [found, is_new] = places_.try_emplace(dump(value), all_.size());
    if (is_new) all_.push_back(value);
    return found->second;
  }
  Json take() { return std::move(all_); }

 private:
  std::map<std::string, std::size_t> places_;
  Json all_ = Json::array();
};

Json places_of(const Json& list, Values& values) {
  Json places = Json::array();
  for (const Json& value : list) places.push_back(values.place(value));
  return places;
}

}  // namespace

bool leaves_a_choice(const StateGraph& graph) {
  return std::any_of(graph.states.begin(), graph.states.end(),
                     [](const StateGraph::State& state) { return state.view.steps.size() > 1; });
}

std::string graph_json(const StateGraph& graph) {
  Json result = Json::parse(state_graph_json(graph));
  Values blocked, locks, prospects;
  for (Json& state : result["states"]) {
    state["blocked"] = places_of(state["blocked"], blocked);
    state["locks"] = places_of(state["locks"], locks);
    state["prospects"] = prospects.place(state["prospects"]);
  }
  result["blocked"] = blocked.take();
  result["locks"] = locks.take();
  result["prospects"] = prospects.take();
  return dump(result);
}

}  // namespace actorsim
