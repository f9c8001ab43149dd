// From runs to columns: runs that came out alike share one.
#include "actorsim/report/compare/compare.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/compare/compare_calls.h"
#include "actorsim/report/diagnosis/diagnosis.h"

namespace actorsim {
namespace {

ComparedCall to_compared(const CallRecord& call) {
  return {call.outcome, call.completed,          call.depth,     call.attempts, call.arrived, call.entered,
          end_of(call), call.header.has_value(), call.reentrancy};
}

// What stands in no row: rare, but a difference nevertheless.
bool same_beside_calls(const Run& left, const Run& right) {
  const auto same_cycle = [](const DeadlockCycle& a, const DeadlockCycle& b) {
    return a.actors == b.actors && a.broken_up_at == b.broken_up_at;
  };
  const auto same_deactivation = [](const DeactivationRecord& a, const DeactivationRecord& b) {
    return a.actor == b.actor && a.at == b.at && a.moved == b.moved;
  };
  return left.verdict == right.verdict && left.counts.calls == right.counts.calls &&
         left.counts.attempts == right.counts.attempts && left.counts.by_outcome == right.counts.by_outcome &&
         left.overlap_count == right.overlap_count && left.reached_horizon == right.reached_horizon &&
         std::equal(left.deadlocks.begin(), left.deadlocks.end(), right.deadlocks.begin(), right.deadlocks.end(),
                    same_cycle) &&
         std::equal(left.deactivations.begin(), left.deactivations.end(), right.deactivations.begin(),
                    right.deactivations.end(), same_deactivation);
}

class Comparer {
 public:
  explicit Comparer(const std::vector<ReleaseRun>& runs) : runs_(runs) {
    std::vector<const Run*> all;
    for (const ReleaseRun& entry : runs) all.push_back(&entry.run);
    entries_ = MatchedCalls(all).in_order();
  }

  ReleaseComparison compare() {
    for (std::size_t i = 0; i < runs_.size(); ++i) place(i);
    for (const MatchedCalls::Entry& entry : entries_) add_row(entry);
    for (const ReleaseRun& entry : runs_)
      result_.calls_left_out = std::max<std::size_t>(result_.calls_left_out, entry.run.calls_left_out);
    for (std::size_t i = 1; i < runs_.size(); ++i) add_change(i);
    return std::move(result_);
  }

 private:
  static std::optional<ComparedCall> cell(const CallRecord* call) {
    if (call == nullptr) return std::nullopt;
    return to_compared(*call);
  }

  bool alike(std::size_t left, std::size_t right) const {
    return same_beside_calls(runs_[left].run, runs_[right].run) &&
           std::all_of(entries_.begin(), entries_.end(), [&](const MatchedCalls::Entry& entry) {
             return cell(entry.calls[left]) == cell(entry.calls[right]);
           });
  }

  // The column of a run: one that is there, or a new one.
  void place(std::size_t run) {
    const ReleaseRun& entry = runs_[run];
    for (std::size_t column = 0; column < first_of_.size(); ++column) {
      if (!alike(first_of_[column], run)) continue;
      std::vector<ReleaseGroup>& releases = result_.columns[column].releases;
      const bool follows = column_of_[run - 1] == column && !entry.releases.first.is_docs && is_next(run);
      if (follows) {
        releases.back().last = entry.releases.last;
      } else {
        releases.push_back(entry.releases);
      }
      column_of_.push_back(column);
      return;
    }
    column_of_.push_back(first_of_.size());
    first_of_.push_back(run);
    result_.columns.push_back(
        {{entry.releases}, entry.run.verdict, entry.headline, describe_setting(entry.program), entry.run.counts});
  }

  // Does no release lie between this run's and the one before?
  bool is_next(std::size_t run) const {
    const Release& before = runs_[run - 1].releases.last;
    const Release& after = runs_[run].releases.first;
    if (before.minor == after.minor) return before.patch + 1 == after.patch;
    return before.minor + 1 == after.minor && after.patch == 0 && before == parse_release(line_of(before));
  }

  static std::string line_of(const Release& release) { return fmt::format("1.{}", release.minor); }

