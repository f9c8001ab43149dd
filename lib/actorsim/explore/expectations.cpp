// Checking: each stated fact against the run, with what came instead.
#include "actorsim/explore/expectations.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/expectation_text.h"

namespace actorsim {
namespace {

bool holds(const Comparison& comparison, std::int64_t value) {
  switch (comparison.op) {
    case Comparison::Operator::equal: return value == comparison.value;
    case Comparison::Operator::not_equal: return value != comparison.value;
    case Comparison::Operator::less: return value < comparison.value;
    case Comparison::Operator::less_equal: return value <= comparison.value;
    case Comparison::Operator::greater: return value > comparison.value;
    case Comparison::Operator::greater_equal: return value >= comparison.value;
  }
  return false;
}

std::int64_t count_of(const Counts& counts, CountKey key) {
  const auto value = [&]() -> std::uint64_t {
    switch (key) {
      case CountKey::calls: return counts.calls;
      case CountKey::attempts: return counts.attempts;
      case CountKey::entered: return counts.entered;
      case CountKey::re_entered: return counts.re_entered;
      case CountKey::blocked: return counts.blocked;
      case CountKey::completed: return counts.completed;
      case CountKey::deadlocked: return counts.of(Outcome::deadlocked);
      case CountKey::stranded: return counts.of(Outcome::stranded);
      case CountKey::exceeded: return counts.of(Outcome::exceeded);
      case CountKey::closed: return counts.of(Outcome::closed);
      case CountKey::not_hosted: return counts.of(Outcome::not_hosted);
      case CountKey::timed_out: return counts.of(Outcome::timed_out);
      case CountKey::cancelled: return counts.of(Outcome::cancelled);
      case CountKey::failed: return counts.of(Outcome::failed);
      case CountKey::skipped: return counts.of(Outcome::skipped);
    }
    return 0;
  }();
  return static_cast<std::int64_t>(value);
}

std::string cycle_text(const std::vector<std::string>& actors) { return fmt::format("[{}]", fmt::join(actors, ", ")); }

bool is_rotation(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t shift = 0; shift < left.size(); ++shift) {
    bool same = true;
    for (std::size_t i = 0; same && i < left.size(); ++i) same = left[i] == right[(i + shift) % right.size()];
    if (same) return true;
  }
  return left.empty();
}

class Checker {
 public:
  Checker(const Expectations& expectations, const Program& program, const Run& run,
          const std::vector<Diagnostic>& warnings)
      : expectations_(expectations), program_(program), run_(run), warnings_(warnings) {}

  tl::expected<std::vector<ExpectationResult>, Diagnostics> check() {
    check_verdict();
    for (const CallExpectation& call : expectations_.calls) check_call(call);
    for (const CountExpectation& count : expectations_.counts) check_count(count);
    if (expectations_.order) check_order(*expectations_.order);
    if (expectations_.deadlock) check_deadlock(*expectations_.deadlock);
    if (expectations_.overlap) check_overlap(*expectations_.overlap);
    for (const HeaderExpectation& header : expectations_.headers) check_header(header);
    for (const ErrorExpectation& error : expectations_.errors) check_error(error);
    for (const DeactivatedExpectation& deactivated : expectations_.deactivated) check_deactivated(deactivated);
    if (expectations_.warnings) check_warnings(*expectations_.warnings);
    if (problems_.has_errors()) return tl::unexpected(std::move(problems_));
    std::stable_sort(results_.begin(), results_.end(), [](const ExpectationResult& a, const ExpectationResult& b) {
      return a.span.line != b.span.line ? a.span.line < b.span.line : a.span.column < b.span.column;
    });
    return std::move(results_);
  }

 private:
  void add(std::string text, const Span& span, bool passed, std::string got) {
    ExpectationResult result;
    result.text = std::move(text);
    if (!passed) result.got = std::move(got);
    result.span = span;
    result.passed = passed;
    results_.push_back(std::move(result));
  }

