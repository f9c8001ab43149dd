// Reading the code forwards from where each call of a chain stands, with the calls above it as frames.
#include "actorsim/explore/lock_order.h"

#include <algorithm>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

using Op = Instruction::Op;

constexpr std::uint64_t kMostSitesRead = 20'000;
// Pairs of `order`: 200 calls inside each other. It is read again for each value of a chain.
constexpr std::uint64_t kMostPairs = 20'000;

}  // namespace

LockOrder::LockOrder(Walker& walker) : walker_(walker), program_(walker.program()) {
  for (const Body& body : program_.bodies) {
    Index last = body.entry;
    while (last < program_.code.size() && program_.code[last].op != Op::finish) ++last;
    last_of_body_.push_back(last);
  }
  for (const StartTrigger& trigger : program_.triggers) {
    if (trigger.kind != Trigger::Kind::call) is_calm_ = false;
    const CallSite& site = program_.sites[trigger.site];
    // An id that a client chose may be shared by several chains.
    if (site.header != HeaderRule::Kind::drop && site.header != HeaderRule::Kind::keep) is_calm_ = false;
    if (site.kind != Target::Kind::named || !site.id.is_constant()) is_calm_ = false;
  }
  for (const CallSite& site : program_.sites) {
    const bool is_plain = !site.timeout && !site.retry && site.header != HeaderRule::Kind::literal;
    if (!is_plain) is_calm_ = false;
    if (site.one_way) is_sequential_ = false;
    if (site.type != kNone && !program_.types[site.type].settings.hosted) can_fail_ = true;
  }
  for (const Instruction& instruction : program_.code) {
    if (instruction.op == Op::fail) can_fail_ = true;
  }
  for (std::size_t i = 0; is_calm_ && i < program_.triggers.size(); ++i) {
    Reading reading;
    read_site(program_.triggers[i].site, reading);
    if (!reading.is_known) is_calm_ = false;
  }
}

// From `pc` to the end of its handler; from the beginning of a loop that may come back there.
std::pair<Index, Index> LockOrder::rest_of(Index body, Index pc) const {
  Index first = pc;
  const Index last = last_of_body_[body];
  for (Index at = last; at-- > pc;) {
    const Instruction& instruction = program_.code[at];
    const bool goes_back = instruction.op == Op::loop_next || instruction.op == Op::jump;
    if (goes_back && static_cast<Index>(instruction.value) < first) first = static_cast<Index>(instruction.value);
  }
  return {first, last};
}

std::optional<Index> LockOrder::target(const CallSite& site, const Reading& reading) const {
  if (site.kind == Target::Kind::self && !reading.frames.empty()) return reading.frames.back().actor;
  if (site.kind != Target::Kind::named || !site.id.is_constant()) return std::nullopt;
  Names& names = walker_.model().names();
  return names.actor(site.type, names.text(site.id.constant()));
}

// Is one of the chain's own calls inside `actor`, with the id that comes down to this call?
bool LockOrder::re_enters(Index actor, bool hands_on, const Reading& reading) const {
  if (!program_.types[walker_.model().names().type_of(actor)].settings.lock.enabled) return false;
  for (std::size_t i = reading.frames.size(); i-- > 0 && hands_on; hands_on = reading.frames[i].hands_id_on) {
    if (reading.frames[i].actor == actor) return true;
  }
  return false;
}

void LockOrder::read_site(Index index, Reading& reading) {
  const CallSite& site = program_.sites[index];
  const std::optional<Index> actor = target(site, reading);
  if (!actor || ++reading.budget > kMostSitesRead || site.is_recursion) {
    reading.is_known = false;
    return;
  }
  const bool hands_on = site.header == HeaderRule::Kind::keep;
  const std::vector<Frame> above = site.one_way ? std::move(reading.frames) : std::vector<Frame>{};
  if (site.one_way) reading.frames.clear();
  if (site.one_way && hands_on) reading.is_known = false;  // it may meet its own chain's locks from outside
  reading.calls.insert(*actor);
  if ((reading.pairs += reading.frames.size()) > kMostPairs) {
    reading.is_known = false;
    return;
  }
  if (!re_enters(*actor, hands_on, reading)) {
    for (const Frame& frame : reading.frames) reading.order.insert({frame.actor, *actor});
  }
  const LockConfig& lock = program_.types[site.type].settings.lock;
  // So many of its own calls would be inside at once that the limit may refuse one.
  const std::int64_t inside = most_at_once(reading, *actor) + 1;
  const bool can_exceed = program_.lock_rules.queues_entries
                              ? lock.enabled && inside > std::max<std::int64_t>(lock.max_stack_depth, 1)
                              : lock.max_stack_depth >= 0 && inside >= lock.max_stack_depth;
  if (can_exceed) reading.is_known = false;
  reading.frames.push_back({*actor, hands_on});
  if (site.body != kNone && reading.is_known)
    read_code(program_.bodies[site.body].entry, last_of_body_[site.body], reading);
  reading.frames.pop_back();
  if (site.one_way) reading.frames = above;
}

