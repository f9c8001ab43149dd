// First every way through the program, as a stack of calls that wait for each other: each call asks for a lock while
// the actors above it are held. Then circles of such requests by chains that can hold their locks at the same time.
#include "actorsim/model/call_circles.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace actorsim {
namespace {

constexpr std::size_t kMostCallsRead = 20'000;
constexpr std::size_t kMostHeld = 500'000;      // actors held, over all requests
constexpr std::size_t kMostSteps = 20'000'000;  // of the search for circles: whatever is looked at or marked
constexpr std::size_t kLongestCircle = 1'000;   // of requests

// A chain asks for a lock while it holds others. Those that hold and ask for the same are one.
struct Request {
  std::vector<Index> held;  // actors, the outermost first
  std::set<Index> surely;   // those of them that nobody else can hold meanwhile
  Index wanted = kNone;
  std::vector<std::set<Index>> calls;  // `calls[k]`: how it comes from held[k] to what it holds or wants next
};

class CircleFinder {
 public:
  CircleFinder(const Program& program, const CallFlow& flow, CallMap& map) : program_(program), flow_(flow), map_(map) {
    find_unsteady();
  }

  bool mark() {
    for (const CallFlow::Step& start : flow_.starts) read(start, false);
    if (has_room()) {
      list_holders();
      for (std::size_t i = 0; i < requests_.size() && has_room(); ++i) find_circles(i);
    }
    if (has_room()) return true;
    mark_roughly();
    return false;
  }

 private:
  bool has_room() const { return calls_read_ <= kMostCallsRead && held_ <= kMostHeld && steps_ <= kMostSteps; }

  struct Frame {
    Index situation = kNone;
    Index actor = kNone;
    Index call = kNone;        // that has led here
    bool hands_id_on = false;  // its id has come down from the frame above
  };

  // ---- actors ----

  bool may_be_same(Index left, Index right) const {
    const CallMap::Actor& a = map_.actors[left];
    const CallMap::Actor& b = map_.actors[right];
    return left == right || (a.type == b.type && (a.is_several || b.is_several));
  }

  bool is_one(Index actor) const { return !map_.actors[actor].is_several; }

  // Calls that give up, and what ends with them, leave locks before their time, and may leave something behind in their
  // queues: the calls above them go on, and who is inside may not be let in again.
  void find_unsteady() {
    is_unsteady_.resize(flow_.situations.size(), flow_.is_interrupted);
    std::vector<Index> next;
    const auto note = [&](const CallFlow::Step& step, bool with_caller) {
      if (is_unsteady_[step.situation] || (!with_caller && !step.may_give_up)) return;
      is_unsteady_[step.situation] = true;
      next.push_back(step.situation);
    };
    for (const CallFlow::Step& step : flow_.starts) note(step, false);
    for (const CallFlow::Situation& situation : flow_.situations) {
      for (const CallFlow::Step& step : situation.steps) note(step, false);
    }
    while (!next.empty()) {
      const Index at = next.back();
      next.pop_back();
      for (const CallFlow::Step& step : flow_.situations[at].steps) note(step, true);
    }
    std::vector<bool> is_unsteady(map_.actors.size());
    for (std::size_t i = 0; i < flow_.situations.size(); ++i) {
      if (is_unsteady_[i]) is_unsteady[flow_.situations[i].actor] = true;
    }
    may_be_unsteady_.resize(map_.actors.size());
    for (Index other = 0; other < map_.actors.size(); ++other) {
      for (Index actor = 0; actor < map_.actors.size() && is_unsteady[other]; ++actor) {
        if (may_be_same(actor, other)) may_be_unsteady_[actor] = true;
      }
    }
  }

  // ---- ways through the program ----

  void read(const CallFlow::Step& step, bool is_nested) {
    ++calls_read_;
    if (!has_room()) return;
    const CallMap::Call& call = map_.calls[step.call];
    const Index actor = flow_.situations[step.situation].actor;
    std::vector<Frame> above;
    if (call.one_way) above.swap(frames_);  // nobody waits for it
    ask(actor, call.hands_id_on && is_nested && !call.one_way, step.call);
    const bool is_read = std::any_of(frames_.begin(), frames_.end(),
                                     [&](const Frame& frame) { return frame.situation == step.situation; });
    if (!is_read) {
      frames_.push_back({step.situation, actor, step.call, call.hands_id_on && is_nested && !call.one_way});
      for (const CallFlow::Step& next : flow_.situations[step.situation].steps) read(next, true);
      frames_.pop_back();
    }
    if (call.one_way) above.swap(frames_);
  }

