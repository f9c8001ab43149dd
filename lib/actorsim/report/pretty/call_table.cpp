// Words for what the lock said to each call.
#include "actorsim/report/pretty/call_table.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/pretty/call_tree.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kRowsOfFailure = 24;
constexpr std::size_t kRowsVerbose = 200;
constexpr std::size_t kRowsFull = 10'000;
constexpr std::size_t kLeastName = 8;  // columns that names and locks are not shortened beyond
constexpr std::size_t kLeastLock = 8;

std::string call_number(std::uint32_t serial) { return fmt::format("call {}", std::uint64_t{serial} + 1); }

std::string call_name(const CallRecord& call, const Style& style) {
  const std::string target = call.actor + "." + call.method;
  std::string name = style.text(target);
  if (call.label != target) name += " (" + style.text(call.label) + ")";
  return name;
}

std::string id_text(const std::string& id, const Style& style) { return id.empty() ? "\"\"" : style.text(id); }

// Who held the lock when the call came: `held by r1`, `held by call 1`.
std::string holder_text(const CallRecord& call, const Style& style) {
  if (!call.held_by.empty() && call.behind)
    return fmt::format("held by {}, {}", style.text(call.held_by), call_number(*call.behind));
  if (!call.held_by.empty()) return "held by " + style.text(call.held_by);
  if (call.behind) return "held by " + call_number(*call.behind);
  return "held";
}

// Its lock knows it by an id, be it the empty text. Callbacks of 1.15 and 1.16 have none.
bool has_id(const CallRecord& call) { return call.reentrancy && (!call.id.empty() || call.header == ""); }

std::string free_text(const CallRecord& call, const Style& style) {
  if (!has_id(call)) return "free";
  return (call.id_was_generated ? "free, new id " : "free, id ") + id_text(call.id, style);
}

// The lock as the call met it.
std::string lock_text(const CallRecord& call, const Style& style) {
  switch (call.outcome) {
    case Outcome::not_hosted: return "no host";
    case Outcome::skipped: return "";
    case Outcome::exceeded:
      return call.lock_was_free ? "full"
                                : (call.held_by.empty() ? "full" : "held by " + style.text(call.held_by) + ", full");
    case Outcome::closed: return "closed";
    case Outcome::deadlocked:
    case Outcome::stranded:
    case Outcome::timed_out:
    case Outcome::cancelled:
    case Outcome::failed:
    case Outcome::blocked:
    case Outcome::re_entered:
    case Outcome::entered: break;
  }
  if (call.behind) return holder_text(call, style);
  if (call.was_held) return "held back";
  if (call.had_to_wait) return "held, nobody inside";
  if (call.lock_was_free && call.depth <= 1) return free_text(call, style);
  if (call.lock_was_free) return fmt::format("left to {}, nobody inside", id_text(call.id, style));
  return fmt::format("held by {}, same chain", id_text(call.id, style));
}

std::string depth_text(const CallRecord& call) {
  if (call.depth <= 0) return "";
  return call.reentrancy ? fmt::format("{}/{}", call.depth, call.max_depth) : fmt::format("{}", call.depth);
}

// It got in and was never answered, whatever ended it later.
bool keeps_lock(const CallRecord& call) {
  return call.entered && !call.completed && verdict_of(call.outcome) == Verdict::ok;
}

// Calls that failed because one that they made ended badly: their errors only wrap that one's.
std::set<std::uint32_t> failed_with_another(const Run& run) {
  std::set<std::uint32_t> result;
  for (const CallRecord& call : run.calls) {
    if (call.caller && verdict_of(call.outcome) != Verdict::ok) result.insert(*call.caller);
  }
  return result;
}

// What a compact row adds to its outcome.
std::string consequence(const CallRecord& call, bool failed_by_itself, const Style& style) {
  switch (call.outcome) {
    case Outcome::exceeded: return fmt::format("limit {} of {}", call.max_depth, style.text(call.actor));
    case Outcome::not_hosted: return "nobody hosts " + style.text(call.actor.substr(0, call.actor.find('/')));
    case Outcome::closed: return "the actor was closing";
    case Outcome::skipped: return "";
    case Outcome::failed: return call.error && failed_by_itself ? style.text(call.error->message) : "";
    case Outcome::deadlocked:
    case Outcome::stranded:
    case Outcome::timed_out:
    case Outcome::cancelled:
      if (call.behind) return "behind " + call_number(*call.behind);
      return call.was_held ? "held back" : "locked, nobody inside";
    case Outcome::blocked:
    case Outcome::re_entered:
    case Outcome::entered: break;
  }
  if (!keeps_lock(call)) {
    return call.had_to_wait && call.entered ? fmt::format("waited {}", format_duration(*call.entered - call.arrived))
                                            : "";
  }
  std::string text = "lock " + style.text(call.actor) + ": ";
  text += has_id(call) ? id_text(call.id, style) : call_number(call.serial);
  if (call.depth > 1) text += fmt::format(", depth {}/{}", call.depth, call.max_depth);
  return text;
}

std::string end_text(const CallRecord& call, const Style& style) {
  std::string text = (call.completed ? "answered at " : "ended at ") + format_duration(*call.ended);
  if (!call.ended_by.empty()) text += " by " + style.text(call.ended_by);
  return text;
}