  void check_verdict() {
    if (!expectations_.verdict) return;
    const Verdict wanted = expectations_.verdict->value;
    add(fmt::format("verdict: {}", to_word(wanted)), expectations_.verdict->span, run_.verdict == wanted,
        std::string(to_word(run_.verdict)));
  }

  // ---- calls ----

  // The calls that a key stands for, by arrival; empty (and a problem noted) where there is none.
  std::vector<const CallRecord*> find(const CallKey& key) {
    std::vector<const CallRecord*> found;
    if (key.index) {  // a label may have a # of its own
      const std::string whole = to_string(key);
      for (const CallRecord& record : run_.calls) {
        if (record.label == whole) found.push_back(&record);
      }
      if (!found.empty()) return found;
    }
    std::uint64_t position = 0;
    for (const CallRecord& record : run_.calls) {
      if (record.label != key.label) continue;
      ++position;
      if (!key.index || *key.index == position) found.push_back(&record);
    }
    if (found.empty() && !is_skipped(key)) note_unknown(key, position);
    return found;
  }

  bool is_skipped(const CallKey& key) const {
    return !key.index && std::any_of(run_.skipped.begin(), run_.skipped.end(),
                                     [&](const SkippedCall& skipped) { return skipped.label == key.label; });
  }

  void note_unknown(const CallKey& key, std::uint64_t matching) {
    Diagnostic problem;
    problem.code = "unknown-label";
    problem.file = program_.file;
    problem.span = key.span;
    if (matching > 0) {
      problem.message = fmt::format("there is no {}: only {} call{} labelled {}", in_quotes(to_string(key)), matching,
                                    matching == 1 ? " is" : "s are", in_quotes(key.label));
    } else {
      problem.message = fmt::format("no call is labelled {}", in_quotes(key.label));
      std::vector<std::string> labels;
      for (const CallRecord& record : run_.calls) {
        if (labels.size() < 1000 && (labels.empty() || labels.back() != record.label)) labels.push_back(record.label);
      }
      for (const SkippedCall& skipped : run_.skipped) labels.push_back(skipped.label);
      std::sort(labels.begin(), labels.end());
      labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
      problem.help = suggestion(key.label, labels);
    }
    problems_.add(std::move(problem));
  }

  // One result for one property of all calls that a key stands for; the first that differs is told.
  template <typename Test, typename Describe>
  void check_each(const std::string& text, const Span& span, const std::vector<const CallRecord*>& calls, Test test,
                  Describe describe) {
    for (const CallRecord* call : calls) {
      if (test(*call)) continue;
      std::string got = describe(*call);
      if (calls.size() > 1) got += fmt::format(" (call {})", call->serial + 1);
      add(text, span, false, std::move(got));
      return;
    }
    add(text, span, true, {});
  }

  void check_call(const CallExpectation& wanted) {
    const std::vector<const CallRecord*> calls = find(wanted.key);
    const std::string key = to_string(wanted.key);
    if (calls.empty()) {
      check_skipped_call(wanted, key);
      return;
    }
    if (wanted.outcome) {
      check_each(
          fmt::format("{}: {}", key, to_word(*wanted.outcome)), wanted.span, calls,
          [&](const CallRecord& call) { return call.outcome == *wanted.outcome; },
          [](const CallRecord& call) { return std::string(to_word(call.outcome)); });
    }
    if (wanted.depth) {
      check_each(
          fmt::format("{}: depth {}", key, to_text(*wanted.depth)), wanted.span, calls,
          [&](const CallRecord& call) { return holds(*wanted.depth, call.depth); },
          [](const CallRecord& call) { return fmt::format("depth {}", call.depth); });
    }
    check_time(key, "waited", wanted.waited, wanted.span, calls,
               [](const CallRecord& call) -> std::optional<Nanoseconds> {
                 if (!call.entered) return std::nullopt;
                 return *call.entered - call.arrived;
               });
    check_time(key, "entered-at", wanted.entered_at, wanted.span, calls,
               [](const CallRecord& call) { return call.entered; });
    check_time(key, "ended-at", wanted.ended_at, wanted.span, calls, [](const CallRecord& call) { return call.ended; });
    if (wanted.completed) {
      check_each(
          fmt::format("{}: completed {}", key, *wanted.completed), wanted.span, calls,
          [&](const CallRecord& call) { return call.completed == *wanted.completed; },
          [](const CallRecord& call) { return fmt::format("completed {}", call.completed); });
    }
  }