  // The chain asks for the actor's lock. It may get in even where it waits for itself: once the actor has gone.
  void ask(Index actor, bool hands_id_on, Index call) {
    const bool lock_knows_ids =
        program_.types[map_.actors[actor].type].settings.lock.enabled && !may_be_unsteady_[actor];
    bool id_comes_down = hands_id_on;  // from the frame to this call
    bool is_joined = true;             // every handler below waits for all that it has begun
    std::size_t waits_for = frames_.size();
    bool re_entered = false;  // for sure
    for (std::size_t k = frames_.size(); k-- > 0 && !re_entered;) {
      is_joined = is_joined && !flow_.situations[frames_[k].situation].leaves_behind;
      const bool is_same = frames_[k].actor == actor && is_one(actor) && is_joined && !replies_early(frames_[k]);
      if (may_be_same(frames_[k].actor, actor)) {
        const bool re_enters = lock_knows_ids && id_comes_down;
        if (!re_enters) waits_for = k;
        re_entered = is_same && re_enters;
      }
      id_comes_down = id_comes_down && frames_[k].hands_id_on;
    }
    if (waits_for < frames_.size()) mark_own(waits_for, call);
    if (!re_entered) add_request(actor, call);
  }

  bool replies_early(const Frame& frame) const { return flow_.situations[frame.situation].replies_early; }

  void mark_own(std::size_t frame, Index call) {
    map_.calls[call].is_on_circle = true;
    for (std::size_t k = frame + 1; k < frames_.size(); ++k) map_.calls[frames_[k].call].is_on_circle = true;
  }

  void add_request(Index wanted, Index call) {
    if (frames_.empty()) return;
    std::vector<Index> held;
    for (const Frame& frame : frames_) held.push_back(frame.actor);
    const auto [found, is_new] = known_.try_emplace({held, wanted}, requests_.size());
    if (is_new) {
      Request request;
      request.held = std::move(held);
      request.wanted = wanted;
      request.calls.resize(frames_.size());
      held_ += frames_.size();
      requests_.push_back(std::move(request));
    }
    Request& request = requests_[found->second];
    for (std::size_t k = 0; k < frames_.size(); ++k)
      request.calls[k].insert(k + 1 < frames_.size() ? frames_[k + 1].call : call);
    std::set<Index> surely = surely_held();
    if (is_new) {
      request.surely = std::move(surely);
      return;
    }
    std::set<Index> both;  // in one of these ways others may hold it
    std::set_intersection(request.surely.begin(), request.surely.end(), surely.begin(), surely.end(),
                          std::inserter(both, both.end()));
    request.surely = std::move(both);
  }

  // Not what a fork below it may hold twice, nor what a handler may have left.
  std::set<Index> surely_held() const {
    std::set<Index> surely;
    bool is_shared = false;  // a handler that leaves something behind forks, too
    for (std::size_t k = frames_.size(); k-- > 0;) {
      const CallFlow::Situation& situation = flow_.situations[frames_[k].situation];
      is_shared = is_shared || situation.forks || (k + 1 < frames_.size() && is_unsteady_[frames_[k + 1].situation]);
      if (!is_shared && !situation.replies_early && is_one(frames_[k].actor)) surely.insert(frames_[k].actor);
    }
    return surely;
  }

  // ---- circles of requests ----

  // Which requests may hold an actor.
  void list_holders() {
    holders_.resize(map_.actors.size());
    for (Index actor = 0; actor < map_.actors.size(); ++actor) {
      for (std::size_t i = 0; i < requests_.size(); ++i) {
        if (place_of(actor, requests_[i]) != kNone) holders_[actor].push_back(i);
      }
    }
  }

  // Where among what it holds; kNone: it cannot.
  Index place_of(Index actor, const Request& request) const {
    const auto found =
        std::find_if(request.held.begin(), request.held.end(), [&](Index held) { return may_be_same(held, actor); });
    return found == request.held.end() ? kNone : static_cast<Index>(found - request.held.begin());
  }

  // Each circle is found from its first request.
  void find_circles(std::size_t first) {
    path_ = {{first, 0}};
    held_together_ = requests_[first].surely;
    search(first);
  }

