// The calls that are there at one moment, told from when each arrived, got in and ended.
#include "actorsim/report/graph/wait_picture.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

namespace actorsim {
namespace {

constexpr std::size_t kMostCalls = 40;
constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

class WaitPicture {
 public:
  WaitPicture(const Run& run, const GraphTitle& title, const std::string& which_run) : run_(run) {
    picture_.title = title.name;
    picture_.caption = fmt::format("wait-for graph of {}, {}, {}", title.file, title.settings, which_run);
    moment_ = run.deadlocks.empty() ? fullest_moment() : moment_of_deadlock();
  }

  Picture make() {
    choose_calls();
    for (const std::uint32_t serial : shown_) add_call(*run_.find(serial));
    for (const std::uint32_t serial : shown_) add_waits(*run_.find(serial));
    for (const DeadlockCycle& cycle : run_.deadlocks) mark(cycle);
    if (!run_.deadlocks.empty()) picture_.ring = ring_of(run_.deadlocks.front());
    add_notes();
    return std::move(picture_);
  }

 private:
  // ---- the moment ----

  static bool is_before(std::uint64_t event, std::uint64_t moment) { return event > 0 && event <= moment; }
  bool is_there(const CallRecord& call) const {
    return is_before(call.made_event, moment_) && !is_before(call.ended_event, moment_);
  }
  bool is_inside(const CallRecord& call) const { return is_there(call) && is_before(call.entered_event, moment_); }
  bool waits(const CallRecord& call) const {
    return is_there(call) && !is_before(call.entered_event, moment_) && call.had_to_wait;
  }

  // Before the first call of the circle ends; those that came later and wait behind it are there, too.
  std::uint64_t moment_of_deadlock() const {
    std::uint64_t first_end = kNever;
    for (const DeadlockCycle::Hop& hop : run_.deadlocks.front().hops) {
      const CallRecord* call = run_.find(hop.call);
      if (call != nullptr && call->ended_event > 0) first_end = std::min(first_end, call->ended_event - 1);
    }
    return first_end;
  }

  std::uint64_t fullest_moment() const {
    std::map<std::uint64_t, int> changes;  // of how many wait, by event
    for (const CallRecord& call : run_.calls) {
      if (!call.had_to_wait) continue;
      ++changes[call.made_event];
      const std::uint64_t until = call.entered_event > 0 ? call.entered_event : call.ended_event;
      if (until > 0) --changes[until];
    }
    int waiting = 0, most = 0;
    std::uint64_t moment = 0;
    for (const auto& [event, change] : changes) {
      waiting += change;
      if (waiting > most) moment = event;
      most = std::max(most, waiting);
    }
    return moment;
  }

  // ---- calls ----

  // Those of the circles first, then who waits, then whom they wait for.
  void choose_calls() {
    for (const DeadlockCycle& cycle : run_.deadlocks) {
      for (const DeadlockCycle::Hop& hop : cycle.hops) choose(run_.find(hop.call));
    }
    for (const CallRecord& call : run_.calls) {
      if (waits(call)) choose_with_callers(&call);
    }
    for (const CallRecord& call : run_.calls) {
      const bool is_in_the_way = is_inside(call) && waited_for_.count(call.actor) > 0;
      if (is_in_the_way) choose_with_callers(&call);
    }
  }

  void choose(const CallRecord* call) {
    if (call == nullptr || !is_there(*call) || shown_.count(call->serial) > 0) return;
    if (shown_.size() == kMostCalls) {
      left_out_.insert(call->serial);
      return;
    }
    shown_.insert(call->serial);
    if (waits(*call)) waited_for_.insert(call->actor);
  }

  void choose_with_callers(const CallRecord* call) {
    for (; call != nullptr; call = call->caller && !call->one_way ? run_.find(*call->caller) : nullptr) choose(call);
  }

  void add_call(const CallRecord& call) {
    Picture::Card card;
    card.kind = Picture::CardKind::call;
    card.title = fmt::format("call {}", std::uint64_t{call.serial} + 1);
    card.note = is_inside(call) ? "inside" : "waits";
    if (call.reentrancy && !call.id.empty()) card.note += ", id " + call.id;
    card.rows.push_back({call.actor + "." + call.method, call.label});
    call_cards_[call.serial] = picture_.cards.size();
    picture_.cards.push_back(std::move(card));
  }

  // ---- waits ----