  void check_skipped_call(const CallExpectation& wanted, const std::string& key) {
    if (!is_skipped(wanted.key)) return;
    const bool only_skipped = wanted.outcome == Outcome::skipped && !wanted.depth && !wanted.waited &&
                              !wanted.entered_at && !wanted.ended_at && !wanted.completed.value_or(false);
    const std::string text = wanted.outcome ? fmt::format("{}: {}", key, to_word(*wanted.outcome)) : key;
    add(text, wanted.span, only_skipped, "skipped: its step was never reached");
  }

  template <typename Read>
  void check_time(const std::string& key, std::string_view name, const std::optional<Nanoseconds>& wanted,
                  const Span& span, const std::vector<const CallRecord*>& calls, Read read) {
    if (!wanted) return;
    check_each(
        fmt::format("{}: {} {}", key, name, format_duration(*wanted)), span, calls,
        [&](const CallRecord& call) { return read(call) == wanted; },
        [&](const CallRecord& call) {
          const std::optional<Nanoseconds> value = read(call);
          return value ? fmt::format("{} {}", name, format_duration(*value)) : fmt::format("{} never", name);
        });
  }

  // ---- the rest ----

  void check_count(const CountExpectation& wanted) {
    const std::int64_t got = count_of(run_.counts, wanted.key);
    add(fmt::format("{}: {}", to_word(wanted.key), to_text(wanted.comparison)), wanted.span,
        holds(wanted.comparison, got), fmt::format("{}", got));
  }

  void check_order(const Spanned<std::vector<std::vector<CallKey>>>& wanted) {
    std::vector<const CallRecord*> entered;
    for (const CallRecord& record : run_.calls) {
      if (record.entered) entered.push_back(&record);
    }
    std::sort(entered.begin(), entered.end(),
              [](const CallRecord* a, const CallRecord* b) { return a->entered_order < b->entered_order; });
    std::vector<std::string> all;
    std::size_t position = 0;
    std::string missing;
    for (const std::vector<CallKey>& group : wanted.value) {
      std::vector<std::string> words;
      std::vector<std::vector<const CallRecord*>> candidates;
      for (const CallKey& key : group) {
        candidates.push_back(find(key));
        words.push_back(to_string(key));
      }
      const std::string text = group.size() == 1 ? words.front() : fmt::format("[{}]", fmt::join(words, ", "));
      all.push_back(text);
      if (!missing.empty()) continue;
      std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
      const std::optional<std::size_t> next = find_group(entered, position, candidates);
      if (next) {
        position = *next;
      } else {
        missing = text;
      }
    }
    std::vector<std::string> order;
    for (std::size_t i = 0; i < std::min<std::size_t>(entered.size(), 12); ++i) order.push_back(entered[i]->label);
    if (entered.size() > 12) order.emplace_back("…");
    add(fmt::format("order: [{}]", fmt::join(all, ", ")), wanted.span, missing.empty(),
        fmt::format("{} has no place; entered: {}", missing, fmt::join(order, ", ")));
  }

