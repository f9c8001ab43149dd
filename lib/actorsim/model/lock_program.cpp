// Walking the code of each chain, call by call, with concrete values: nothing in it depends on the order of steps.
#include "actorsim/model/lock_program.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "actorsim/base/text.h"
#include "actorsim/model/names.h"
#include "actorsim/scenario/expression.h"

namespace actorsim {
namespace {

using Op = Instruction::Op;
using Kind = LockOperation::Kind;
using Entry = LockOperation::Entry;

struct Value {
  std::int64_t number = 0;
  std::optional<std::string> text;  ///< where it is no number
};

// A call inside its actor, whose handler runs.
struct Frame {
  Index operation = 0;  // its acquire
  Index actor = 0;
  Index caller_actor = kNone;
  Index body = 0;
  Index pc = 0;
  std::int64_t nesting = 1;
  ReentrancyId header_seen = kNoId;
  std::vector<Value> values;
};

class Walker {
 public:
  explicit Walker(const Program& program) : program_(program) {}

  tl::expected<LockProgram, MoreThanLocks> walk() {
    if (!program_.lock_rules.queues_entries && !program_.triggers.empty()) {
      refuse("the lock of Dapr " + to_string(program_.release) + ", which newcomers may take before those who wait,",
             program_.triggers.front().span, "try --dapr 1.15 or newer");
      return tl::unexpected(std::move(problem_));
    }
    for (Index trigger = 0; trigger < program_.triggers.size(); ++trigger) {
      if (!walk_trigger(trigger)) return tl::unexpected(std::move(problem_));
    }
    if (result_.chains.empty()) {
      refuse("a scenario in which nobody calls", {});
      return tl::unexpected(std::move(problem_));
    }
    if (!check_limits()) return tl::unexpected(std::move(problem_));
    for (Index actor = 0; actor < names_.actor_count(); ++actor)
      result_.actors.push_back(names_.actor_name(program_, actor));
    count_places();
    return std::move(result_);
  }

 private:
  // ---- triggers ----

  // A load of no calls is never answered: what comes after it never starts.
  bool ever_starts(const StartTrigger& trigger) const {
    return trigger.count > 0 && (trigger.after == kNone || ever_starts(program_.triggers[trigger.after]));
  }

  bool walk_trigger(Index index) {
    const StartTrigger& trigger = program_.triggers[index];
    switch (trigger.kind) {
      case Trigger::Kind::call: break;
      case Trigger::Kind::reminder: return refuse("a reminder", trigger.span);
      case Trigger::Kind::timer: return refuse("a timer", trigger.span);
      case Trigger::Kind::deactivate: return refuse("the step 'deactivate'", trigger.span);
      case Trigger::Kind::rebalance: return refuse("the step 'rebalance'", trigger.span);
    }
    LockStart start;
    start.first_chain = static_cast<Index>(result_.chains.size());
    start.chain_count = ever_starts(trigger) ? trigger.count : 0;
    start.clients = trigger.clients;
    start.after = trigger.after;
    result_.starts.push_back(start);
    for (Index number = 0; number < start.chain_count; ++number) {
      result_.chains.push_back({index, {}});
      outside_ = number;
      if (!walk_chain(trigger.site)) return false;
    }
    return true;
  }

  bool walk_chain(Index site) {
    frames_.clear();
    if (!call(site)) return false;
    while (!frames_.empty()) {
      if (!step()) return false;
    }
    return true;
  }

  // ---- calls ----

  bool call(Index site_index) {
    const CallSite& site = program_.sites[site_index];
    if (site.timeout) return refuse("a call with a timeout", site.span);
    if (site.retry) return refuse("a call that is tried again", site.span);
    if (++calls_ > kMaxLockCalls)
      return refuse("a scenario of more than " + std::to_string(kMaxLockCalls) + " calls", site.span);
    Frame frame;
    if (!find_target(site, frame)) return false;
    const HostedType& settings = program_.types[names_.type_of(frame.actor)].settings;
    if (!settings.hosted) return refuse("a call of a type that is not hosted", site.span);
    const std::optional<std::string> text = label_of(site, frame);
    if (!text || !bind(site, frame)) return false;
    if (!frames_.empty() && site.is_recursion) frame.nesting = frames_.back().nesting + 1;
    frame.pc = program_.bodies[frame.body].entry;

    ReentrancyId carried = kNoId;
    if (!find_header(site, carried)) return false;
    LockOperation operation;
    operation.actor = frame.actor;
    operation.key = arrive(settings.lock.enabled, carried, frame);
    operation.text = *text;
    operation.span = site.span;
    place_entry(operation);
    frame.operation = add(std::move(operation));
    note_depth(frame.operation);
    frames_.push_back(std::move(frame));
    return true;
  }

  void finish() {
    const Index acquire = frames_.back().operation;
    LockOperation operation = operations()[acquire];
    operation.kind = Kind::release;
    operation.partner = acquire;
    operations()[acquire].partner = add(std::move(operation));
    frames_.pop_back();
  }