  void add_waits(const CallRecord& call) {
    const std::size_t card = call_cards_.at(call.serial);
    if (waits(call)) {
      add_arrow(card, lock_of(call.actor), "waits for",
                fmt::format("call {} waits for the lock of {}", std::uint64_t{call.serial} + 1, call.actor));
    }
    const CallRecord* caller = call.caller && !call.one_way ? run_.find(*call.caller) : nullptr;
    if (caller != nullptr && is_there(*caller) && call_cards_.count(caller->serial) > 0) {
      add_arrow(call_cards_.at(caller->serial), card, "awaits reply",
                fmt::format("call {} waits for the answer of call {}", std::uint64_t{caller->serial} + 1,
                            std::uint64_t{call.serial} + 1));
    }
  }

  // A lock is drawn where somebody waits for it, with arrows to who is inside.
  std::size_t lock_of(const std::string& actor) {
    const auto [found, is_new] = lock_cards_.try_emplace(actor, picture_.cards.size());
    if (!is_new) return found->second;
    Picture::Card card;
    card.kind = Picture::CardKind::lock;
    card.title = "lock " + actor;
    picture_.cards.push_back(std::move(card));
    bool is_held = false;
    for (const std::uint32_t serial : shown_) {
      const CallRecord& call = *run_.find(serial);
      if (call.actor != actor || !is_inside(call)) continue;
      is_held = true;
      add_arrow(found->second, call_cards_.at(serial), "held by",
                fmt::format("the lock of {} is held by call {}", actor, std::uint64_t{serial} + 1));
    }
    if (!is_held) picture_.cards[found->second].note = "nobody inside";
    return found->second;
  }

  void add_arrow(std::size_t from, std::size_t to, std::string label, std::string tip) {
    Picture::Arrow arrow;
    arrow.from.card = from;
    arrow.to.card = to;
    arrow.label = std::move(label);
    arrow.tip = std::move(tip);
    picture_.arrows.push_back(std::move(arrow));
  }

  // ---- the circle ----

  // Its cards, in order: a call, the lock that it waits for, the call inside, and so on.
  std::vector<std::size_t> ring_of(const DeadlockCycle& cycle) const {
    std::vector<std::size_t> ring;
    for (const DeadlockCycle::Hop& hop : cycle.hops) {
      const auto card = call_cards_.find(hop.call);
      if (card == call_cards_.end()) return {};
      ring.push_back(card->second);
      const auto lock = lock_cards_.find(run_.find(hop.call)->actor);
      if (hop.waits_for_lock && lock != lock_cards_.end()) ring.push_back(lock->second);
    }
    return ring;
  }

  void mark(const DeadlockCycle& cycle) {
    const std::vector<std::size_t> ring = ring_of(cycle);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      picture_.cards[ring[i]].is_marked = true;
      for (Picture::Arrow& arrow : picture_.arrows) {
        if (arrow.from.card == ring[i] && arrow.to.card == ring[(i + 1) % ring.size()]) arrow.is_marked = true;
      }
    }
  }

  void add_notes() {
    Picture::Arrow marked;
    marked.is_marked = true;
    if (run_.deadlocks.size() > 1) {
      picture_.notes.push_back(
          {fmt::format("Red and thick: {} circles in which each waits for the next.", run_.deadlocks.size()), marked});
    } else if (!run_.deadlocks.empty()) {
      picture_.notes.push_back({"Red and thick: the deadlock, a circle in which each waits for the next.", marked});
    } else if (picture_.cards.empty()) {
      picture_.notes.push_back({"Nobody ever waits for a lock.", {}});
    } else {
      picture_.notes.push_back({"No deadlock. This is the moment when the most calls wait.", {}});
    }
    if (!left_out_.empty())
      picture_.notes.push_back({fmt::format("{} more calls are left out.", left_out_.size()), {}});
  }

  const Run& run_;
  Picture picture_;
  std::uint64_t moment_ = 0;
  std::set<std::uint32_t> shown_, left_out_;
  std::set<std::string> waited_for_;  // actors
  std::map<std::uint32_t, std::size_t> call_cards_;
  std::map<std::string, std::size_t> lock_cards_;
};

}  // namespace

Picture wait_picture(const Run& run, const GraphTitle& title, const std::string& which_run) {
  return WaitPicture(run, title, which_run).make();
}

}  // namespace actorsim