  // Where a group of one instant ends, looked for from `position` on: the earliest instant in which each of its keys
  // entered.
  static std::optional<std::size_t> find_group(const std::vector<const CallRecord*>& entered, std::size_t position,
                                               const std::vector<std::vector<const CallRecord*>>& candidates) {
    for (std::size_t begin = position; begin < entered.size();) {
      std::size_t end = begin + 1;
      if (candidates.size() > 1) {
        while (end < entered.size() && entered[end]->entered == entered[begin]->entered) ++end;
      }
      std::size_t last = begin;
      std::vector<const CallRecord*> used;
      bool complete = true;
      for (const auto& wanted : candidates) {
        bool found = false;
        for (std::size_t i = begin; i < end && !found; ++i) {
          found = std::find(wanted.begin(), wanted.end(), entered[i]) != wanted.end() &&
                  std::find(used.begin(), used.end(), entered[i]) == used.end();
          if (!found) continue;
          used.push_back(entered[i]);
          last = std::max(last, i);
        }
        complete = complete && found;
      }
      if (complete) return last + 1;
      begin = end;
    }
    return std::nullopt;
  }

  std::string deadlocks_text() const {
    if (run_.deadlocks.empty()) return "no deadlock";
    std::vector<std::string> cycles;
    for (const DeadlockCycle& deadlock : run_.deadlocks) cycles.push_back(cycle_text(deadlock.actors));
    return fmt::format("cycle {}", fmt::join(cycles, " and "));
  }

  void check_deadlock(const DeadlockExpectation& wanted) {
    if (wanted.none) {
      add("deadlock: none", wanted.span, run_.deadlocks.empty(), deadlocks_text());
      return;
    }
    std::vector<const DeadlockCycle*> matching;
    for (const DeadlockCycle& deadlock : run_.deadlocks) {
      if (!wanted.cycle || is_rotation(*wanted.cycle, deadlock.actors)) matching.push_back(&deadlock);
    }
    const std::string text =
        wanted.cycle ? fmt::format("deadlock: cycle {}", cycle_text(*wanted.cycle)) : std::string("deadlock");
    add(text, wanted.span, !matching.empty(), deadlocks_text());
    if (matching.empty() || (!wanted.broken_up_at && !wanted.never_broken_up)) return;
    const auto describe = [](const std::optional<Nanoseconds>& at) {
      return at ? format_duration(*at) : std::string("never");
    };
    const bool holds_for_one = std::any_of(matching.begin(), matching.end(), [&](const DeadlockCycle* deadlock) {
      return wanted.never_broken_up ? !deadlock->broken_up_at : deadlock->broken_up_at == wanted.broken_up_at;
    });
    add(fmt::format("deadlock: broken-up-at {}", describe(wanted.broken_up_at)), wanted.span, holds_for_one,
        fmt::format("broken up at {}", describe(matching.front()->broken_up_at)));
  }

  void check_overlap(const OverlapExpectation& wanted) {
    std::string got = "no overlap";
    if (!run_.overlaps.empty()) {
      const OverlapRecord& first = run_.overlaps.front();
      got = fmt::format("{} and {} together inside {} at {}", first.inside_label, first.entering_label, first.actor,
                        format_duration(first.at));
    }
    if (wanted.none) {
      add("overlap: none", wanted.span, run_.overlaps.empty(), got);
      return;
    }
    std::vector<std::vector<const CallRecord*>> calls;
    std::vector<std::string> keys;
    for (const CallKey& key : wanted.calls) {
      calls.push_back(find(key));
      keys.push_back(to_string(key));
    }
    const bool found = std::any_of(run_.overlaps.begin(), run_.overlaps.end(), [&](const OverlapRecord& record) {
      if (wanted.actor && record.actor != *wanted.actor) return false;
      return std::all_of(calls.begin(), calls.end(), [&](const std::vector<const CallRecord*>& candidates) {
        return std::any_of(candidates.begin(), candidates.end(), [&](const CallRecord* call) {
          return call->serial == record.entering || call->serial == record.inside;
        });
      });
    });
    std::string text = "overlap:";
    if (wanted.actor) text += " actor " + *wanted.actor;
    if (!keys.empty()) text += fmt::format(" calls [{}]", fmt::join(keys, ", "));
    add(text, wanted.span, found, got);
  }