std::vector<std::string> facts(const CallRecord& call, const Style& style) {
  std::vector<std::string> result;
  if (call.span.line > 0) result.push_back(fmt::format("line {}", call.span.line));
  result.push_back(call.header ? fmt::format("sees Dapr-Reentrancy-Id {}{}", id_text(*call.header, style),
                                             call.id_was_generated ? " (new)" : "")
                               : std::string("sees no Dapr-Reentrancy-Id"));
  if (call.reentrancy && call.header != call.id && !call.id.empty())
    result.push_back("lock id " + id_text(call.id, style));
  if (call.had_to_wait && call.entered) result.push_back("waited " + format_duration(*call.entered - call.arrived));
  if (call.had_to_wait && !call.entered) result.push_back("never got in");
  if (call.attempts > 1) result.push_back(fmt::format("{} attempts", call.attempts));
  if (call.ended) result.push_back(end_text(call, style));
  if (call.entered && !call.ended) result.push_back("never answered");
  return result;
}

std::string error_text(const CallError& error, const Style& style) {
  std::string text = fmt::format("{}, HTTP {}", error.code, error.http);
  if (!error.grpc.empty()) text += ", gRPC " + error.grpc;
  return "error " + style.text(text + ": " + error.message);
}

std::string left_out_text(std::size_t count, const Style& style) {
  return fmt::format("{} {} more call{}", style.glyphs().more, count, count == 1 ? "" : "s");
}

std::string outcome_word(const CallRecord& call) { return std::string(to_word(call.outcome)); }

std::vector<std::string> finish(const Table& table, const Run& run, const Style& style, std::size_t width,
                                bool with_titles) {
  std::vector<std::string> lines = table.render(style, width, with_titles);
  if (run.calls_left_out > 0) {
    lines.push_back("  " + style.paint(Paint::faint, fmt::format("{} {} calls were not recorded", style.glyphs().more,
                                                                 run.calls_left_out)));
  }
  return lines;
}

}  // namespace

std::vector<std::string> full_call_table(const Run& run, const Style& style, std::size_t width, Verbosity verbosity) {
  const bool is_full = verbosity == Verbosity::full;
  Table table({{"#", true, 0, 0},
               {"t", false, 0},
               {"call", false, kLeastName},
               {"lock", false, kLeastLock},
               {"depth", true, 0},
               {"outcome", false, 0}});
  for (const TreeRow& row : call_tree(run, is_full ? kRowsFull : kRowsVerbose, style.glyphs())) {
    if (row.call == nullptr) {
      table.add_note(2, row.prefix + left_out_text(row.left_out, style));
      continue;
    }
    const CallRecord& call = *row.call;
    table.add({{fmt::format("{}", std::uint64_t{call.serial} + 1), Paint::faint},
               {format_duration(call.arrived), Paint::plain},
               {call_name(call, style), Paint::plain, row.prefix},
               {lock_text(call, style), Paint::plain},
               {depth_text(call), Paint::plain},
               {outcome_word(call), paint_of(call.outcome)}});
    if (!is_full) continue;
    table.add_note(
        2, fmt::format("{} {}", row.under, fmt::join(facts(call, style), fmt::format(" {} ", style.glyphs().dot))));
    if (call.error) table.add_note(2, fmt::format("{} {}", row.under, error_text(*call.error, style)));
  }
  return finish(table, run, style, width, true);
}

std::vector<std::string> compact_call_table(const Run& run, const Style& style, std::size_t width) {
  const bool has_times =
      std::any_of(run.calls.begin(), run.calls.end(), [](const CallRecord& call) { return call.arrived > 0; });
  std::vector<Table::Column> columns{{"#", true, 0, 0}};
  if (has_times) columns.push_back({"t", false, 0});
  columns.push_back({"call", false, kLeastName});
  columns.push_back({"outcome", false, 0, 4});
  columns.push_back({"", false, kLeastLock, 1});
  const std::set<std::uint32_t> with_another = failed_with_another(run);
  Table table(std::move(columns));
  for (const TreeRow& row : call_tree(run, kRowsOfFailure, style.glyphs())) {
    if (row.call == nullptr) {
      table.add_note(has_times ? 2 : 1, row.prefix + left_out_text(row.left_out, style));
      continue;
    }
    const CallRecord& call = *row.call;
    std::vector<Table::Cell> cells{{fmt::format("{}", std::uint64_t{call.serial} + 1), Paint::faint}};
    if (has_times) cells.push_back({format_duration(call.arrived), Paint::plain});
    cells.push_back({call_name(call, style), Paint::plain, row.prefix});
    cells.push_back({outcome_word(call), paint_of(call.outcome)});
    cells.push_back({consequence(call, with_another.count(call.serial) == 0, style), Paint::plain});
    table.add(std::move(cells));
  }
  return finish(table, run, style, width, false);
}

std::vector<std::string> draw_cycle(const DeadlockCycle& cycle, const Run& run, const Style& style, std::size_t width) {
  const Glyphs& glyphs = style.glyphs();
  std::vector<std::string> lines;
  std::string line = cycle.hops.empty() ? std::string() : call_number(cycle.hops.front().call);
  for (std::size_t i = 0; i < cycle.hops.size(); ++i) {
    const DeadlockCycle::Hop& hop = cycle.hops[i];
    const CallRecord* waiter = run.find(hop.call);
    std::string reason = "reply";
    if (hop.waits_for_lock) reason = waiter == nullptr ? "lock" : "lock " + style.text(waiter->actor);
    const std::string part = fmt::format("{} {} {} {}", glyphs.line, reason, glyphs.head,
                                         call_number(cycle.hops[(i + 1) % cycle.hops.size()].call));
    if (!line.empty() && text_width(line) + 1 + text_width(part) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    line += line.empty() ? part : " " + part;
  }
  lines.push_back(std::move(line));
  return lines;
}

}  // namespace actorsim