  void add_row(const MatchedCalls::Entry& entry) {
    ComparedRow row;
    row.label = entry.label;
    row.target = entry.target;
    row.starter = entry.starter;
    if (entry.caller != MatchedCalls::kNobody) {
      row.caller = entry.caller;
      row.level = result_.rows[entry.caller].level + 1;
    }
    for (const std::size_t run : first_of_) row.cells.push_back(cell(entry.calls[run]));
    row.differs = std::any_of(row.cells.begin(), row.cells.end(),
                              [&](const std::optional<ComparedCall>& other) { return !(other == row.cells.front()); });
    result_.rows.push_back(std::move(row));
  }

  // Documentation that agrees with a release is no step of an upgrade.
  void add_change(std::size_t run) {
    if (column_of_[run] == column_of_[run - 1]) return;
    const bool is_known = std::find(column_of_.begin(), column_of_.begin() + static_cast<std::ptrdiff_t>(run),
                                    column_of_[run]) != column_of_.begin() + static_cast<std::ptrdiff_t>(run);
    if (runs_[run].releases.first.is_docs && is_known) return;
    ComparedChange change;
    change.from = runs_[run - 1].releases.last;
    change.to = runs_[run].releases.first;
    change.from_name = to_string(change.from);
    change.to_name = new_name(run);
    change.reasons = reasons_for_change(runs_[run - 1], runs_[run], old_name(run), new_name(run));
    change.effect = effect_of(column_of_[run - 1], column_of_[run]);
    result_.changes.push_back(std::move(change));
  }

  // `up to 1.14` where all before it came out alike, else `in 1.14`.
  std::string old_name(std::size_t run) const {
    const bool always = std::all_of(column_of_.begin(), column_of_.begin() + static_cast<std::ptrdiff_t>(run),
                                    [&](std::size_t column) { return column == column_of_[run - 1]; });
    const bool from_the_oldest = runs_[0].releases.first == release_groups().front().first;
    return (always && from_the_oldest ? "up to " : "in ") + to_string(runs_[run - 1].releases.last);
  }

  // `1.15` where the whole line comes out alike, else `1.15.0`.
  std::string new_name(std::size_t run) const {
    const Release& first = runs_[run].releases.first;
    if (first.is_docs) return "the documentation";
    const std::vector<ReleaseGroup>& releases = result_.columns[column_of_[run]].releases;
    const auto range =
        std::find_if(releases.begin(), releases.end(), [&](const ReleaseGroup& group) { return group.first == first; });
    const bool has_whole_line = range != releases.end() && first.patch == 0 &&
                                (range->last.minor > first.minor || range->last == parse_release(line_of(first)));
    return has_whole_line ? line_of(first) : to_string(first);
  }

  // The verdict if it changes, and the call that tells most.
  std::string effect_of(std::size_t from, std::size_t to) const {
    const Verdict before = result_.columns[from].verdict;
    const Verdict after = result_.columns[to].verdict;
    std::string text;
    if (before != after) text = fmt::format("verdict {} instead of {}", to_word(after), to_word(before));
    const ComparedRow* row = telling_row(from, to);
    const bool adds_something = row != nullptr && (before == after || !row->cells[from] || !row->cells[to] ||
                                                   row->cells[from]->outcome != row->cells[to]->outcome);
    if (adds_something) {
      if (!text.empty()) text += "; ";
      text += row->label + ": " + difference(row->cells[from], row->cells[to]);
    }
    return text.empty() ? difference_beside_calls(runs_[first_of_[from]].run, runs_[first_of_[to]].run) : text;
  }

  static std::string difference_beside_calls(const Run& before, const Run& after) {
    const auto end = [](const Run& run) {
      return run.deadlocks.empty() ? std::nullopt : run.deadlocks.front().broken_up_at;
    };
    if (end(before) != end(after)) {
      const std::string then = end(before) ? "at " + format_duration(*end(before)) : "never";
      return end(after)
                 ? fmt::format("the deadlock is broken up at {} instead of {}", format_duration(*end(after)), then)
                 : fmt::format("the deadlock is never broken up instead of {}", then);
    }
    if (before.deactivation_count != after.deactivation_count)
      return fmt::format("{} deactivation{} instead of {}", after.deactivation_count,
                         after.deactivation_count == 1 ? "" : "s", before.deactivation_count);
    const auto [old_one, new_one] = std::mismatch(
        before.deactivations.begin(), before.deactivations.end(), after.deactivations.begin(),
        after.deactivations.end(),
        [](const DeactivationRecord& a, const DeactivationRecord& b) { return a.actor == b.actor && a.at == b.at; });
    if (old_one != before.deactivations.end() && new_one != after.deactivations.end()) {
      const std::string old_name = old_one->actor == new_one->actor ? std::string() : old_one->actor + " ";
      return fmt::format("{} is deactivated at {} instead of {}{}", new_one->actor, format_duration(new_one->at),
                         old_name, format_duration(old_one->at));
    }
    if (before.overlap_count != after.overlap_count)
      return fmt::format("{} overlaps instead of {}", after.overlap_count, before.overlap_count);
    return "the calls come out alike, what happens around them does not";
  }