  void check_header(const HeaderExpectation& wanted) {
    const std::vector<const CallRecord*> calls = find(wanted.key);
    const std::string key = to_string(wanted.key);
    if (calls.empty()) {
      if (is_skipped(wanted.key)) add("header " + key, wanted.span, false, "skipped: its step was never reached");
      return;
    }
    const auto describe = [](const CallRecord& call) {
      return call.header ? "header " + in_quotes(*call.header) : std::string("no header");
    };
    switch (wanted.kind) {
      case HeaderExpectation::Kind::present:
        check_each(
            fmt::format("header {}: present", key), wanted.span, calls,
            [](const CallRecord& call) { return call.header.has_value(); }, describe);
        return;
      case HeaderExpectation::Kind::absent:
        check_each(
            fmt::format("header {}: absent", key), wanted.span, calls,
            [](const CallRecord& call) { return !call.header; }, describe);
        return;
      case HeaderExpectation::Kind::literal:
        check_each(
            fmt::format("header {}: {}", key, in_quotes(wanted.text)), wanted.span, calls,
            [&](const CallRecord& call) { return call.header == wanted.text; }, describe);
        return;
      case HeaderExpectation::Kind::same_as: break;
    }
    const std::vector<const CallRecord*> others = find(same_as_key(wanted));
    if (others.empty()) {
      if (is_skipped(same_as_key(wanted))) {
        add(fmt::format("header {}: the same as {}", key, wanted.text), wanted.span, false,
            wanted.text + " was skipped");
      }
      return;
    }
    check_each(
        fmt::format("header {}: the same as {}", key, wanted.text), wanted.span, calls,
        [&](const CallRecord& call) { return call.header && call.header == others.front()->header; },
        [&](const CallRecord& call) {
          return fmt::format("{}, {} saw {}", describe(call), wanted.text, describe(*others.front()));
        });
  }

  void check_error(const ErrorExpectation& wanted) {
    const std::vector<const CallRecord*> calls = find(wanted.call);
    const std::string key = to_string(wanted.call);
    if (calls.empty()) {
      if (is_skipped(wanted.call)) add("error " + key, wanted.span, false, "skipped: its step was never reached");
      return;
    }
    const auto check_text = [&](std::string_view name, const std::optional<std::string>& text,
                                std::string CallError::*field, bool is_part) {
      if (!text) return;
      check_each(
          fmt::format("error {}: {} {}", key, name, in_quotes(*text)), wanted.span, calls,
          [&](const CallRecord& call) {
            if (!call.error) return false;
            const std::string& got = (*call.error).*field;
            return is_part ? got.find(*text) != std::string::npos : got == *text;
          },
          [&](const CallRecord& call) {
            return call.error ? fmt::format("{} {}", name, in_quotes((*call.error).*field)) : std::string("no error");
          });
    };
    check_text("code", wanted.code, &CallError::code, false);
    check_text("grpc", wanted.grpc, &CallError::grpc, false);
    check_text("message", wanted.message, &CallError::message, true);
    if (!wanted.http) return;
    check_each(
        fmt::format("error {}: http {}", key, *wanted.http), wanted.span, calls,
        [&](const CallRecord& call) { return call.error && call.error->http == *wanted.http; },
        [](const CallRecord& call) {
          return call.error ? fmt::format("http {}", call.error->http) : std::string("no error");
        });
  }

