// From the map of calls to cards and arrows.
#include "actorsim/report/graph/call_picture.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostActors = 40;
constexpr std::size_t kMostStarts = 12;

class CallPicture {
 public:
  CallPicture(const Program& program, const GraphTitle& title)
      : program_(program), map_(map_calls(program, kMostActors)) {
    picture_.title = title.name;
    picture_.caption = fmt::format("call graph of {}, {}", title.file, title.settings);
  }

  Picture make() {
    add_starts();
    for (const CallMap::Actor& actor : map_.actors) add_actor(actor);
    for (const CallMap::Handler& handler : map_.handlers) add_handler(handler);
    for (const CallMap::Call& call : map_.calls) add_call(call);
    add_notes();
    return std::move(picture_);
  }

 private:
  // ---- who starts chains ----

  std::string_view word_of(Index trigger) const {
    if (trigger == kNone) return "deactivation";
    switch (program_.triggers[trigger].kind) {
      case Trigger::Kind::reminder: return "reminder";
      case Trigger::Kind::timer: return "timer";
      case Trigger::Kind::call:
      case Trigger::Kind::deactivate:
      case Trigger::Kind::rebalance: break;
    }
    return "client";
  }

  std::string text_of(Index index) const {
    if (index == kNone) return std::string(word_of(index));
    const StartTrigger& trigger = program_.triggers[index];
    std::string text = fmt::format("t{} {}", std::uint64_t{index} + 1, word_of(index));
    if (trigger.count == kNone) text += ", again and again";
    if (trigger.count != kNone && trigger.count != 1) text += fmt::format(" ×{}", trigger.count);
    if (trigger.at > 0) text += " at " + format_duration(trigger.at);
    return text;
  }

  // One row for each, as long as they are few; then one for each kind.
  void add_starts() {
    std::vector<Index> starts;
    for (const CallMap::Call& call : map_.calls) {
      if (call.from == kNone && std::find(starts.begin(), starts.end(), call.trigger) == starts.end())
        starts.push_back(call.trigger);
    }
    if (starts.empty()) return;
    Picture::Card card;
    card.kind = Picture::CardKind::outside;
    card.title = "outside";
    const bool are_few = starts.size() <= kMostStarts;
    std::map<std::string, std::size_t> rows;
    for (const Index start : starts) {
      const std::string text = are_few ? text_of(start) : std::string(word_of(start)) + "s";
      const auto [found, is_new] = rows.try_emplace(text, card.rows.size());
      if (is_new) card.rows.push_back({text, {}});
      start_rows_[start] = found->second;
    }
    picture_.cards.push_back(std::move(card));
  }

  // ---- actors and handlers ----

  std::string name_of(const CallMap::Actor& actor) const {
    const std::string& type = program_.types[actor.type].name;
    return actor.id.empty() && actor.is_several ? type : type + "/" + actor.id;
  }

  void add_actor(const CallMap::Actor& actor) {
    const HostedType& settings = program_.types[actor.type].settings;
    Picture::Card card;
    card.title = name_of(actor);
    card.note = settings.lock.enabled ? "reentrancy on" : "reentrancy off";
    card.note_is_on = settings.lock.enabled;
    if (!settings.hosted) card.note = "not hosted";
    actor_cards_.push_back(picture_.cards.size());
    picture_.cards.push_back(std::move(card));
  }

  void add_handler(const CallMap::Handler& handler) {
    Picture::Card& card = picture_.cards[actor_cards_[handler.actor]];
    handler_rows_.push_back(card.rows.size());
    card.rows.push_back({handler.method, {}});
  }

  Picture::End end_of(Index handler) const {
    return {actor_cards_[map_.handlers[handler].actor], handler_rows_[handler]};
  }

  std::string text_of_handler(Index handler) const {
    return name_of(map_.actors[map_.handlers[handler].actor]) + "." + map_.handlers[handler].method;
  }

  // ---- calls ----

  void add_call(const CallMap::Call& call) {
    Picture::Arrow arrow;
    arrow.from = call.from == kNone ? Picture::End{0, start_rows_.at(call.trigger)} : end_of(call.from);
    arrow.to = end_of(call.to);
    arrow.kind = call.one_way ? Picture::ArrowKind::dashed : Picture::ArrowKind::solid;
    arrow.is_marked = call.is_on_circle;
    const bool loses_id = call.from != kNone && !call.hands_id_on && some_type_re_enters();
    if (loses_id) arrow.label = "without id";
    if (call.places > 1) arrow.label += fmt::format("{}×{}", arrow.label.empty() ? "" : ", ", call.places);
    arrow.tip = tip_of(call);
    has_sends_ = has_sends_ || call.one_way;
    has_circles_ = has_circles_ || call.is_on_circle;
    loses_ids_ = loses_ids_ || loses_id;
    const auto is_same = [&](const Picture::Arrow& other) {
      return other.from == arrow.from && other.to == arrow.to && other.kind == arrow.kind && other.label == arrow.label;
    };
    if (std::none_of(picture_.arrows.begin(), picture_.arrows.end(), is_same)) picture_.arrows.push_back(arrow);
  }

  bool some_type_re_enters() const {
    return std::any_of(program_.types.begin(), program_.types.end(),
                       [](const ProgramType& type) { return type.settings.lock.enabled; });
  }

  std::string tip_of(const CallMap::Call& call) const {
    const std::string from = call.from == kNone ? std::string(word_of(call.trigger)) : text_of_handler(call.from);
    std::string text = fmt::format("{} {} {}", from, call.one_way ? "sends to" : "calls", text_of_handler(call.to));
    if (call.span.line > 0) text += fmt::format(", line {}", call.span.line);
    if (call.is_on_circle) text += "; can be part of a deadlock";
    return text;
  }

  // ---- what the reader must know ----

  void add_notes() {
    Picture::Arrow sample;
    picture_.notes.push_back({"Solid: a call, whose caller waits for the answer.", sample});
    if (has_sends_) {
      sample.kind = Picture::ArrowKind::dashed;
      picture_.notes.push_back({"Dashed: sent; nobody waits for an answer.", sample});
    }
    if (has_circles_) {
      sample.kind = Picture::ArrowKind::solid;
      sample.is_marked = true;
      picture_.notes.push_back({map_.circles_are_precise
                                    ? "Red and thick: can be part of a deadlock, if calls meet at the wrong moment. "
                                      "Whether they ever do, actorsim explore tells."
                                    : "Red and thick: leads round in a circle of actors. Which of these calls can wait "
                                      "for each other is too much to tell here; actorsim explore may know.",
                                sample});
    } else if (!map_.calls.empty()) {
      picture_.notes.push_back({"No calls can come to wait for each other in a circle.", {}});
    }
    if (loses_ids_) picture_.notes.push_back({"Without id: Dapr-Reentrancy-Id is not handed on.", {}});
    if (std::any_of(map_.actors.begin(), map_.actors.end(),
                    [](const CallMap::Actor& actor) { return actor.is_several; }))
      picture_.notes.push_back({"A card whose id is not known stands for any number of actors.", {}});
  }

  const Program& program_;
  const CallMap map_;
  Picture picture_;
  std::map<Index, std::size_t> start_rows_;  // by trigger
  std::vector<std::size_t> actor_cards_;     // by actor
  std::vector<std::size_t> handler_rows_;    // by handler
  bool has_sends_ = false, has_circles_ = false, loses_ids_ = false;
};

}  // namespace

Picture call_picture(const Program& program, const GraphTitle& title) { return CallPicture(program, title).make(); }

}  // namespace actorsim
