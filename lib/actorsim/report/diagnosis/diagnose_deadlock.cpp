// Why calls wait in a circle: a chain that its own lock does not know, or chains that each hold what another one wants.
#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/diagnosis/case_facts.h"

namespace actorsim {
namespace {

// A call that waits for a lock, and the call that has it.
struct LockWait {
  const CallRecord* waiter = nullptr;
  const CallRecord* holder = nullptr;
};

std::vector<LockWait> lock_waits(const CaseFacts& facts, const DeadlockCycle& cycle) {
  std::vector<LockWait> waits;
  for (std::size_t i = 0; i < cycle.hops.size(); ++i) {
    if (!cycle.hops[i].waits_for_lock) continue;
    const LockWait wait{facts.find(cycle.hops[i].call), facts.find(cycle.hops[(i + 1) % cycle.hops.size()].call)};
    if (wait.waiter != nullptr && wait.holder != nullptr) waits.push_back(wait);
  }
  return waits;
}

// `B/1`, `B/1 and C/1`: the actors between a call and the one far below it that waits for it.
std::string way_between(const CaseFacts& facts, const LockWait& wait) {
  std::vector<std::string> actors;
  for (const CallRecord* at = facts.caller_of(*wait.waiter); at != nullptr && at->serial != wait.holder->serial;
       at = facts.caller_of(*at)) {
    if (at->actor != wait.holder->actor && std::find(actors.begin(), actors.end(), at->actor) == actors.end())
      actors.push_back(at->actor);
  }
  std::reverse(actors.begin(), actors.end());
  if (actors.empty() || actors.size() > 3) return {};
  std::string result = actors.front();
  for (std::size_t i = 1; i < actors.size(); ++i) result += (i + 1 == actors.size() ? " and " : ", ") + actors[i];
  return result;
}

// ---- reentrancy is off --------------------------------------------------------------------------------------------

// Is reentrancy off because the last entry of the type in entitiesConfig says `enabled: false`?
bool entity_says_so(const CaseFacts& facts, const std::string& type_name) {
  bool result = false;
  for (const EntityConfig& entry : facts.scenario().config.entities_config) {
    if (std::find(entry.entities.begin(), entry.entities.end(), type_name) == entry.entities.end()) continue;
    result = entry.settings.reentrancy && entry.settings.reentrancy->enabled;
  }
  return result;
}

// Where the setting got lost: `reentrancy is off`, and why it is off although somebody wanted it.
std::string why_off(const CaseFacts& facts, const CallRecord& waiter) {
  const std::string type_name = type_name_of(waiter.actor);
  const ProgramType* type = facts.type_of(waiter);
  const std::optional<ReentrancySettings>& top = facts.scenario().config.settings.reentrancy;
  if (type != nullptr && type->settings.wanted_reentrancy) {
    return fmt::format(
        "reentrancy is enabled in the config, but {} lets it through only with the feature Actor.Reentrancy, which is "
        "not on",
        facts.release_name());
  }
  if (top && top->enabled.value_or(false)) {
    const bool says_so = entity_says_so(facts, type_name);
    return fmt::format("reentrancy is on, but not for {}: its entry of entitiesConfig {}", type_name,
                       says_so ? "switches it off" : "replaces the top level and inherits nothing from it");
  }
  return top && top->enabled ? "reentrancy is off" : "reentrancy is off (the default)";
}

std::string off_consequence(const CaseFacts& facts, const LockWait& wait) {
  const std::string& actor = wait.waiter->actor;
  if (!facts.is_above(*wait.holder, *wait.waiter)) {
    return fmt::format(
        "so {} waits for {} until {} is over, and that one waits for it in turn; that both belong to one request "
        "counts for nothing.",
        call_number(*wait.waiter), actor, call_number(*wait.holder));
  }
  const std::string way = way_between(facts, wait);
  return fmt::format("so a second call to {} waits for the first, which waits{} for it.", actor,
                     way.empty() ? "" : " (through " + way + ")");
}

void explain_off(const CaseFacts& facts, const LockWait& wait, Diagnosis& diagnosis) {
  const std::string type_name = type_name_of(wait.waiter->actor);
  const ProgramType* type = facts.type_of(*wait.waiter);
  const std::optional<ReentrancySettings>& top = facts.scenario().config.settings.reentrancy;
  diagnosis.why.push_back(fmt::format("{}, {}", why_off(facts, *wait.waiter), off_consequence(facts, wait)));
  if (type != nullptr && type->settings.wanted_reentrancy) {
    diagnosis.fix.push_back(
        "turn the feature on (configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: true}]}})");
    diagnosis.fix.push_back("upgrade to Dapr 1.7 or later, which does without it");
  } else if (top && top->enabled.value_or(false)) {
    diagnosis.fix.push_back(fmt::format("{} reentrancy: {{enabled: true}} in the entitiesConfig entry of {}",
                                        entity_says_so(facts, type_name) ? "say" : "repeat", type_name));
  } else {
    diagnosis.fix.push_back(facts.how_to_enable(type_name));
  }
}

// ---- reentrancy is on, and the id is lost -------------------------------------------------------------------------

// The first call on the way down to `call` that does not carry on the id of `holder`.
const CallRecord* where_lost(const CaseFacts& facts, const CallRecord& call, const std::string& id) {
  const CallRecord* lost = nullptr;
  for (const CallRecord* at = &call; at != nullptr; at = facts.caller_of(*at)) {
    const CallRecord* caller = facts.caller_of(*at);
    if (caller == nullptr) break;
    if (at->header != id && caller->header == id) lost = at;
  }
  return lost;
}

std::string sdk_name(Sdk sdk) {
  switch (sdk) {
    case Sdk::dotnet: return "dotnet";
    case Sdk::python: return "python";
    case Sdk::php: return "php";
    case Sdk::js: return "js";
    case Sdk::java: return "java";
    case Sdk::go: return "go";
    case Sdk::rust: return "rust";
  }
  return {};
}

bool is_callback(const CallRecord& call) { return call.starter == Starter::timer || call.starter == Starter::reminder; }

// What lost the id at `lost`, and what would keep it.
std::pair<std::string, std::string> loss_and_remedy(const CaseFacts& facts, const CallRecord& lost) {
  const CallSite* site = facts.site_of(lost);
  const CallRecord* caller = facts.caller_of(lost);
  const std::string from = caller != nullptr ? type_name_of(caller->actor) : "the client";
  const std::string to = type_name_of(lost.actor);
  const std::string place = facts.at(lost.span);
  const HeaderRule::Kind rule = site != nullptr ? site->header : HeaderRule::Kind::drop;
  if (rule == HeaderRule::Kind::fresh) {
    return {fmt::format("the call to {} gets a new id (header: new{})", lost.label, place), "leave out header: new"};
  }
  if (rule == HeaderRule::Kind::literal) {
    return {fmt::format("the call to {} carries an id of its own (header{})", lost.label, place),
            "leave out the header of its own"};
  }
  const ActorType* type = facts.described_type(from);
  if (caller != nullptr && is_callback(*caller) && caller->header && type != nullptr && type->sdk == Sdk::dotnet) {
    return {fmt::format("the SDK dotnet does not copy Dapr-Reentrancy-Id into the calls of a {}{}",
                        to_word(caller->starter), place.empty() ? "" : " (the call" + place + ")"),
            fmt::format("copy the header by hand in {} (header: keep)", from)};
  }
  if (rule == HeaderRule::Kind::drop && type != nullptr && type->sdk) {
    return {fmt::format(
                "{} is written with the SDK {}, which does not copy Dapr-Reentrancy-Id into the calls of an actor{}",
                from, sdk_name(*type->sdk), place.empty() ? "" : " (the call" + place + ")"),
            fmt::format(
                "copy the header by hand in {} (header: keep), or write it with an SDK that does (dotnet, python, php)",
                from)};
  }
  if (facts.is_hop(lost))
    return {fmt::format("{} -/> {} does not hand it on", from, to), fmt::format("hand it on: {} -> {}", from, to)};
  if (rule == HeaderRule::Kind::drop) {
    return {fmt::format("the call to {} does not hand it on (header: drop{})", lost.label, place),
            "hand Dapr-Reentrancy-Id on in that call (header: keep)"};
  }
  return {fmt::format("{} itself never sees it", caller != nullptr ? call_number(*caller) : from), {}};
}

// The holder is a timer or a reminder whose handler was given no id: what it calls is new to the lock, whoever would
// hand the header on.
void explain_callback(const CaseFacts& facts, const LockWait& wait, Diagnosis& diagnosis) {
  const std::string_view what = to_word(wait.holder->starter);
  const bool has_id = facts.program().rules.callback_lock == CallbackLock::id_never_leaves;
  diagnosis.why.push_back(fmt::format(
      "reentrancy is on, but {} is a {}, and in {} {}: it has none to hand on, so {} comes to {} as a stranger.",
      call_number(*wait.holder), what, facts.release_name(),
      has_id ? fmt::format("the handler of a {} is not shown the id of its chain", what)
             : fmt::format("a {} comes without an id", what),
      call_number(*wait.waiter), wait.waiter->actor));
  diagnosis.why.push_back(fmt::format("It waits for {}, which waits for it.", call_number(*wait.holder)));
  diagnosis.fix.push_back(
      fmt::format("no setting helps: do not call {} from its own {}", type_name_of(wait.waiter->actor), what));
}

void explain_lost_id(const CaseFacts& facts, const LockWait& wait, Diagnosis& diagnosis) {
  if (is_callback(*wait.holder) && !wait.holder->header) return explain_callback(facts, wait, diagnosis);
  const CallRecord* lost = where_lost(facts, *wait.waiter, wait.holder->id);
  std::string reason = "it was lost on the way";
  std::string remedy = "hand Dapr-Reentrancy-Id on in every call of the chain";
  if (lost == nullptr) lost = where_lost(facts, *wait.holder, wait.waiter->id);
  if (lost != nullptr) {
    auto [loss, cure] = loss_and_remedy(facts, *lost);
    reason = std::move(loss);
    if (!cure.empty()) remedy = std::move(cure);
  }
  diagnosis.why.push_back(
      fmt::format("reentrancy is on, but {} comes to {} without the reentrancy id of its chain ({}): {}.",
                  call_number(*wait.waiter), wait.waiter->actor, wait.holder->id, reason));
  diagnosis.why.push_back(
      fmt::format("The lock takes it for a stranger: it waits for {}, which waits for it.", call_number(*wait.holder)));
  diagnosis.fix.push_back(remedy);
}

// ---- reentrancy is on, and the id is right ------------------------------------------------------------------------

void explain_same_id(const CaseFacts& facts, const LockWait& wait, Diagnosis& diagnosis) {
  if (!facts.rules().queues_entries) {
    diagnosis.why.push_back(
        fmt::format("{} and {} carry one id ({}) and both had to wait for {}: up to Dapr 1.14 waiting calls of one "
                    "chain do not enter together.",
                    call_number(*wait.holder), call_number(*wait.waiter), wait.waiter->id, wait.waiter->actor));
    diagnosis.why.push_back(fmt::format("{} got in first and waits for {}, whose turn comes only after it.",
                                        call_number(*wait.holder), call_number(*wait.waiter)));
    diagnosis.fix.push_back("upgrade to Dapr 1.15 or later, where they enter together");
    return;
  }
  diagnosis.why.push_back(fmt::format(
      "{} carries the id of {} ({}), but the lock of {} in {} no longer finds it in front.", call_number(*wait.waiter),
      call_number(*wait.holder), wait.waiter->id, wait.waiter->actor, facts.release_name()));
}

void explain_self_wait(const CaseFacts& facts, const LockWait& wait, Diagnosis& diagnosis) {
  if (!wait.waiter->reentrancy) {
    explain_off(facts, wait, diagnosis);
  } else if (wait.waiter->id != wait.holder->id) {
    explain_lost_id(facts, wait, diagnosis);
  } else {
    explain_same_id(facts, wait, diagnosis);
  }
}

// ---- several chains -----------------------------------------------------------------------------------------------

void explain_crossing(const CaseFacts& facts, const std::vector<LockWait>& waits, Diagnosis& diagnosis) {
  std::vector<std::string> parts;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    const LockWait& wait = waits[i];
    const std::string& held =
        waits[(i + waits.size() - 1) % waits.size()].waiter->actor;  // what the wait before this one is for
    parts.push_back(fmt::format("the chain of call {} holds {} and waits for {}", std::uint64_t{wait.waiter->root} + 1,
                                held, wait.waiter->actor));
    if (wait.waiter->reentrancy && !wait.waiter->id.empty()) ids.push_back(wait.waiter->id);
  }
  if (parts.size() > 4) {
    parts.resize(3);
    parts.push_back("and so on in a circle");
  }
  diagnosis.why.push_back(fmt::format("{}.", fmt::join(parts, "; ")));
  if (ids.size() == waits.size()) {
    diagnosis.why.push_back(
        fmt::format("reentrancy only lets a chain back into a lock that it holds itself; {} are {} chains.",
                    fmt::format("{}", fmt::join(ids, ids.size() == 2 ? " and " : ", ")),
                    ids.size() == 2 ? "two" : std::to_string(ids.size())));
  } else {
    diagnosis.why.push_back("reentrancy would not help: it only lets a chain back into a lock that it holds itself.");
  }
  std::vector<std::string> actors;
  for (const LockWait& wait : waits) actors.push_back(wait.waiter->actor);
  std::sort(actors.begin(), actors.end());
  diagnosis.fix.push_back(
      fmt::format("take the actors in one order in every chain ({})", fmt::join(actors, " before ")));
  const LockWait& last = waits.back();
  if (const CallRecord* caller = facts.caller_of(*last.waiter)) {
    diagnosis.fix.push_back(
        fmt::format("make one hop one-way: {} ~> {}", type_name_of(caller->actor), type_name_of(last.waiter->actor)));
  }
  diagnosis.fix.push_back(waits.size() == 2 ? "let one actor do the work of both" : "let one actor do the work of all");
}

// ---- the whole ----------------------------------------------------------------------------------------------------

std::string headline_of(const CaseFacts& facts, const DeadlockCycle& cycle, const std::vector<LockWait>& waits) {
  if (waits.empty()) return "calls wait for each other in a circle";
  if (cycle.root_calls > 1) {
    return fmt::format("{} wait for each other: {}",
                       cycle.root_calls == 2 ? "two chains" : fmt::format("{} chains", cycle.root_calls),
                       fmt::join(cycle.actors, ", "));
  }
  const LockWait& wait = waits.front();
  if (waits.size() > 1 || !facts.is_above(*wait.holder, *wait.waiter))
    return fmt::format("two branches of one chain wait for each other: {}", fmt::join(cycle.actors, ", "));
  const std::string way = way_between(facts, wait);
  return way.empty() ? fmt::format("{} waits for itself", wait.waiter->actor)
                     : fmt::format("{} waits for itself, through {}", wait.waiter->actor, way);
}

void suggest_sending(const CaseFacts& facts, const LockWait& wait, Diagnosis& diagnosis) {
  const CallRecord* caller = facts.caller_of(*wait.waiter);
  if (caller == nullptr) return;
  diagnosis.fix.push_back(
      fmt::format("send instead of call: {} ~> {}", type_name_of(caller->actor), type_name_of(wait.waiter->actor)));
}

}  // namespace

