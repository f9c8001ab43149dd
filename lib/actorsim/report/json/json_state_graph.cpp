// The keys stand in the header.
#include "actorsim/report/json/json_state_graph.h"

#include <map>

#include <nlohmann/json.hpp>

#include "actorsim/report/pretty/situation_text.h"
#include "actorsim/report/pretty/step_text.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json number_or_null(std::uint32_t call) { return call == kNone ? Json(nullptr) : Json(call); }

Json numbers(const std::vector<std::uint32_t>& calls) {
  Json result = Json::array();
  for (const std::uint32_t call : calls) result.push_back(number_or_null(call));
  return result;
}

std::string_view word_of(Mover::Kind kind) {
  switch (kind) {
    case Mover::Kind::trigger: return "trigger";
    case Mover::Kind::activity: return "activity";
    case Mover::Kind::retry: return "retry";
    case Mover::Kind::timeout: return "timeout";
    case Mover::Kind::idle: return "idle";
    case Mover::Kind::drain: return "drain";
    case Mover::Kind::look_again: return "look-again";
    case Mover::Kind::grant: return "grant";
  }
  return "";
}

std::string_view word_of(StepEvent::What what) {
  switch (what) {
    case StepEvent::What::entered: return "entered";
    case StepEvent::What::re_entered: return "re-entered";
    case StepEvent::What::waits: return "waits";
    case StepEvent::What::held: return "held";
    case StepEvent::What::admitted: return "admitted";
    case StepEvent::What::answered: return "answered";
    case StepEvent::What::ended_badly: return "ended-badly";
    case StepEvent::What::will_retry: return "will-retry";
    case StepEvent::What::deactivated: return "deactivated";
    case StepEvent::What::overlapped: return "overlapped";
  }
  return "";
}

Json to_json(const CallName& call) {
  return {{"label", call.label},
          {"target", call.actor + "." + call.method},
          {"chain", call.chain.trigger == kNone ? Json(nullptr) : Json(schedule_text({call.chain}))},
          {"caller", text_or_null(call.caller)},
          {"starter", to_word(call.starter)},
          {"one_way", call.one_way}};
}

Json to_json(const StepEvent& event) {
  Json others = Json::array();
  for (const CallName& other : event.others) others.push_back(number_or_null(other.serial));
  const bool ends = event.what == StepEvent::What::ended_badly || event.what == StepEvent::What::will_retry;
  const bool is_of_a_call = event.what != StepEvent::What::deactivated;
  return {{"what", word_of(event.what)}, {"call", is_of_a_call ? number_or_null(event.call.serial) : Json(nullptr)},
          {"actor", event.call.actor},   {"depth", event.depth},
          {"others", std::move(others)}, {"outcome", ends ? Json(to_word(event.outcome)) : Json(nullptr)}};
}

class GraphWriter {
 public:
  explicit GraphWriter(const StateGraph& graph) : graph_(graph) {}

  Json write() {
    Json calls = Json::array(), states = Json::array();
    for (const CallName& call : graph_.calls) calls.push_back(to_json(call));
    for (Index state = 0; state < graph_.states.size(); ++state) states.push_back(state_json(state));
    return {{"calls", std::move(calls)}, {"acts", std::move(acts_)}, {"states", std::move(states)}};
  }

 private:
  Json state_json(Index index) {
    const StateGraph::State& state = graph_.states[index];
    const SituationView& view = state.view;
    const SituationText text(view, CallNaming::by_chain, plain_);
    Json result{
        {"level", state.level}, {"verdict", to_word(view.verdict)}, {"stuck", view.is_stuck}, {"end", view.is_end}};
    Json& steps = result["steps"] = Json::array();
    for (std::size_t i = 0; i < view.steps.size(); ++i) {
      const StepRecord& step = view.steps[i];
      steps.push_back({{"choice", schedule_text({step.choice})}, {"act", act_of(step)}, {"to", state.after[i]}});
    }
    Json& blocked = result["blocked"] = Json::array();
    for (const BlockedCall& call : view.blocked) blocked.push_back(blocked_json(call, text));
    Json& locks = result["locks"] = Json::array();
    for (const LockView& lock : view.locks) locks.push_back(lock_json(lock, text));
    result["prospects"] = prospects_json(index);
    return result;
  }

  std::size_t act_of(const StepRecord& step) {
    Json events = Json::array();
    for (const StepEvent& event : step.events) events.push_back(to_json(event));
    Json act{{"text", step_text(step, nullptr, plain_)},
             {"kind", word_of(step.kind)},
             {"subject", text_or_null(step.subject)},
             {"events", std::move(events)}};
    const auto [found, is_new] = act_numbers_.try_emplace(dump(act), acts_.size());
    if (is_new) acts_.push_back(std::move(act));
    return found->second;
  }

  static Json blocked_json(const BlockedCall& blocked, const SituationText& text) {
    return {{"call", blocked.call},
            {"by", to_word(blocked.by)},
            {"outlook", to_word(blocked.outlook)},
            {"actor", blocked.actor},
            {"others", numbers(blocked.others)},
            {"ahead", numbers(blocked.ahead)},
            {"id", text_or_null(blocked.id)},
            {"held_by", text_or_null(blocked.held_by)},
            {"own_chain", blocked.behind_own_chain},
            {"text", text.why_blocked(blocked)}};
  }

  static Json lock_json(const LockView& lock, const SituationText& text) {
    Json seats = Json::array();
    for (const LockSeat& seat : lock.seats) {
      seats.push_back({{"id", text_or_null(seat.id)},
                       {"depth", seat.depth},
                       {"evicted", seat.is_evicted},
                       {"inside", numbers(seat.inside)},
                       {"waiting", numbers(seat.waiting)}});
    }
    return {{"actor", lock.actor},    {"reentrancy", lock.reentrancy}, {"max_depth", lock.max_depth},
            {"free", lock.is_free},   {"closed", lock.is_closed},      {"seats", std::move(seats)},
            {"text", text.lock(lock)}};
  }

  Json prospects_json(Index state) const {
    Json result = Json::object();
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      const StateGraph::Prospect& prospect = graph_.states[state].prospect(verdict);
      if (!prospect.steps_to_end) continue;
      const std::optional<std::size_t> step = step_towards(graph_, state, verdict);
      result[std::string(to_word(verdict))] = {
          {"steps", prospect.steps ? Json(*prospect.steps) : Json(nullptr)},
          {"steps_to_end", *prospect.steps_to_end},
          {"orders", prospect.orders == StateGraph::kCountless ? Json(nullptr) : Json(prospect.orders)},
          {"step", step ? Json(*step) : Json(nullptr)}};
    }
    return result;
  }

 public:
  static std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

 private:
  const StateGraph& graph_;
  const Style plain_{false, false};
  Json acts_ = Json::array();
  std::map<std::string, std::size_t> act_numbers_;
};

}  // namespace

std::string state_graph_json(const StateGraph& graph) { return GraphWriter::dump(GraphWriter(graph).write()); }

}  // namespace actorsim