std::int64_t LockOrder::most_at_once(const Reading& reading, Index actor) const {
  return std::count_if(reading.frames.begin(), reading.frames.end(),
                       [actor](const Frame& frame) { return frame.actor == actor; });
}

void LockOrder::read_code(Index first, Index last, Reading& reading) {
  for (Index at = first; at <= last && reading.is_known; ++at) {
    const Instruction& instruction = program_.code[at];
    switch (instruction.op) {
      case Op::call:
      case Op::send: read_site(instruction.a, reading); break;
      case Op::recurse:
      case Op::fork: reading.is_known = false; break;  // calls of one chain beside each other
      case Op::reply: reading.is_known = false; break;
      case Op::sleep:
      case Op::fail:
      case Op::finish:
      case Op::branch_end:
      case Op::loop_begin:
      case Op::loop_next:
      case Op::jump_unless:
      case Op::jump_unless_deep:
      case Op::jump: break;
    }
  }
}

// Each piece was read as a part of its whole chain, so by itself it keeps to the bounds.
void LockOrder::read_anew(Index first, Index last, Reading& reading) {
  reading.budget = 0;
  reading.pairs = 0;
  read_code(first, last, reading);
}

ValueFacts LockOrder::facts(Index chain, const Automaton::Value& value) {
  ValueFacts result;
  Reading reading;
  const ChainPart& part = value.part;
  if (part.trigger.started < program_.triggers[chain].count) read_site(program_.triggers[chain].site, reading);
  // The calls that are there are nested in each other, the outermost first; those that were sent stand alone.
  const auto read_rest = [&](Index index) {
    reading.frames.clear();
    std::vector<Index> nested;
    for (Index inner = index; inner != kNone;) {
      nested.push_back(inner);
      Index next = kNone;
      for (const Activity& activity : part.activities) {
        if (activity.call == inner && activity.state == Activity::State::calling) next = activity.callee;
      }
      inner = next;
    }
    for (const Index inner : nested) {
      const Call& now = part.calls[inner];
      const CallSite& site = program_.sites[now.site];
      if (now.state == Call::State::waiting) {
        for (const Frame& frame : reading.frames) reading.order.insert({frame.actor, now.actor});
        reading.frames.push_back({now.actor, site.header == HeaderRule::Kind::keep});
        read_anew(program_.bodies[now.body].entry, last_of_body_[now.body], reading);
        continue;
      }
      reading.frames.push_back({now.actor, site.header == HeaderRule::Kind::keep});
      for (const Activity& activity : part.activities) {
        if (activity.call != inner) continue;
        const bool is_calling = activity.state == Activity::State::calling;  // that call is read by itself
        const auto [first, last] = rest_of(now.body, is_calling ? activity.pc + 1 : activity.pc);
        read_anew(first, last, reading);
      }
    }
  };
  for (Index index = 0; index < part.calls.size(); ++index) {
    const Call& call = part.calls[index];
    if (call.state == Call::State::inside) result.inside.push_back(call.actor);
    if (call.state == Call::State::waiting) result.waiting.push_back(call.actor);
    if (call.caller_activity == kNone) read_rest(index);
  }
  ACTORSIM_CHECK(reading.is_known);
  result.calls.assign(reading.calls.begin(), reading.calls.end());
  result.order.assign(reading.order.begin(), reading.order.end());
  return result;
}

}  // namespace actorsim