  void check_deactivated(const DeactivatedExpectation& wanted) {
    std::vector<Nanoseconds> times;
    for (const DeactivationRecord& record : run_.deactivations) {
      if (record.actor == wanted.actor) times.push_back(record.at);
    }
    std::vector<std::string> words;
    for (const Nanoseconds at : times) words.push_back(format_duration(at));
    const std::string got =
        times.empty() ? "never deactivated" : fmt::format("deactivated at {}", fmt::join(words, ", "));
    if (wanted.count) {
      add(fmt::format("deactivated {}: count {}", wanted.actor, to_text(*wanted.count)), wanted.span,
          holds(*wanted.count, static_cast<std::int64_t>(times.size())), got);
    }
    if (wanted.at) {
      add(fmt::format("deactivated {}: at {}", wanted.actor, format_duration(*wanted.at)), wanted.span,
          std::find(times.begin(), times.end(), *wanted.at) != times.end(), got);
    }
  }

  // As many warnings as are listed, each containing one of the texts, each text in one warning of its own.
  void check_warnings(const Spanned<std::vector<std::string>>& wanted) {
    std::vector<bool> used(warnings_.size());
    std::string missing;
    for (const std::string& text : wanted.value) {
      bool found = false;
      for (std::size_t i = 0; i < warnings_.size() && !found; ++i) {
        found = !used[i] && warnings_[i].message.find(text) != std::string::npos;
        if (found) used[i] = true;
      }
      if (!found && missing.empty()) missing = text;
    }
    std::string got = fmt::format("{} warning{}", warnings_.size(), warnings_.size() == 1 ? "" : "s");
    if (!missing.empty()) got = fmt::format("no warning says {}", in_quotes(missing));
    for (std::size_t i = 0; i < used.size() && missing.empty(); ++i) {
      if (!used[i]) got = fmt::format("also the warning {}", in_quotes(warnings_[i].message));
    }
    std::vector<std::string> texts;
    for (const std::string& text : wanted.value) texts.push_back(in_quotes(text));
    add(fmt::format("warnings: [{}]", fmt::join(texts, ", ")), wanted.span,
        missing.empty() && warnings_.size() == wanted.value.size(), got);
  }

  static CallKey same_as_key(const HeaderExpectation& wanted) {
    CallKey key;
    key.label = wanted.text;
    key.span = wanted.span;
    const std::size_t mark = key.label.rfind('#');
    if (mark == std::string::npos) return key;
    const auto index = parse_integer(key.label.substr(mark + 1));
    if (!index || *index < 1) return key;
    key.index = static_cast<std::uint64_t>(*index);
    key.label.resize(mark);
    return key;
  }

  const Expectations& expectations_;
  const Program& program_;
  const Run& run_;
  const std::vector<Diagnostic>& warnings_;
  std::vector<ExpectationResult> results_;
  Diagnostics problems_;
};

}  // namespace

tl::expected<std::vector<ExpectationResult>, Diagnostics> check_expectations(const Expectations& expectations,
                                                                             const Program& program, const Run& run,
                                                                             const std::vector<Diagnostic>& warnings) {
  return Checker(expectations, program, run, warnings).check();
}

RunOptions options_for(const Expectations& expectations) {
  RunOptions options;
  options.wanted_labels = labels_asked_for(expectations);
  options.idle_deadlines_matter = !expectations.deactivated.empty();
  return options;
}

std::vector<std::string> labels_asked_for(const Expectations& expectations) {
  std::vector<std::string> labels;
  const auto ask = [&](const CallKey& key) {
    labels.push_back(key.label);
    if (key.index) labels.push_back(to_string(key));
  };
  for (const CallExpectation& call : expectations.calls) ask(call.key);
  if (expectations.order) {
    for (const auto& group : expectations.order->value) {
      for (const CallKey& key : group) ask(key);
    }
  }
  if (expectations.overlap) {
    for (const CallKey& key : expectations.overlap->calls) ask(key);
  }
  for (const ErrorExpectation& error : expectations.errors) ask(error.call);
  for (const HeaderExpectation& header : expectations.headers) {
    labels.push_back(header.key.label);
    if (header.kind == HeaderExpectation::Kind::same_as)
      labels.push_back(header.text.substr(0, header.text.rfind('#')));
  }
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

}  // namespace actorsim