  bool find_target(const CallSite& site, Frame& frame) {
    frame.caller_actor = frames_.empty() ? kNone : frames_.back().actor;
    frame.body = site.body;
    switch (site.kind) {
      case Target::Kind::self: frame.actor = frames_.back().actor; return true;
      case Target::Kind::named: {
        const std::optional<std::string> id = text_of(site.id);
        if (!id) return false;
        frame.actor = names_.actor(site.type, names_.text(*id));
        return true;
      }
      case Target::Kind::caller: break;
    }
    frame.actor = frames_.back().caller_actor;
    if (frame.actor == kNone) return refuse("a call of 'caller' where a client is the caller", site.span);
    frame.body = program_.find_body(names_.type_of(frame.actor), site.method);
    if (frame.body == kNone) return refuse("a call of a method that the caller does not have", site.span);
    return true;
  }

  bool find_header(const CallSite& site, ReentrancyId& carried) {
    switch (site.header) {
      case HeaderRule::Kind::by_sdk:
      case HeaderRule::Kind::drop: return true;
      case HeaderRule::Kind::keep:
        if (!frames_.empty()) carried = frames_.back().header_seen;
        return true;
      case HeaderRule::Kind::fresh: carried = fresh_id(); return true;
      case HeaderRule::Kind::literal: break;
    }
    const std::optional<std::string> text = text_of(*site.header_id);
    if (text) carried = names_.literal_id(names_.text(*text));
    return text.has_value();
  }

  std::optional<std::string> label_of(const CallSite& site, const Frame& frame) {
    if (site.label) return text_of(*site.label);
    return names_.actor_name(program_, frame.actor) + "." + program_.bodies[frame.body].method;
  }

  // What looks like a number is one.
  bool bind(const CallSite& site, Frame& frame) {
    frame.values.resize(program_.bodies[frame.body].slot_count);
    if (!site.with) return true;
    for (const BoundValue& bound : *site.with) {
      const Index slot = bound.slot != kNone ? bound.slot : program_.find_bound(frame.body, bound.name);
      if (slot == kNone) continue;
      const std::optional<std::string> text = text_of(bound.value);
      if (!text) return false;
      const auto number = parse_integer(*text);
      frame.values[slot] = {number.value_or(0), number ? std::nullopt : text};
    }
    return true;
  }

  // ---- the lock ----

  ReentrancyId fresh_id() { return Names::generated_id(++generated_ids_); }

  // The key of an arriving call, and the id that its handler sees (I1 and I2 of lock/lock_table.h).
  Index arrive(bool enabled, ReentrancyId carried, Frame& frame) {
    frame.header_seen = carried;
    if (carried == kNoId && (enabled || program_.lock_rules.off_generates_header)) frame.header_seen = fresh_id();
    if (frame.actor >= result_.key_counts.size()) result_.key_counts.resize(frame.actor + 1);
    Index& count = result_.key_counts[frame.actor];
    if (!enabled) return ++count;
    const auto [found, is_new] = keys_.try_emplace({frame.actor, frame.header_seen}, count + 1);
    if (is_new) ++count;
    return found->second;
  }

  // While the chain has not blocked itself, all its calls inside the actor have one key.
  void place_entry(LockOperation& operation) {
    operation.depth = 1;
    for (const Frame& frame : frames_) {
      if (frame.actor != operation.actor) continue;
      const bool is_same = operations()[frame.operation].key == operation.key;
      if (operation.entry == Entry::asks) operation.entry = is_same ? Entry::re_enters : Entry::blocks;
      if (is_same) ++operation.depth;
    }
  }

  // The deepest that a chain gets with a key.
  struct Depth {
    Index chain = kNone;
    Index depth = 0;
    Index operation = 0;
  };

  void note_depth(Index operation) {
    const auto chain = static_cast<Index>(result_.chains.size() - 1);
    const LockOperation& acquire = operations()[operation];
    std::vector<Depth>& depths = depths_[{acquire.actor, acquire.key}];
    if (depths.empty() || depths.back().chain != chain) depths.push_back({chain, 0, operation});
    if (acquire.depth > depths.back().depth) depths.back() = {chain, acquire.depth, operation};
  }

  bool check_limits() {
    for (const auto& [place, depths] : depths_) {
      result_.shares_keys = result_.shares_keys || depths.size() > 1;
      const LockConfig& config = program_.types[names_.type_of(place.first)].settings.lock;
      std::int64_t sum = 0;
      for (const Depth& depth : depths) {
        sum += depth.depth;
        const LockOperation& deepest = result_.chains[depth.chain].operations[depth.operation];
        const bool is_refused = config.enabled && sum > 1 && sum > config.max_stack_depth;  // R3
        if (is_refused) {
          return refuse("a call that could be refused, because the lock's limit is " +
                            std::to_string(config.max_stack_depth) + ",",
                        deepest.span, "a higher reentrancy.maxStackDepth lets it in");
        }
      }
    }
    return true;
  }

