// A scenario is drawn as a small tree, measured, and written down if it has few enough orders.
#include "support/random_scenarios.h"

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>
#include <set>
#include <tuple>

#include "actorsim/base/random.h"
#include "actorsim/base/release.h"
#include "actorsim/model/release_groups.h"
#include "actorsim/model/runtime_rules.h"

namespace actorsim::testing {
namespace {

// ---- chance --------------------------------------------------------------------------------------------------------

// One draw an expression, or the compiler would choose their order. Thrown by a seed, or by bytes, one a throw: where
// they have ended, what is likely is drawn.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  explicit Dice(std::string_view bytes) : random_(0), bytes_(bytes) {}

  std::uint64_t next() {
    if (!bytes_) return random_.next();
    if (bytes_->empty()) return UINT64_MAX;
    const auto byte = static_cast<unsigned char>(bytes_->front());
    bytes_->remove_prefix(1);
    return byte;
  }

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  std::string pick(std::initializer_list<const char*> words) { return words.begin()[below(words.size())]; }

 private:
  Random random_;
  std::optional<std::string_view> bytes_;
};

// ---- a scenario before it is written down --------------------------------------------------------------------------

constexpr std::size_t kTypes = 3;
constexpr std::size_t kSelf = kTypes, kCaller = kTypes + 1;  // instead of a type
constexpr std::size_t kNobody = kTypes + 2;                  // who calls is a client

struct Actor {
  std::size_t type = 0;
  std::size_t id = 1;
};

std::string type_name(std::size_t type) { return {static_cast<char>('A' + type)}; }
std::string method_name(std::size_t rank) { return "m" + std::to_string(rank); }
std::string name_of(const Actor& actor) { return type_name(actor.type) + "/" + std::to_string(actor.id); }

struct Step;
using Steps = std::vector<Step>;

struct Step {
  enum class Kind { call, send, recurse, repeat, parallel, reply, fail, sleep };
  Kind kind = Kind::sleep;
  std::string text;        // without branches
  std::size_t callee = 0;  // call, send: its type, kSelf or kCaller
  std::size_t times = 1;   // recurse, repeat
  std::size_t attempts = 1;
  bool gives_up = false;        // has a timeout
  bool waits_for_all = true;    // parallel
  std::vector<Steps> branches;  // parallel, repeat (one)
};

// The type that a call of a step goes to, made by a method of `type` that `caller` has called.
std::size_t callee_of(const Step& step, std::size_t type, std::size_t caller) {
  return step.callee == kSelf ? type : step.callee == kCaller ? caller : step.callee;
}

struct Trigger {
  enum class Kind { call, chain, callback, deactivate, rebalance };
  Kind kind = Kind::call;
  std::string text;  // without braces
  Actor actor;
  std::size_t count = 1;
  bool one_by_one = false;  // its calls follow each other
  std::size_t attempts = 1;
  bool gives_up = false;
  std::size_t after = SIZE_MAX;  // trigger
  std::vector<bool> is_sent;     // chain: for each hop, whether nobody waits for it
};

// Every method calls methods of the next rank only, so every scenario ends.
struct Draft {
  std::string settings;
  bool tries_refused_again = false;                // Dapr does, by itself
  std::array<std::vector<Steps>, kTypes> methods;  // by type, by rank
  std::array<std::string, kTypes> sdks;
  std::size_t deactivated_type = kNobody;  // the one that has on-deactivate
  Steps on_deactivate;
  std::vector<Trigger> triggers;
};

// ---- how many orders -----------------------------------------------------------------------------------------------

// Steps, and in how many orders they can happen: not more than that, as locks only forbid orders. Saturates.
struct Size {
  std::uint64_t orders = 1;
  std::size_t steps = 0;
};

constexpr std::uint64_t kMany = 1'000'000'000;
constexpr std::size_t kManySteps = 60;
constexpr Size kOne{1, 1};

std::uint64_t capped_product(std::uint64_t left, std::uint64_t right) { return std::min(kMany, left * right); }

std::uint64_t choose(std::size_t all, std::size_t some) {
  std::uint64_t ways = 1;
  for (std::size_t i = 1; i <= some; ++i) {
    ways = ways * (all - some + i) / i;  // exact: a product of i numbers in a row
    if (ways >= kMany) return kMany;
  }
  return ways;
}

Size in_a_row(const Size& first, const Size& second) {
  return {capped_product(first.orders, second.orders), std::min(kManySteps, first.steps + second.steps)};
}

Size side_by_side(const Size& one, const Size& other) {
  const std::size_t steps = one.steps + other.steps;
  if (steps >= kManySteps) return {kMany, kManySteps};
  const std::uint64_t merges = choose(steps, std::min(one.steps, other.steps));
  return {capped_product(capped_product(one.orders, other.orders), merges), steps};
}

Size either(const Size& one, const Size& other) {
  return {std::min(kMany, one.orders + other.orders), std::max(one.steps, other.steps)};
}

class Estimate {
 public:
  explicit Estimate(const Draft& draft) : draft_(draft) {
    is_disturbed_ = std::any_of(draft.triggers.begin(), draft.triggers.end(), [](const Trigger& trigger) {
      return trigger.kind == Trigger::Kind::deactivate || trigger.kind == Trigger::Kind::rebalance;
    });
  }

