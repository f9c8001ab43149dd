// Chains are read site by site, as they would run; what is met first gets the first number.
#include "actorsim/explore/chain_shape.h"

#include <algorithm>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

using Op = Instruction::Op;

constexpr std::size_t kMostSites = 10'000;

// Reads sites and handlers, each once.
class ShapeReader {
 public:
  ShapeReader(Walker& walker) : walker_(walker), program_(walker.program()) {}

  ChainShape read(Index trigger) {
    const StartTrigger& start = program_.triggers[trigger];
    shape_.is_known = start.kind == Trigger::Kind::call && start.count == 1;
    if (shape_.is_known) read_site(start.site, kNone);
    return std::move(shape_);
  }

 private:
  void read_site(Index index, Index self) {
    if (shape_.sites.size() > kMostSites) shape_.is_known = false;
    if (!shape_.is_known) return;
    const CallSite& site = program_.sites[index];
    Index actor = self;
    if (site.kind == Target::Kind::named && site.id.is_constant()) {
      Names& names = walker_.model().names();
      actor = names.actor(site.type, names.text(site.id.constant()));
    } else if (site.kind != Target::Kind::self || self == kNone) {
      shape_.is_known = false;
    }
    const bool is_plain = !site.timeout && !site.retry && !site.with && !site.is_recursion && site.body != kNone &&
                          site.header != HeaderRule::Kind::literal;
    if (!is_plain) shape_.is_known = false;
    if (!shape_.is_known) return;
    const ProgramType& type = program_.types[site.type];
    const auto limit = static_cast<std::uint64_t>(type.settings.lock.max_stack_depth);
    shape_.sites.push_back(index);
    write({1, ordinal(shape_.actors, actor), static_cast<std::uint32_t>(limit),
           static_cast<std::uint32_t>(limit >> 32U), type.settings.lock.enabled ? 1U : 0U,
           type.settings.hosted ? 1U : 0U, static_cast<std::uint32_t>(site.header), site.one_way ? 1U : 0U,
           site.continue_on_error ? 1U : 0U});
    read_body(site.body, actor);
  }

  void read_body(Index index, Index self) {
    write({2, ordinal(shape_.bodies, index)});
    const Body& body = program_.bodies[index];
    if (body.slot_count > 0) shape_.is_known = false;
    for (Index at = body.entry; shape_.is_known; ++at) {
      const Instruction& instruction = program_.code[at];
      write({3, static_cast<std::uint32_t>(instruction.op)});
      switch (instruction.op) {
        case Op::call:
        case Op::send: read_site(instruction.a, self); break;
        case Op::fail:
        case Op::sleep:
        case Op::reply:
        case Op::finish: break;
        case Op::jump: write({static_cast<std::uint32_t>(instruction.value) - body.entry}); break;
        case Op::recurse:
        case Op::fork:
        case Op::branch_end:
        case Op::loop_begin:
        case Op::loop_next:
        case Op::jump_unless:
        case Op::jump_unless_deep: shape_.is_known = false; break;
      }
      if (instruction.op == Op::finish) break;
    }
  }

  std::uint32_t ordinal(std::vector<Index>& list, Index wanted) {
    const auto found = std::find(list.begin(), list.end(), wanted);
    const auto place = static_cast<std::uint32_t>(found - list.begin());
    if (found == list.end()) list.push_back(wanted);
    return place;
  }

  void write(std::initializer_list<std::uint32_t> words) {
    shape_.form.insert(shape_.form.end(), words.begin(), words.end());
    if (shape_.form.size() > kMostSites * 16) shape_.is_known = false;
  }

  Walker& walker_;
  const Program& program_;
  ChainShape shape_;
};

}  // namespace

ChainShape read_chain_shape(Walker& walker, Index trigger) { return ShapeReader(walker).read(trigger); }

Index ShapeTranslator::ordinal(const std::vector<Index>& list, Index wanted) const {
  const auto found = std::find(list.begin(), list.end(), wanted);
  ACTORSIM_CHECK(found != list.end());
  return static_cast<Index>(found - list.begin());
}