  // While somebody waits, somebody is inside: who does not wait there unless it has blocked itself.
  void count_places() {
    result_.key_counts.resize(result_.actors.size());
    result_.place_counts.resize(result_.actors.size());
    std::vector<bool> blocks(result_.actors.size());
    std::vector<Index> last(result_.actors.size(), kNone);
    for (Index chain = 0; chain < result_.chains.size(); ++chain) {
      for (const LockOperation& operation : result_.chains[chain].operations) {
        if (operation.entry == Entry::blocks) blocks[operation.actor] = true;
        if (last[operation.actor] != chain) ++result_.place_counts[operation.actor];
        last[operation.actor] = chain;
      }
    }
    for (Index actor = 0; actor < blocks.size(); ++actor) {
      if (!blocks[actor]) --result_.place_counts[actor];
    }
  }

  // ---- code ----

  // The handler on top goes on to its next call or its end.
  bool step() {
    std::uint64_t silent_steps = 0;
    for (;;) {
      Frame& frame = frames_.back();
      const Instruction& instruction = program_.code[frame.pc];
      if (++silent_steps > kMaxEventsAtOnce) return refuse("a loop that goes round without a call", instruction.span);
      switch (instruction.op) {
        case Op::call: ++frame.pc; return call(instruction.a);
        case Op::recurse: {
          std::int64_t depth = 0;
          if (!evaluate(instruction.b, depth)) return false;
          ++frame.pc;
          if (frame.nesting < depth) return call(instruction.a);
          break;
        }
        case Op::finish: finish(); return true;
        case Op::send: return refuse("a send, which does not wait for its answer,", instruction.span);
        case Op::fail: return refuse("the step 'fail'", instruction.span);
        case Op::fork: return refuse("the step 'parallel'", instruction.span);
        case Op::reply: return refuse("the step 'reply'", instruction.span);
        case Op::sleep: ++frame.pc; break;
        case Op::branch_end: ++frame.pc; break;
        case Op::jump: frame.pc = static_cast<Index>(instruction.value); break;
        case Op::jump_unless:
        case Op::jump_unless_deep: {
          std::int64_t value = 0;
          if (!evaluate(instruction.a, value)) return false;
          const bool holds = instruction.op == Op::jump_unless ? value != 0 : frame.nesting >= value;
          frame.pc = holds ? frame.pc + 1 : static_cast<Index>(instruction.value);
          break;
        }
        case Op::loop_begin: {
          std::int64_t times = 0;
          if (!evaluate(instruction.a, times)) return false;
          frame.values[instruction.b].number = 0;
          frame.values[instruction.b + 1].number = times;
          frame.pc = times > 0 ? frame.pc + 1 : static_cast<Index>(instruction.value);
          break;
        }
        case Op::loop_next: {
          const bool goes_on = ++frame.values[instruction.b].number < frame.values[instruction.b + 1].number;
          frame.pc = goes_on ? static_cast<Index>(instruction.value) : frame.pc + 1;
          break;
        }
      }
    }
  }

  // ---- values ----

  bool evaluate(Index expression, std::int64_t& value) { return evaluate(program_.expressions[expression], value); }

  bool evaluate(const Expression& expression, std::int64_t& value) {
    numbers_.assign(1, outside_);
    if (!frames_.empty()) {
      numbers_.clear();
      for (const Value& slot : frames_.back().values) numbers_.push_back(slot.number);
    }
    const Evaluation result = actorsim::evaluate(expression, numbers_.data());
    value = result.value;
    if (result.problem == Evaluation::Problem::none) return true;
    return refuse("an expression that " + std::string(to_words(result.problem)), expression.span);
  }

  std::optional<std::string> text_of(const Template& value) {
    std::string text;
    for (const Template::Piece& piece : value.pieces) {
      if (piece.kind == Template::Piece::Kind::text) {
        text += piece.text;
        continue;
      }
      if (piece.kind == Template::Piece::Kind::variable && !frames_.empty()) {
        const Value& slot = frames_.back().values[piece.expression->nodes.front().variable];
        if (slot.text) {
          text += *slot.text;
          continue;
        }
      }
      std::int64_t number = 0;
      if (!evaluate(*piece.expression, number)) return std::nullopt;
      text += std::to_string(number);
    }
    return text;
  }

  // ---- the rest ----

  std::vector<LockOperation>& operations() { return result_.chains.back().operations; }

  Index add(LockOperation operation) {
    operations().push_back(std::move(operation));
    return static_cast<Index>(operations().size() - 1);
  }

  bool refuse(std::string what, const Span& span, std::string help = {}) {
    problem_ = {std::move(what), std::move(help), span};
    return false;
  }

  const Program& program_;
  LockProgram result_;
  MoreThanLocks problem_;
  Names names_;
  std::map<std::pair<Index, ReentrancyId>, Index> keys_;          // by actor and id
  std::map<std::pair<Index, Index>, std::vector<Depth>> depths_;  // by actor and key
  std::vector<Frame> frames_;                                     // of the chain at hand, outermost first
  std::vector<std::int64_t> numbers_;
  std::int64_t outside_ = 0;  // `$i` of the load
  std::uint32_t generated_ids_ = 0;
  std::size_t calls_ = 0;
};

}  // namespace

tl::expected<LockProgram, MoreThanLocks> lock_program(const Program& program) { return Walker(program).walk(); }

}  // namespace actorsim