  Size whole() const {
    Size all;
    for (std::size_t i = 0; i < draft_.triggers.size(); ++i) {
      if (draft_.triggers[i].after == SIZE_MAX) all = side_by_side(all, trigger(i));
    }
    return all;
  }

 private:
  struct Frame {
    std::size_t type = 0;
    std::size_t rank = 0;
    std::size_t caller = kNobody;
    std::size_t nesting = 1;
  };

  // With all that comes after it.
  Size trigger(std::size_t index) const {
    const Trigger& trigger = draft_.triggers[index];
    Size followers;
    for (std::size_t i = 0; i < draft_.triggers.size(); ++i) {
      if (draft_.triggers[i].after == index) followers = side_by_side(followers, this->trigger(i));
    }
    const Frame frame{trigger.actor.type, 0, kNobody, 1};
    switch (trigger.kind) {
      case Trigger::Kind::chain: return call([&](const Size& rest) { return hop(trigger, 0, rest); }, 1, false, {});
      case Trigger::Kind::deactivate: return in_a_row(kOne, deletion());
      case Trigger::Kind::rebalance: return in_a_row({1, 3}, deletion());  // drained, looked at again
      case Trigger::Kind::call:
      case Trigger::Kind::callback: break;
    }
    const auto one_call = [&](const Size& after) {
      const Size size = call(frame, trigger.attempts, trigger.gives_up, after);
      return trigger.kind == Trigger::Kind::callback ? in_a_row(kOne, size) : size;  // a timer may wait for its turn
    };
    const Size last = one_call(followers);
    if (trigger.count == 1) return last;
    return trigger.one_by_one ? one_call(last) : side_by_side(one_call({}), last);
  }

  // It calls methods of the last rank, as draw_on_deactivate says.
  Size deletion() const {
    const Frame frame{draft_.deactivated_type, draft_.methods[0].size() - 2, kNobody, 1};
    return walk(draft_.on_deactivate, 0, frame, kOne, {});
  }

  // What a chain does from one hop on.
  Size hop(const Trigger& chain, std::size_t number, const Size& after) const {
    const Size end = in_a_row(kOne, after);
    if (number + 1 == chain.is_sent.size()) return end;
    const auto next = [&](const Size& rest) { return hop(chain, number + 1, rest); };
    return chain.is_sent[number + 1] ? side_by_side(call(next, 1, false, {}), end) : call(next, 1, false, end);
  }

  using Body = std::function<Size(const Size& after)>;

  Size call(const Frame& callee, std::size_t attempts, bool gives_up, const Size& after) const {
    return call([&](const Size& rest) { return body(callee, rest); }, attempts, gives_up, after);
  }

  // A call, and what its caller does once it is answered.
  Size call(const Body& body, std::size_t attempts, bool gives_up, const Size& after) const {
    const bool is_tried_again = attempts > 1 || is_disturbed_;
    const Size next = is_tried_again ? in_a_row(kOne, attempt(body, gives_up, after)) : after;
    const Size called = attempt(body, gives_up, next);
    const Size refused = draft_.tries_refused_again ? in_a_row({1, kBuiltInRetries}, after) : Size{0, 0};
    return in_a_row(kOne, either(called, refused));
  }

  // Where the caller gives up, it goes on beside the call, which may do so too.
  static Size attempt(const Body& body, bool gives_up, const Size& after) {
    const Size answered = body(after);
    return gives_up ? either(answered, side_by_side(body({}), in_a_row(kOne, after))) : answered;
  }

