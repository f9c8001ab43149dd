// Cutting and putting together: every index of a part is its own, so that parts fit beside any others.
#include "actorsim/explore/chain_part.h"

#include <algorithm>

namespace actorsim {
namespace {

constexpr std::uint32_t kFirstSerial = 1;

}  // namespace

PartCutter::PartCutter(Walker& walker, History history) : walker_(walker), history_(history) {
  LockTable locks(walker.program().lock_rules);
  free_lock_ = {0, kNone};
  locks.append_state(locks.add({}), free_lock_);
}

void PartCutter::name_calls(const World& world) {
  call_names_.assign(world.calls.size(), kNone);
  by_trigger_.resize(walker_.program().triggers.size());
  for (std::vector<Index>& slots : by_trigger_) slots.clear();
  for (Index slot = 0; slot < world.calls.size(); ++slot) {
    const Call& call = world.calls[slot];
    if (call.state == Call::State::unused) continue;
    call_names_[slot] = name_of(call);
    by_trigger_[call.trigger].push_back(slot);
  }
  for (std::vector<Index>& slots : by_trigger_) {
    std::sort(slots.begin(), slots.end(), [&](Index a, Index b) { return call_names_[a] < call_names_[b]; });
  }
}

Index PartCutter::name_of(const Call& call) {
  const std::array<Index, 4> name{call.trigger, call.number, call.path, call.abandoned ? call.attempts : 0U};
  return names_.try_emplace(name, static_cast<Index>(names_.size())).first->second;
}

ChainPart PartCutter::cut_chain(const Situation& situation, Index trigger) {
  const World& world = situation.world;
  const Program& program = walker_.program();
  ChainPart part;
  part.trigger = world.triggers[trigger];
  part.trigger.next_due = 0;
  if (history_ == History::outcomes) part.reached = situation.reached[trigger];
  std::vector<std::pair<Index, Index>> threads;  // of the world, of the part
  const auto cut_variables = [&](Index first, Index count) {
    const auto place = static_cast<Index>(part.slots.size());
    part.slots.insert(part.slots.end(), world.slots.begin() + first, world.slots.begin() + first + count);
    part.slot_texts.insert(part.slot_texts.end(), world.slot_texts.begin() + first,
                           world.slot_texts.begin() + first + count);
    return place;
  };
  for (const Index slot : by_trigger_[trigger]) {
    const auto local = static_cast<Index>(part.calls.size());
    part.calls.push_back(world.calls[slot]);
    part.names.push_back(call_names_[slot]);
    Call& call = part.calls.back();
    const Index slot_count = call.body == kNone ? 0 : program.bodies[call.body].slot_count;
    if (call.slots != kNone) call.slots = cut_variables(call.slots, slot_count);
    if (call.instance != kNone) call.instance = world.instances[call.instance].actor;
    std::vector<Index> of_this_call;
    for (Index index = call.first_activity; index != kNone; index = world.activities[index].next) {
      of_this_call.push_back(index);
    }
    std::sort(of_this_call.begin(), of_this_call.end(),
              [&](Index a, Index b) { return world.activities[a].path + 1 < world.activities[b].path + 1; });
    for (const Index index : of_this_call) {
      threads.emplace_back(index, static_cast<Index>(part.activities.size()));
      part.activities.push_back(world.activities[index]);
      Activity& activity = part.activities.back();
      activity.call = local;
      if (activity.owns_frame) {
        activity.frame = cut_variables(activity.frame, slot_count);
      } else {
        activity.frame = call.slots;
      }
    }
  }
  const auto thread_of = [&](Index index) {
    const auto found = std::find_if(threads.begin(), threads.end(),
                                    [index](const std::pair<Index, Index>& thread) { return thread.first == index; });
    return found == threads.end() ? kNone : found->second;
  };
  const auto call_of = [&](Index slot) {
    const auto found = std::find(by_trigger_[trigger].begin(), by_trigger_[trigger].end(), slot);
    return found == by_trigger_[trigger].end() ? kNone : static_cast<Index>(found - by_trigger_[trigger].begin());
  };
  for (Call& call : part.calls) call.caller_activity = thread_of(call.caller_activity);
  for (Activity& activity : part.activities) {
    activity.parent = thread_of(activity.parent);
    activity.callee = activity.state == Activity::State::calling ? call_of(activity.callee) : kNone;
  }
  return part;
}

void PartCutter::write_chain(const ChainPart& part, Words& words) const {
  const auto flags = [](std::initializer_list<bool> values) {
    std::uint32_t bits = 0;
    for (const bool value : values) bits = (bits << 1U) | (value ? 1U : 0U);
    return bits;
  };
  const bool tells_history = history_ == History::outcomes;
  const auto write_variables = [&](Index first, Index count) {
    for (Index slot = first; slot < first + count; ++slot) {
      words.insert(words.end(), {static_cast<std::uint32_t>(part.slots[slot]),
                                 static_cast<std::uint32_t>(part.slots[slot] >> 32), part.slot_texts[slot]});
    }
  };
  const Program& program = walker_.program();
  words.clear();
  words.insert(words.end(), {part.trigger.released ? 1U : 0U, part.trigger.due, part.trigger.started,
                             part.trigger.answered, static_cast<std::uint32_t>(part.calls.size())});
  for (std::size_t i = 0; i < part.calls.size(); ++i) {
    const Call& call = part.calls[i];
    const Index slot_count = call.body == kNone ? 0 : program.bodies[call.body].slot_count;
    words.insert(
        words.end(),
        {part.names[i], call.actor, call.body, call.site,
         static_cast<std::uint32_t>(call.state) | (std::uint32_t{call.built_in_retries} << 8U), call.attempts,
         flags({call.caller != kNone, call.had_to_wait && tells_history, call.re_entered && tells_history,
                call.carries_header, call.has_deadline, call.abandoned, call.is_callback, call.slots != kNone}),
         call.caller_actor, call.carried, call.lock_id, call.header_seen, call.nesting, call.label,
         call.instance == kNone ? 0U : 1U, call.caller_activity, call.activities});
    if (call.slots != kNone) write_variables(call.slots, slot_count);
  }
  for (const Activity& activity : part.activities) {
    words.insert(
        words.end(),
        {activity.call, activity.path, activity.pc, static_cast<std::uint32_t>(activity.state),
         flags({activity.is_main, activity.owns_frame, activity.failing, activity.is_forking, activity.is_satisfied}),
         activity.parent, activity.callee, activity.pending, activity.failing ? activity.failure : kNone});
    if (activity.owns_frame) write_variables(activity.frame, program.bodies[part.calls[activity.call].body].slot_count);
  }
  words.insert(words.end(), part.reached.begin(), part.reached.end());
}

void PartCutter::write_lock(const World& world, Index actor, Words& words) const {
  words.clear();
  if (actor >= world.actors.size() || world.actors[actor].instance == kNone) return;
  const ActorState& state = world.actors[actor];
  words.push_back(state.overlapped ? 1U : 0U);
  const std::size_t first = words.size();
  for (Index slot = state.first_inside; slot != kNone; slot = world.calls[slot].inside_next) {
    words.push_back(call_names_[slot]);
  }
  std::sort(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
  words.push_back(kNone);
  world.locks.append_state(state.instance, call_names_, words);
  if (words == free_lock_) words.clear();
}

// ---- putting together -------------------------------------------------------------------------------------------

Situation PartCutter::begin_situation() {
  Situation situation{walker_.model().initial(), {}, {}, Verdict::ok};
  situation.reached.resize(walker_.program().triggers.size() + 1);
  std::fill(slot_of_name_.begin(), slot_of_name_.end(), kNone);
  return situation;
}

Index PartCutter::ensure_instance(World& world, Index actor) const {
  if (actor >= world.actors.size()) world.actors.resize(actor + 1);
  if (world.actors[actor].instance != kNone) return world.actors[actor].instance;
  const Index type = walker_.model().names().type_of(actor);
  const auto index = static_cast<Index>(world.locks.add(walker_.program().types[type].settings.lock));
  Instance instance;
  instance.actor = actor;
  world.instances.push_back(instance);
  world.actors[actor].instance = index;
  return index;
}

void PartCutter::put_chain(const ChainPart& part, Index trigger, Situation& situation) {
  World& world = situation.world;
  const auto first_call = static_cast<Index>(world.calls.size());
  const auto first_activity = static_cast<Index>(world.activities.size());
  const auto first_slot = static_cast<Index>(world.slots.size());
  const auto moved = [](Index index, Index by) { return index == kNone ? kNone : index + by; };
  world.triggers[trigger] = part.trigger;
  situation.reached[trigger] = part.reached;
  world.slots.insert(world.slots.end(), part.slots.begin(), part.slots.end());
  world.slot_texts.insert(world.slot_texts.end(), part.slot_texts.begin(), part.slot_texts.end());
  const auto trigger_count = static_cast<std::uint32_t>(walker_.program().triggers.size());
  for (std::size_t i = 0; i < part.calls.size(); ++i) {
    const Index slot = first_call + static_cast<Index>(i);
    world.calls.push_back(part.calls[i]);
    Call& call = world.calls.back();
    call.serial = slot + kFirstSerial;
    call.root = call.number * trigger_count + trigger;
    if (call.caller != kNone) call.caller = 0;
    call.caller_activity = moved(call.caller_activity, first_activity);
    call.slots = moved(call.slots, first_slot);
    call.first_activity = call.inside_next = call.inside_previous = kNone;
    if (call.state != Call::State::answered) ++world.live_calls;
    if (call.abandoned) --world.live_calls;
    if (call.instance != kNone) call.instance = ensure_instance(world, call.instance);
    const bool is_claim = call.state == Call::State::waiting || call.state == Call::State::inside;
    if (is_claim) ++world.instances[call.instance].pending;
    if (call.state == Call::State::inside) {
      ActorState& actor = world.actors[call.actor];
      call.inside_next = actor.first_inside;
      if (actor.first_inside != kNone) world.calls[actor.first_inside].inside_previous = slot;
      actor.first_inside = slot;
      ++actor.inside_count;
    }
    if (part.names[i] >= slot_of_name_.size()) slot_of_name_.resize(part.names[i] + 1, kNone);
    slot_of_name_[part.names[i]] = slot;
  }
  world.calls_made = static_cast<std::uint32_t>(world.calls.size()) + kFirstSerial;
  for (std::size_t i = part.activities.size(); i-- > 0;) {  // so that each list begins with the first
    Call& owner = world.calls[first_call + part.activities[i].call];
    const Index index = first_activity + static_cast<Index>(i);
    if (world.activities.size() < first_activity + part.activities.size())
      world.activities.resize(first_activity + part.activities.size());
    Activity& activity = world.activities[index];
    activity = part.activities[i];
    activity.call += first_call;
    activity.frame = moved(activity.frame, first_slot);
    activity.parent = moved(activity.parent, first_activity);
    activity.callee = moved(activity.callee, first_call);
    activity.generation = 0;
    activity.cause = kNone;
    activity.previous = kNone;
    activity.next = owner.first_activity;
    if (owner.first_activity != kNone) world.activities[owner.first_activity].previous = index;
    owner.first_activity = index;
  }
}

bool PartCutter::put_lock(const Words& words, Index actor, Situation& situation) {
  if (words.empty()) return true;
  World& world = situation.world;
  const Index instance = ensure_instance(world, actor);
  ActorState& state = world.actors[actor];
  state.overlapped = words[0] != 0;
  std::size_t at = 1;
  std::vector<CallSlot> inside;
  for (; words[at] != kNone; ++at) inside.push_back(slot_of_name_[words[at]]);
  return world.locks.restore(instance, words.data() + at + 1, slot_of_name_, inside);
}

}  // namespace actorsim