  // Another outcome before another time; among those the worst outcome, old or new; the first of equals.
  const ComparedRow* telling_row(std::size_t from, std::size_t to) const {
    const ComparedRow* found = nullptr;
    int best = -1;
    for (const ComparedRow& row : result_.rows) {
      const auto& before = row.cells[from];
      const auto& after = row.cells[to];
      if (before == after) continue;
      const bool other_outcome = before && after && before->outcome != after->outcome;
      int weight = other_outcome ? 100 : 0;
      for (const auto& cell : {before, after}) {
        if (cell) weight = std::max(weight, (other_outcome ? 100 : 0) + static_cast<int>(verdict_of(cell->outcome)));
      }
      if (weight > best) found = &row;
      best = std::max(best, weight);
    }
    return found;
  }

  static std::string difference(const std::optional<ComparedCall>& before, const std::optional<ComparedCall>& after) {
    if (!after) return "not made";
    if (!before) return fmt::format("made, and {}", to_word(after->outcome));
    if (before->outcome != after->outcome)
      return fmt::format("{} instead of {}", to_word(after->outcome), to_word(before->outcome));
    if (before->depth != after->depth) return fmt::format("depth {} instead of {}", after->depth, before->depth);
    if (before->attempts != after->attempts)
      return fmt::format("{} attempt{} instead of {}", after->attempts, after->attempts == 1 ? "" : "s",
                         before->attempts);
    if (before->entered != after->entered) return difference("gets in", before->entered, after->entered);
    if (before->ended != after->ended) return difference("ends", before->ended, after->ended);
    if (before->completed != after->completed) return after->completed ? "answered" : "not answered";
    if (before->arrived != after->arrived) return difference("comes", before->arrived, after->arrived);
    return after->header_seen ? "its handler sees an id" : "its handler sees no id";
  }

  static std::string difference(std::string_view verb, const std::optional<Nanoseconds>& before,
                                const std::optional<Nanoseconds>& after) {
    const std::string then = before ? "at " + format_duration(*before) : "never";
    return after ? fmt::format("{} at {} instead of {}", verb, format_duration(*after), then)
                 : fmt::format("never {} instead of {}", verb, then);
  }

  const std::vector<ReleaseRun>& runs_;
  std::vector<MatchedCalls::Entry> entries_;
  std::vector<std::size_t> column_of_;  // of each run
  std::vector<std::size_t> first_of_;   // of each column: its first run
  ReleaseComparison result_;
};

}  // namespace

bool operator==(const ComparedCall& left, const ComparedCall& right) {
  const bool same_header = left.header_seen == right.header_seen || !left.reentrancy || !right.reentrancy;
  return left.outcome == right.outcome && left.completed == right.completed && left.depth == right.depth &&
         left.attempts == right.attempts && left.arrived == right.arrived && left.entered == right.entered &&
         left.ended == right.ended && same_header;
}

ReleaseComparison compare_runs(const std::vector<ReleaseRun>& runs) { return Comparer(runs).compare(); }

std::string to_string(const ReleaseGroup& group, std::string_view dash) {
  if (group.first == group.last) return to_string(group.first);
  const std::string line = fmt::format("1.{}", group.first.minor);
  const bool from_the_start = group.first.patch == 0;
  if (from_the_start && parse_release(line) == group.last) return line;
  if (group.first.minor == group.last.minor)
    return fmt::format("{}{}{}", full_name(group.first), dash, group.last.patch);
  return fmt::format("{}{}{}", from_the_start ? line : full_name(group.first), dash, to_string(group.last));
}

}  // namespace actorsim