  Size body(const Frame& frame, const Size& after) const {
    return walk(draft_.methods[frame.type][frame.rank], 0, frame, kOne, after);
  }

  // The steps from `next` on; then `finish`, the end of the handler, and what follows its answer.
  Size walk(const Steps& steps, std::size_t next, const Frame& frame, const Size& finish, const Size& after) const {
    if (next == steps.size()) return in_a_row(finish, after);
    const Step& step = steps[next];
    const auto rest = [&] { return walk(steps, next + 1, frame, finish, after); };
    switch (step.kind) {
      case Step::Kind::sleep: return in_a_row(kOne, rest());
      case Step::Kind::fail: return in_a_row(kOne, after);
      case Step::Kind::reply: return in_a_row(kOne, side_by_side(walk(steps, next + 1, frame, finish, {}), after));
      case Step::Kind::call: return call(callee(step, frame), step.attempts, step.gives_up, rest());
      case Step::Kind::send: return side_by_side(call(callee(step, frame), 1, false, {}), rest());
      case Step::Kind::recurse: {
        if (frame.nesting >= step.times) return rest();
        const Frame again{frame.type, frame.rank, frame.type, frame.nesting + 1};
        return call(again, step.attempts, step.gives_up, rest());
      }
      case Step::Kind::repeat:
      case Step::Kind::parallel: break;
    }
    const bool goes_on = leaves_something(step, frame);
    const Size branches = all_branches(step, frame, goes_on);
    if (!goes_on) return in_a_row(branches, rest());
    return side_by_side(branches, side_by_side(walk(steps, next + 1, frame, finish, {}), after));
  }

  Size all_branches(const Step& step, const Frame& frame, bool goes_on) const {
    if (step.kind == Step::Kind::repeat) {
      const Size once = walk(step.branches[0], 0, frame, {}, {});
      return goes_on ? side_by_side(once, once) : in_a_row(once, once);
    }
    Size all;
    for (const Steps& branch : step.branches) {
      const Size end = calls_somebody(branch) ? kOne : Size{};  // to tell that the call has failed
      all = side_by_side(all, walk(branch, 0, frame, end, {}));
    }
    return in_a_row(all, kOne);  // to tell that a branch has failed
  }

  static bool calls_somebody(const Steps& steps) {
    return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
      return step.kind == Step::Kind::call || step.kind == Step::Kind::recurse ||
             (step.kind == Step::Kind::repeat && calls_somebody(step.branches[0]));
    });
  }

  static Frame callee(const Step& step, const Frame& frame) {
    return {callee_of(step, frame.type, frame.caller), frame.rank + 1, frame.type, 1};
  }

  // May anything of it still run when it is over?
  bool leaves_something(const Steps& steps, const Frame& frame) const {
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) { return leaves_something(step, frame); });
  }

  bool leaves_something(const Step& step, const Frame& frame) const {
    if (step.kind == Step::Kind::send || step.kind == Step::Kind::reply || !step.waits_for_all || step.gives_up)
      return true;
    if (step.kind == Step::Kind::call) {
      const Frame next = callee(step, frame);
      return leaves_something(draft_.methods[next.type][next.rank], next);
    }
    return std::any_of(step.branches.begin(), step.branches.end(),
                       [&](const Steps& branch) { return leaves_something(branch, frame); });
  }

  const Draft& draft_;
  bool is_disturbed_ = false;  // calls may be cut, and tried again
};

// ---- drawing -------------------------------------------------------------------------------------------------------

class Drawing {
 public:
  Drawing(const Dice& dice, const RandomScenarioOptions& options) : dice_(dice), options_(options) {}

  Draft draw() {
    choose_release();
    choose_actors();
    for (std::size_t type = 0; type < kTypes; ++type) {
      for (std::size_t rank = 0; rank < options_.depth; ++rank) draft_.methods[type].push_back(steps(rank, 2));
      if (options_.headers && dice_.one_in(8)) draft_.sdks[type] = dice_.pick({"dotnet", "java"});
    }
    draw_triggers();
    draw_on_deactivate();
    draw_settings();
    return std::move(draft_);
  }

 private:
  using Kind = Step::Kind;