// A path with the chain's own count of sites in it.
Index ShapeTranslator::relative_path(Index path, Index chain) {
  if (path == kNone) return kNone;
  const Paths::Step step = walker_.model().paths().at(path);
  return relative_.child(
      {relative_path(step.parent, chain), kNone, ordinal(shapes_[chain].sites, step.which), step.occurrence});
}

Index ShapeTranslator::path_in(Index path, Index from, Index to) {
  if (path == kNone) return kNone;
  const Paths::Step step = walker_.model().paths().at(path);
  const Index site = shapes_[to].sites[ordinal(shapes_[from].sites, step.which)];
  return walker_.model().paths().child({path_in(step.parent, from, to), kNone, site, step.occurrence});
}

ReentrancyId ShapeTranslator::id_in(ReentrancyId id, Index from, Index to) {
  if (id == kNoId) return kNoId;
  const Paths::IdOwner owner = walker_.model().paths().id_owner(id >> 1U);
  ACTORSIM_CHECK(!Names::is_literal(id) && owner[0] == from);
  const std::uint32_t number = walker_.program().triggers[to].first_number;
  return Names::generated_id(walker_.model().paths().id_number({to, number, path_in(owner[2], from, to), owner[3]}));
}

void ShapeTranslator::write(const ChainPart& part, Index chain, Words& words) {
  const ChainShape& shape = shapes_[chain];
  const auto id_words = [&](ReentrancyId id) {
    if (id == kNoId) {
      words.push_back(kNone);
      return;
    }
    const Paths::IdOwner owner = walker_.model().paths().id_owner(id >> 1U);
    words.insert(words.end(), {relative_path(owner[2], chain) + 1, owner[3]});
  };
  words.clear();
  words.insert(words.end(), {part.trigger.released ? 1U : 0U, part.trigger.due, part.trigger.started,
                             part.trigger.answered, static_cast<std::uint32_t>(part.calls.size())});
  for (const Call& call : part.calls) {
    words.insert(words.end(), {relative_path(call.path, chain), ordinal(shape.actors, call.actor),
                               ordinal(shape.sites, call.site), static_cast<std::uint32_t>(call.state),
                               call.carries_header ? 1U : 0U, call.caller_activity, call.instance == kNone ? 0U : 1U});
    id_words(call.carried);
    id_words(call.lock_id);
    id_words(call.header_seen);
  }
  for (const Activity& activity : part.activities) {
    const Index body = part.calls[activity.call].body;
    words.insert(words.end(),
                 {activity.call, activity.pc - walker_.program().bodies[body].entry,
                  static_cast<std::uint32_t>(activity.state), activity.failing ? 1U : 0U, activity.callee});
  }
}

ChainPart ShapeTranslator::translate(const ChainPart& part, Index from, Index to) {
  const ChainShape &here = shapes_[from], &there = shapes_[to];
  const Program& program = walker_.program();
  ChainPart result = part;
  std::vector<Index> entries_before;
  for (std::size_t i = 0; i < result.calls.size(); ++i) {
    Call& call = result.calls[i];
    const auto actor_in = [&](Index actor) { return there.actors[ordinal(here.actors, actor)]; };
    entries_before.push_back(program.bodies[call.body].entry);
    call.actor = actor_in(call.actor);
    if (call.caller_actor != kNone) call.caller_actor = actor_in(call.caller_actor);
    call.body = there.bodies[ordinal(here.bodies, call.body)];
    call.site = there.sites[ordinal(here.sites, call.site)];
    call.trigger = to;
    call.number = program.triggers[to].first_number;
    call.path = path_in(call.path, from, to);
    call.carried = id_in(call.carried, from, to);
    call.lock_id = id_in(call.lock_id, from, to);
    call.header_seen = id_in(call.header_seen, from, to);
    if (call.instance != kNone) call.instance = call.actor;
    result.names[i] = cutter_.name_of(call);
  }
  for (Activity& activity : result.activities) {
    const Call& call = result.calls[activity.call];
    activity.pc = activity.pc - entries_before[activity.call] + program.bodies[call.body].entry;
  }
  return result;
}

}  // namespace actorsim