Diagnosis diagnose_deadlock(const CaseFacts& facts) {
  Diagnosis diagnosis;
  const Run& run = facts.run();
  if (run.deadlocks.empty()) return diagnosis;
  const DeadlockCycle& cycle = run.deadlocks.front();
  const std::vector<LockWait> waits = lock_waits(facts, cycle);
  diagnosis.headline = headline_of(facts, cycle, waits);
  if (waits.empty()) return diagnosis;
  const auto is_own = [](const LockWait& wait) {
    return wait.waiter->root == wait.holder->root ||
           (wait.waiter->reentrancy && !wait.waiter->id.empty() && wait.waiter->id == wait.holder->id);
  };
  const auto own = std::find_if(waits.begin(), waits.end(), is_own);
  if (own != waits.end()) {
    explain_self_wait(facts, *own, diagnosis);
    suggest_sending(facts, *own, diagnosis);
  } else {
    explain_crossing(facts, waits, diagnosis);
  }
  diagnosis.why.push_back(facts.how_long(cycle.broken_up_at));
  const std::uint64_t stranded = run.counts.of(Outcome::stranded);
  if (stranded > 0)
    diagnosis.why.push_back(fmt::format("{} {} stranded behind it and will never get in.", stranded,
                                        stranded == 1 ? "other call is" : "other calls are"));
  return diagnosis;
}

}  // namespace actorsim