  void choose_release() {
    if (!options_.releases.empty()) {
      release_ = options_.releases[dice_.below(options_.releases.size())];
      return;
    }
    const std::vector<ReleaseGroup>& groups = release_groups();
    const ReleaseGroup& group = groups[dice_.below(groups.size())];
    release_ = to_string(dice_.one_in(2) ? group.first : group.last);
  }

  void choose_actors() {
    const std::size_t count = 2 + dice_.below(options_.actors_at_most - 1);
    std::array<std::size_t, kTypes> ids{};
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t type = i == 0 ? 0 : dice_.below(kTypes);
      actors_.push_back({type, ++ids[type]});
    }
  }

  const Actor& any_actor() { return actors_[dice_.below(actors_.size())]; }

  // ---- steps ----

  Steps steps(std::size_t rank, std::size_t nesting) {
    const std::size_t least = rank == 0 ? 1 : 0;
    const std::size_t count = least + dice_.below(options_.steps_at_most + 1 - least);
    Steps result;
    for (std::size_t i = 0; i < count; ++i) {
      add_step(result, rank, nesting);
      if (!result.empty() && result.back().kind == Kind::fail) break;  // nothing runs after it
    }
    return result;
  }

  void add_step(Steps& steps, std::size_t rank, std::size_t nesting) {
    const bool is_last = rank + 1 == options_.depth;
    const bool may_nest = nesting > 0;
    struct Weight {
      Kind kind;
      std::size_t weight;
    };
    const std::array<Weight, 8> weights{{{Kind::call, is_last ? 0U : 12U},
                                         {Kind::send, options_.sends && !is_last ? 2U : 0U},
                                         {Kind::parallel, options_.parallel && may_nest ? 3U : 0U},
                                         {Kind::repeat, options_.loops && may_nest ? 1U : 0U},
                                         {Kind::recurse, options_.loops && rank > 0 ? 1U : 0U},
                                         {Kind::reply, options_.replies ? 1U : 0U},
                                         {Kind::fail, options_.failures ? 1U : 0U},
                                         {Kind::sleep, options_.sleeps ? 2U : 0U}}};
    std::size_t total = 0;
    for (const Weight& entry : weights) total += entry.weight;
    if (total == 0) return;
    std::size_t drawn = dice_.below(total);
    for (const Weight& entry : weights) {
      if (drawn < entry.weight) {
        steps.push_back(step(entry.kind, rank, nesting));
        return;
      }
      drawn -= entry.weight;
    }
  }

  Step step(Kind kind, std::size_t rank, std::size_t nesting) {
    Step step;
    step.kind = kind;
    switch (kind) {
      case Kind::call:
      case Kind::send: draw_call(step, rank); break;
      case Kind::recurse:
        step.times = 2 + dice_.below(2);
        step.text = "recurse: " + std::to_string(step.times);
        draw_options(step);
        break;
      case Kind::repeat:
        step.times = 2;
        step.branches.resize(1);
        add_step(step.branches[0], rank, nesting - 1);
        break;
      case Kind::parallel: draw_branches(step, rank, nesting - 1); break;
      case Kind::reply: step.text = "reply"; break;
      case Kind::fail: step.text = "fail: broken"; break;
      case Kind::sleep: step.text = "sleep: " + duration(10); break;
    }
    return step;
  }

  void draw_call(Step& step, std::size_t rank) {
    const bool is_call = step.kind == Kind::call;
    step.text = is_call ? "call: " : "send: ";
    const std::size_t who = dice_.below(8);
    if (who < 2) {
      step.callee = kSelf;
      step.text += "self";
    } else if (who == 2 && rank > 0) {
      step.callee = kCaller;
      step.text += "caller";
    } else {
      const Actor& actor = any_actor();
      step.callee = actor.type;
      step.text += name_of(actor);
    }
    step.text += "." + method_name(rank + 1);
    draw_options(step);
  }

  void draw_options(Step& step) {
    draw_header(step);
    if (step.kind == Kind::send) return;
    if (options_.failures && dice_.one_in(5)) step.text += ", on-error: continue";
    draw_giving_up(step.text, step.attempts, step.gives_up);
  }

  void draw_header(Step& step) {
    const bool has_own = options_.headers && dice_.one_in(4);
    const bool has_text = options_.literal_headers && dice_.one_in(8);
    if (has_text) {
      step.text += ", header: {id: " + dice_.pick({"x", "y"}) + "}";
    } else if (has_own) {
      step.text += ", header: " + dice_.pick({"drop", "drop", "new", "keep"});
    }
  }

  void draw_giving_up(std::string& text, std::size_t& attempts, bool& gives_up) {
    if (options_.timeouts && dice_.one_in(8)) {
      gives_up = true;
      text += ", timeout: " + duration();
    }
    if (options_.retries && dice_.one_in(8)) {
      attempts = 2;
      text += ", retry: {max: 1, delay: " + duration() + "}";
    }
  }

  void draw_branches(Step& step, std::size_t rank, std::size_t nesting) {
    const std::size_t count = 2 + dice_.below(options_.steps_at_most > 2 ? 2 : 1);
    step.branches.resize(count);
    for (Steps& branch : step.branches) {
      add_step(branch, rank, nesting);
      if (dice_.one_in(4)) add_step(branch, rank, nesting);
    }
    step.waits_for_all = !options_.join_any || !dice_.one_in(4);
  }

  std::string duration(std::size_t bound = 4) { return std::to_string(dice_.below(bound)) + "ms"; }

  // ---- triggers ----

  void draw_triggers() {
    const std::size_t count = 2 + dice_.below(options_.triggers_at_most - 1);
    const bool has_chain = options_.chains && dice_.one_in(6);  // it stands first in the order of triggers
    for (std::size_t i = 0; i < count; ++i) draft_.triggers.push_back(i == 0 && has_chain ? chain() : trigger(i));
  }

  Trigger trigger(std::size_t index) {
    Trigger trigger;
    trigger.actor = any_actor();
    const std::size_t kind = dice_.below(6);
    const bool is_first = index == 0;
    if (kind == 0 && options_.deactivations && !is_first) {
      draw_disturbance(trigger, Trigger::Kind::deactivate, "deactivate: ");
    } else if (kind == 1 && options_.rebalances && !is_first) {
      draw_disturbance(trigger, Trigger::Kind::rebalance, "rebalance: ");
    } else if (kind == 2 && options_.callbacks) {
      draw_callback(trigger);
    } else {
      draw_root_call(trigger);
    }
    const bool is_disturbance = trigger.kind == Trigger::Kind::deactivate || trigger.kind == Trigger::Kind::rebalance;
    if (is_disturbance || dice_.one_in(2)) trigger.text += ", at: " + duration();
    if (!is_disturbance) trigger.text += ", as: root" + std::to_string(index);
    if (options_.after && !is_first && dice_.one_in(4)) draw_after(trigger, index);
    return trigger;
  }

  // Mostly of an actor that is called for sure.
  void draw_disturbance(Trigger& trigger, Trigger::Kind kind, const std::string& verb) {
    trigger.kind = kind;
    if (!dice_.one_in(4)) trigger.actor = draft_.triggers[dice_.below(draft_.triggers.size())].actor;
    trigger.text = verb + name_of(trigger.actor);
  }

  void draw_callback(Trigger& trigger) {
    trigger.kind = Trigger::Kind::callback;
    trigger.text = dice_.pick({"timer: ", "reminder: "});
    trigger.text += name_of(trigger.actor) + "." + method_name(0);
    if (!dice_.one_in(2)) return;
    trigger.count = 2;
    trigger.one_by_one = true;
    trigger.text += ", count: 2, every: 5ms";
  }

  void draw_root_call(Trigger& trigger) {
    trigger.text = "call: " + name_of(trigger.actor) + "." + method_name(0);
    if (options_.literal_headers && dice_.one_in(4)) trigger.text += ", header: " + dice_.pick({"x", "y", "\"\""});
    draw_giving_up(trigger.text, trigger.attempts, trigger.gives_up);
    if (!options_.loads || !dice_.one_in(6)) return;
    trigger.count = 2;
    trigger.one_by_one = dice_.one_in(2);
    trigger.text += trigger.one_by_one ? ", count: 2, clients: 1" : ", count: 2";
  }

  void draw_after(Trigger& trigger, std::size_t index) {
    const std::size_t before = dice_.below(index);
    const Trigger::Kind kind = draft_.triggers[before].kind;
    if (kind != Trigger::Kind::call && kind != Trigger::Kind::callback) return;
    trigger.after = before;
    trigger.text += ", after: root" + std::to_string(before);
  }

  // A hop's methods belong to the chain alone.
  Trigger chain() {
    Trigger chain;
    chain.kind = Trigger::Kind::chain;
    chain.actor = any_actor();
    chain.text = name_of(chain.actor) + ".c1";
    chain.is_sent.resize(2 + dice_.below(2));
    for (std::size_t hop = 1; hop < chain.is_sent.size(); ++hop) {
      const std::size_t arrow = dice_.below(6);
      const bool drops = arrow == 0 && options_.headers;
      const bool sends = arrow == 1 && options_.sends;
      chain.is_sent[hop] = sends;
      const Actor& actor = any_actor();
      chain.text += (drops ? " -/> " : sends ? " ~> " : " -> ") + name_of(actor) + ".c" + std::to_string(hop + 1);
    }
    return chain;
  }

  // What it calls makes no calls and is of a type that has none of this, or actors would call each other to life for
  // ever.
  void draw_on_deactivate() {
    if (!options_.deactivations && !options_.rebalances) return;
    if (!dice_.one_in(2)) return;
    draft_.deactivated_type = any_actor().type;
    const Actor& callee = any_actor();
    if (callee.type != draft_.deactivated_type && dice_.one_in(3)) {
      Step step;
      step.kind = Kind::call;
      step.callee = callee.type;
      step.text = "call: " + name_of(callee) + "." + method_name(options_.depth - 1) + ", on-error: continue";
      draft_.on_deactivate.push_back(step);
    } else if (options_.failures && dice_.one_in(3)) {
      draft_.on_deactivate.push_back(step(Kind::fail, 0, 0));
    } else if (options_.sleeps) {
      draft_.on_deactivate.push_back(step(Kind::sleep, 0, 0));
    }
  }

  // ---- settings ----

  void draw_settings() {
    const Release release = *parse_release(release_);
    draft_.tries_refused_again = runtime_rules_for(release).retries_depth_error;
    std::string& text = draft_.settings;
    text = "dapr: \"" + release_ + "\"\n";
    if (before(release, 7)) {  // reentrancy has a switch of its own there
      text += "configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: " + mostly_true() + "}]}}\n";
    }
    text += "config: {" + reentrancy();
    if (options_.unhosted && dice_.one_in(10)) text += ", entities: [A, B]";
    std::string entries;
    for (std::size_t type = 0; options_.per_type && type < kTypes; ++type) {
      if (dice_.one_in(4)) entries += (entries.empty() ? "" : ", ") + entry_of(type);
    }
    if (!entries.empty()) text += ", entitiesConfig: [" + entries + "]";
    if (options_.rebalances && dice_.one_in(2)) text += ", drainRebalancedActors: " + mostly_true();
    text += "}\n";
  }

  std::string entry_of(std::size_t type) { return "{entities: [" + type_name(type) + "], " + reentrancy() + "}"; }

  std::string reentrancy() {
    std::string text = "reentrancy: {enabled: " + mostly_true();
    if (!dice_.one_in(4)) text += ", maxStackDepth: " + std::to_string(1 + dice_.below(3));
    return text + "}";
  }

  std::string mostly_true() { return dice_.one_in(4) ? "false" : "true"; }

  Dice dice_;
  const RandomScenarioOptions& options_;
  std::string release_;
  std::vector<Actor> actors_;
  Draft draft_;
};

