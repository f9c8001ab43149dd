// Fact by fact.
#include "actorsim/explore/expectation_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/quantified.h"

namespace actorsim {
namespace {

class Describer {
 public:
  explicit Describer(const Expectations& expectations) : expectations_(expectations) {}

  std::vector<ExpectationText> describe() {
    if (expectations_.verdict)
      add(fmt::format("verdict: {}", to_word(expectations_.verdict->value)), expectations_.verdict->span);
    for (const Demand& demand : demands_of(expectations_)) add(to_text(demand), demand.span);
    for (const CallExpectation& call : expectations_.calls) describe_call(call);
    for (const CountExpectation& count : expectations_.counts)
      add(fmt::format("{}: {}", to_word(count.key), to_text(count.comparison)), count.span);
    if (expectations_.order) describe_order(*expectations_.order);
    if (expectations_.deadlock) describe_deadlock(*expectations_.deadlock);
    if (expectations_.overlap) describe_overlap(*expectations_.overlap);
    for (const HeaderExpectation& header : expectations_.headers) describe_header(header);
    for (const ErrorExpectation& error : expectations_.errors) describe_error(error);
    for (const DeactivatedExpectation& deactivated : expectations_.deactivated) describe_deactivated(deactivated);
    if (expectations_.warnings) describe_warnings(*expectations_.warnings);
    std::stable_sort(texts_.begin(), texts_.end(), [](const ExpectationText& left, const ExpectationText& right) {
      return left.span.line != right.span.line ? left.span.line < right.span.line
                                               : left.span.column < right.span.column;
    });
    return std::move(texts_);
  }

 private:
  void add(std::string text, const Span& span) { texts_.push_back({std::move(text), span}); }

  void describe_call(const CallExpectation& call) {
    const std::string key = to_string(call.key);
    const auto describe_time = [&](std::string_view name, const std::optional<Nanoseconds>& time) {
      if (time) add(fmt::format("{}: {} {}", key, name, format_duration(*time)), call.span);
    };
    if (call.outcome) add(fmt::format("{}: {}", key, to_word(*call.outcome)), call.span);
    if (call.depth) add(fmt::format("{}: depth {}", key, to_text(*call.depth)), call.span);
    describe_time("waited", call.waited);
    describe_time("entered-at", call.entered_at);
    describe_time("ended-at", call.ended_at);
    if (call.completed) add(fmt::format("{}: completed {}", key, *call.completed), call.span);
  }

  static std::string list_of(const std::vector<CallKey>& keys) {
    std::vector<std::string> words;
    for (const CallKey& key : keys) words.push_back(to_string(key));
    return fmt::format("{}", fmt::join(words, ", "));
  }

  void describe_order(const Spanned<std::vector<std::vector<CallKey>>>& order) {
    std::vector<std::string> instants;
    for (const std::vector<CallKey>& group : order.value)
      instants.push_back(group.size() == 1 ? list_of(group) : fmt::format("[{}]", list_of(group)));
    add(fmt::format("order: [{}]", fmt::join(instants, ", ")), order.span);
  }

  void describe_deadlock(const DeadlockExpectation& deadlock) {
    if (deadlock.none) return add("deadlock: none", deadlock.span);
    add(deadlock.cycle ? fmt::format("deadlock: cycle [{}]", fmt::join(*deadlock.cycle, ", ")) : "deadlock",
        deadlock.span);
    if (deadlock.never_broken_up) add("deadlock: broken-up-at never", deadlock.span);
    if (deadlock.broken_up_at)
      add(fmt::format("deadlock: broken-up-at {}", format_duration(*deadlock.broken_up_at)), deadlock.span);
  }

  void describe_overlap(const OverlapExpectation& overlap) {
    if (overlap.none) return add("overlap: none", overlap.span);
    std::string text = "overlap:";
    if (overlap.actor) text += " actor " + *overlap.actor;
    if (!overlap.calls.empty()) text += fmt::format(" calls [{}]", list_of(overlap.calls));
    add(std::move(text), overlap.span);
  }

  void describe_header(const HeaderExpectation& header) {
    const auto say = [&](const std::string& what) {
      add(fmt::format("header {}: {}", to_string(header.key), what), header.span);
    };
    switch (header.kind) {
      case HeaderExpectation::Kind::present: say("present"); return;
      case HeaderExpectation::Kind::absent: say("absent"); return;
      case HeaderExpectation::Kind::literal: say(in_quotes(header.text)); return;
      case HeaderExpectation::Kind::same_as: say("the same as " + header.text); return;
    }
  }

  void describe_error(const ErrorExpectation& error) {
    const auto say = [&](std::string_view name, const std::string& what) {
      add(fmt::format("error {}: {} {}", to_string(error.call), name, what), error.span);
    };
    if (error.code) say("code", in_quotes(*error.code));
    if (error.grpc) say("grpc", in_quotes(*error.grpc));
    if (error.message) say("message", in_quotes(*error.message));
    if (error.http) say("http", fmt::format("{}", *error.http));
  }

  void describe_deactivated(const DeactivatedExpectation& deactivated) {
    if (deactivated.count)
      add(fmt::format("deactivated {}: count {}", deactivated.actor, to_text(*deactivated.count)), deactivated.span);
    if (deactivated.at)
      add(fmt::format("deactivated {}: at {}", deactivated.actor, format_duration(*deactivated.at)), deactivated.span);
  }

  void describe_warnings(const Spanned<std::vector<std::string>>& warnings) {
    std::vector<std::string> words;
    for (const std::string& text : warnings.value) words.push_back(in_quotes(text));
    add(fmt::format("warnings: [{}]", fmt::join(words, ", ")), warnings.span);
  }

  const Expectations& expectations_;
  std::vector<ExpectationText> texts_;
};

}  // namespace

std::string to_text(const Comparison& comparison) {
  switch (comparison.op) {
    case Comparison::Operator::equal: return fmt::format("{}", comparison.value);
    case Comparison::Operator::not_equal: return fmt::format("!= {}", comparison.value);
    case Comparison::Operator::less: return fmt::format("< {}", comparison.value);
    case Comparison::Operator::less_equal: return fmt::format("<= {}", comparison.value);
    case Comparison::Operator::greater: return fmt::format("> {}", comparison.value);
    case Comparison::Operator::greater_equal: return fmt::format(">= {}", comparison.value);
  }
  return {};
}

std::vector<ExpectationText> describe_expectations(const Expectations& expectations) {
  return Describer(expectations).describe();
}

}  // namespace actorsim