  void search(std::size_t first) {
    const Index wanted = requests_[path_.back().request].wanted;
    close(first, wanted);
    if (path_.size() == kLongestCircle) steps_ = kMostSteps + 1;
    if (!has_room()) return;
    for (const std::size_t next : holders_[wanted]) {
      if (next < first) continue;
      steps_ += path_.size();
      if (!can_join(next)) continue;
      const Request& request = requests_[next];
      steps_ += 1 + request.surely.size() + request.held.size();
      if (!has_room()) return;
      held_together_.insert(request.surely.begin(), request.surely.end());
      path_.push_back({next, place_of(wanted, request)});
      search(first);
      path_.pop_back();
      for (const Index actor : request.surely) held_together_.erase(actor);
    }
  }

  // Another chain, which holds its locks while the others hold theirs. A chain of actors that are not known may be any
  // number of chains.
  bool can_join(std::size_t next) const {
    const Request& request = requests_[next];
    const auto is_taken = [&](Index actor) { return held_together_.count(actor) > 0; };
    if (std::any_of(request.surely.begin(), request.surely.end(), is_taken)) return false;
    return std::none_of(path_.begin(), path_.end(), [&](const Place& place) { return place.request == next; });
  }

  // The last one wants what the first one holds. One request alone is a circle of two chains, if its actors may be
  // others in each of them.
  void close(std::size_t first, Index wanted) {
    const Request& request = requests_[first];
    const Index place = place_of(wanted, request);
    const bool is_alone = path_.size() == 1;
    if (place == kNone || (is_alone && !request.surely.empty())) return;
    path_.front().from = place;
    for (const Place& each : path_) mark_request(each);
  }

  struct Place {
    std::size_t request = 0;
    std::size_t from = 0;  // of what it holds: what the one before waits for
  };

  void mark_request(const Place& place) {
    const Request& request = requests_[place.request];
    steps_ += 1 + request.calls.size() - place.from;
    for (std::size_t k = place.from; k < request.calls.size(); ++k) {
      for (const Index call : request.calls[k]) map_.calls[call].is_on_circle = true;
    }
  }

  // ---- where there is too much of it ----

  // Calls between actors from which waits can come back, whoever holds what.
  void mark_roughly() {
    const auto waits = [&](const CallMap::Call& call) { return call.from != kNone && !call.one_way; };
    std::vector<std::set<Index>> next(map_.actors.size());
    for (const CallMap::Call& call : map_.calls) {
      if (!waits(call)) continue;
      const std::vector<Index> targets = alike(actor_of(call.to));
      for (const Index from : alike(actor_of(call.from))) next[from].insert(targets.begin(), targets.end());
    }
    std::map<Index, std::vector<bool>> reached;
    for (CallMap::Call& call : map_.calls) {
      if (!waits(call)) continue;
      const Index from = actor_of(call.to);
      const auto [known, is_new] = reached.try_emplace(from);
      if (is_new) known->second = reached_from(from, next);
      if (known->second[actor_of(call.from)]) call.is_on_circle = true;
    }
  }

  std::vector<Index> alike(Index actor) const {
    std::vector<Index> found;
    for (Index other = 0; other < map_.actors.size(); ++other) {
      if (may_be_same(actor, other)) found.push_back(other);
    }
    return found;
  }

  // By one wait or several.
  static std::vector<bool> reached_from(Index actor, const std::vector<std::set<Index>>& next) {
    std::vector<bool> reached(next.size());
    std::vector<Index> open{actor};
    while (!open.empty()) {
      const Index from = open.back();
      open.pop_back();
      for (const Index to : next[from]) {
        if (!reached[to]) open.push_back(to);
        reached[to] = true;
      }
    }
    return reached;
  }

  Index actor_of(Index handler) const { return map_.handlers[handler].actor; }

  const Program& program_;
  const CallFlow& flow_;
  CallMap& map_;
  std::vector<bool> is_unsteady_;      // by situation
  std::vector<bool> may_be_unsteady_;  // by actor
  std::vector<Frame> frames_;
  std::size_t calls_read_ = 0, held_ = 0;
  std::vector<Request> requests_;
  std::map<std::pair<std::vector<Index>, Index>, std::size_t> known_;
  std::vector<std::vector<std::size_t>> holders_;  // by actor
  std::vector<Place> path_;
  std::set<Index> held_together_;
  std::size_t steps_ = 0;
};

}  // namespace

bool mark_circles(const Program& program, const CallFlow& flow, CallMap& map) {
  return CircleFinder(program, flow, map).mark();
}

}  // namespace actorsim