// ---- writing -------------------------------------------------------------------------------------------------------

// Which methods can be called at all; the others are not written.
class Reach {
 public:
  explicit Reach(const Draft& draft) : draft_(draft) {
    for (const Trigger& trigger : draft.triggers) {
      if (trigger.kind != Trigger::Kind::chain) types_.insert(trigger.actor.type);
      if (trigger.kind == Trigger::Kind::call || trigger.kind == Trigger::Kind::callback)
        visit({trigger.actor.type, 0, kNobody});
    }
    if (draft.deactivated_type != kNobody) {
      types_.insert(draft.deactivated_type);
      // It calls methods of the last rank.
      visit_callees(draft.on_deactivate, {draft.deactivated_type, draft.methods[0].size() - 2, kNobody});
    }
  }

  bool has_type(std::size_t type) const { return types_.count(type) > 0; }
  bool has_method(std::size_t type, std::size_t rank) const { return methods_.count({type, rank}) > 0; }

 private:
  using Place = std::tuple<std::size_t, std::size_t, std::size_t>;  // type, rank, type of the caller

  void visit(const Place& place) {
    if (!seen_.insert(place).second) return;
    const auto& [type, rank, caller] = place;
    types_.insert(type);
    methods_.insert({type, rank});
    visit_callees(draft_.methods[type][rank], place);
  }

  void visit_callees(const Steps& steps, const Place& place) {
    const auto& [type, rank, caller] = place;
    for (const Step& step : steps) {
      for (const Steps& branch : step.branches) visit_callees(branch, place);
      if (step.kind == Step::Kind::recurse) visit({type, rank, type});
      if (step.kind != Step::Kind::call && step.kind != Step::Kind::send) continue;
      visit({callee_of(step, type, caller), rank + 1, type});
    }
  }

  const Draft& draft_;
  std::set<Place> seen_;
  std::set<std::size_t> types_;
  std::set<std::pair<std::size_t, std::size_t>> methods_;
};

std::string written(const Steps& steps);

std::string written(const Step& step) {
  if (step.kind == Step::Kind::repeat)
    return "{repeat: " + std::to_string(step.times) + ", steps: " + written(step.branches[0]) + "}";
  if (step.kind == Step::Kind::reply) return step.text;
  if (step.kind != Step::Kind::parallel) return "{" + step.text + "}";
  std::string text;
  for (const Steps& branch : step.branches) {
    text += text.empty() ? "" : ", ";
    text += branch.size() == 1 ? written(branch[0]) : "{steps: " + written(branch) + "}";
  }
  return "{parallel: [" + text + (step.waits_for_all ? "]}" : "], join: any}");
}

std::string written(const Steps& steps) {
  std::string text;
  for (const Step& step : steps) text += (text.empty() ? "" : ", ") + written(step);
  return "[" + text + "]";
}

std::string written_type(const Draft& draft, const Reach& reach, std::size_t type) {
  std::string text;
  if (!draft.sdks[type].empty()) text += "    sdk: " + draft.sdks[type] + "\n";
  for (std::size_t rank = 0; rank < draft.methods[type].size(); ++rank) {
    if (reach.has_method(type, rank))
      text += "    " + method_name(rank) + ": " + written(draft.methods[type][rank]) + "\n";
  }
  if (type == draft.deactivated_type) text += "    on-deactivate: " + written(draft.on_deactivate) + "\n";
  return "  " + type_name(type) + (text.empty() ? ": {}\n" : ":\n" + text);
}

std::string written(const Draft& draft) {
  const Reach reach(draft);
  std::string actors, chains, start;
  for (std::size_t type = 0; type < kTypes; ++type) {
    if (reach.has_type(type)) actors += written_type(draft, reach, type);
  }
  for (const Trigger& trigger : draft.triggers) {
    if (trigger.kind == Trigger::Kind::chain) {
      chains += "  - " + trigger.text + "\n";
    } else {
      start += "  - {" + trigger.text + "}\n";
    }
  }
  return draft.settings + (chains.empty() ? "" : "chains:\n" + chains) + "actors:\n" + actors + "start:\n" + start;
}

}  // namespace

RandomScenarioOptions every_feature() {
  RandomScenarioOptions options;
  options.unhosted = options.callbacks = options.deactivations = options.rebalances = true;
  return options;
}

// Drawn until enough of them have few enough orders. The largest of those is taken, as most are tame.
std::string random_scenario(std::uint64_t seed, const RandomScenarioOptions& options) {
  Dice seeds(seed);
  if (options.orders_at_most == 0) return written(Drawing(Dice(seeds.next()), options).draw());
  constexpr std::size_t kEnough = 3;
  Draft best;
  std::uint64_t most = 0;
  for (std::size_t found = 0; found < kEnough;) {
    Draft draft = Drawing(Dice(seeds.next()), options).draw();
    const std::uint64_t orders = Estimate(draft).whole().orders;
    if (orders > options.orders_at_most) continue;
    ++found;
    if (orders <= most) continue;
    most = orders;
    best = std::move(draft);
  }
  return written(best);
}

std::optional<std::string> scenario_of_bytes(std::string_view bytes, const RandomScenarioOptions& options) {
  const Draft draft = Drawing(Dice(bytes), options).draw();
  if (options.orders_at_most > 0 && Estimate(draft).whole().orders > options.orders_at_most) return std::nullopt;
  return written(draft);
}

}  // namespace actorsim::testing
