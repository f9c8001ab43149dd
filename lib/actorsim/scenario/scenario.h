// The typed scenario: what a scenario file says, checked, with every part's place in the file, before it is compiled.
// Plain values without behaviour; scenarios/README.md tells what each part means.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "actorsim/base/boxed.h"
#include "actorsim/base/outcome.h"
#include "actorsim/base/release.h"
#include "actorsim/base/span.h"
#include "actorsim/base/virtual_time.h"
#include "actorsim/scenario/dapr_config.h"
#include "actorsim/scenario/expression.h"

namespace actorsim {

// ---- calls ----------------------------------------------------------------------------------------------------------

/// `Type/id.method`, `self.method`, `caller.method`, `Type/id` (a deactivation).
struct Target {
  enum class Kind : std::uint8_t { named, self, caller };
  Kind kind = Kind::named;
  std::string type;                   ///< empty for self and caller
  Template id;                        ///< `1` where the text leaves it out
  std::optional<std::string> method;  ///< absent: the type's only method
  Span span;
  Span type_span, method_span;  ///< of the parts; method_span is nowhere if the method is left out
};

/// What a call carries as `Dapr-Reentrancy-Id`.
struct HeaderRule {
  enum class Kind : std::uint8_t { by_sdk, keep, drop, fresh, literal };
  Kind kind = Kind::by_sdk;  ///< by_sdk: the caller's type decides, else keep; at `start`: no header
  Boxed<Template> id;        ///< literal; may be empty text, which is a real id
  Span span;
};

struct Retry {
  std::int64_t max = 0;  ///< further attempts
  Nanoseconds delay = 0;
  enum class Backoff : std::uint8_t { constant, exponential } backoff = Backoff::constant;
  Span span;
};

/// `with: {name: value}`: binds `$name` in the called handler.
struct Binding {
  std::string name;
  Template value;
  Span span;
};

struct CallOptions {
  HeaderRule header;
  std::optional<Nanoseconds> timeout;  ///< 0: it arrives already given up
  Boxed<Retry> retry;
  bool continue_on_error = false;
  Boxed<Template> label;  ///< `as`
  std::vector<Binding> with;
};

// ---- steps ----------------------------------------------------------------------------------------------------------

struct Step;
using Steps = std::vector<Step>;

struct CallStep {
  Target target;
  bool one_way = false;  ///< `send`
  CallOptions options;
};
struct ParallelStep {
  std::vector<Steps> branches;
  enum class Join : std::uint8_t { all, any } join = Join::all;
};
struct SleepStep {
  Nanoseconds duration = 0;
};
struct FailStep {
  Template text;
  int status = 500;
};
struct RepeatStep {
  Expression times;
  Steps steps;
};
struct RecurseStep {
  Expression depth;  ///< how many calls are nested in the end, the outermost included
  CallOptions options;
};
struct ReplyStep {};

struct Step {
  std::variant<CallStep, ParallelStep, SleepStep, FailStep, RepeatStep, RecurseStep, ReplyStep> action;
  std::optional<Expression> when;  ///< the step is passed over where this is 0
  Span span;
};

// ---- actors ---------------------------------------------------------------------------------------------------------

/// Whether an SDK's handlers hand the reentrancy id on by themselves: dotnet, python, php do; js, java, go, rust do
/// not.
enum class Sdk : std::uint8_t { dotnet, python, php, js, java, go, rust };

struct Method {
  std::string name;
  Steps steps;
  Span span;
};

struct ActorType {
  std::string name;
  std::optional<Sdk> sdk;
  std::vector<Method> methods;  ///< in file order
  std::optional<Steps> on_deactivate;
  Span span;
};

// ---- chains ---------------------------------------------------------------------------------------------------------

/// One hop of a chain such as `A/1.m x3`: an anonymous handler of its own, named for reports only.
struct Hop {
  std::string type;
  std::string id = "1";
  std::string method;       ///< given, or `m` and the hop's position counted from 1
  std::int64_t nested = 1;  ///< `x3`: 3 calls nested in each other
  Span span;
};

struct Chain {
  enum class Link : std::uint8_t { call, send, call_without_header };  // `->`, `~>`, `-/>`
  struct Next {
    Link link = Link::call;
    std::vector<Hop> hops;  ///< more than one only in the last group: `(B & C)`
  };
  std::vector<Hop> first;  ///< more than one: the client calls them at once (then `rest` is empty)
  std::vector<Next> rest;
  std::string text;
  Span span;
};

// ---- what the outside does ------------------------------------------------------------------------------------------

struct Trigger {
  enum class Kind : std::uint8_t { call, reminder, timer, deactivate, rebalance };
  Kind kind = Kind::call;
  Target target;
  Nanoseconds at = 0;
  Boxed<std::string> after;  ///< a label of another trigger of the list
  Span after_span;
  CallOptions options;  ///< header: by_sdk means none is sent
  std::optional<Nanoseconds> every;
  Boxed<Expression> count;  ///< absent: once; for reminders and timers with `every`: without end
  std::optional<double> rate_per_second;
  std::optional<std::int64_t> clients;
  Span span;
};

// ---- expectations ---------------------------------------------------------------------------------------------------

/// A number compared: `3`, `">= 1"`.
struct Comparison {
  enum class Operator : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };
  Operator op = Operator::equal;
  std::int64_t value = 0;
};

/// `label` or `label#3` (the third call so labelled, by arrival).
struct CallKey {
  std::string label;
  std::optional<std::uint64_t> index;
  Span span;
};

/// Takes the `#3` off a text that ends in one.
CallKey make_call_key(std::string text, Span span);
std::string to_string(const CallKey& key);

struct CallExpectation {
  CallKey key;
  std::optional<Outcome> outcome;
  std::optional<Comparison> depth;
  std::optional<Nanoseconds> waited, entered_at, ended_at;
  std::optional<bool> completed;
  Span span;  ///< of the value
};

enum class CountKey : std::uint8_t {
  calls,
  attempts,
  entered,
  re_entered,
  blocked,
  completed,  // events
  deadlocked,
  stranded,
  exceeded,
  closed,
  not_hosted,
  timed_out,
  cancelled,
  failed,
  skipped  // headline words
};
std::string_view to_word(CountKey key);

struct CountExpectation {
  CountKey key{};
  Comparison comparison;
  Span span;
};

/// `deadlock: {cycle: [A/1, B/1], broken-up-at: 60m | never}`
struct DeadlockExpectation {
  bool none = false;  ///< `deadlock: none`
  std::optional<std::vector<std::string>> cycle;
  std::vector<Span> cycle_spans;  ///< of each actor of it
  bool never_broken_up = false;
  std::optional<Nanoseconds> broken_up_at;
  Span span;
};

/// `overlap: none` or `{actor: A/1, calls: [a, b]}`
struct OverlapExpectation {
  bool none = false;
  std::optional<std::string> actor;
  Span actor_span;
  std::vector<CallKey> calls;
  Span span;
};

struct HeaderExpectation {
  CallKey key;
  enum class Kind : std::uint8_t { present, absent, literal, same_as } kind = Kind::present;
  std::string text;  ///< the id, or the other call's key
  Span span;
};

struct ErrorExpectation {
  CallKey call;
  std::optional<std::string> code, grpc, message;
  std::optional<std::int64_t> http;
  Span span;
};

struct DeactivatedExpectation {
  std::string actor;
  std::optional<Comparison> count;
  std::optional<Nanoseconds> at;
  Span span;
};

/// What `never`, `possible` and `always` list.
struct Fact {
  std::optional<Verdict> verdict;
  std::optional<CallKey> call;  ///< with `outcome`
  std::optional<Outcome> outcome;
  Span span;
};

template <typename Value>
struct Spanned {
  Value value{};
  Span span;
};

/// One `expect` block. Each expectation is reported with the place where it stands.
struct Expectations {
  std::optional<Spanned<Verdict>> verdict;
  std::vector<Fact> never, possible, always;
  std::vector<CallExpectation> calls;
  std::vector<CountExpectation> counts;
  std::optional<Spanned<std::vector<std::vector<CallKey>>>> order;  ///< each inner list is one instant
  std::optional<DeadlockExpectation> deadlock;
  std::optional<OverlapExpectation> overlap;
  std::vector<ErrorExpectation> errors;
  std::vector<HeaderExpectation> headers;
  std::vector<DeactivatedExpectation> deactivated;
  std::optional<Spanned<std::vector<std::string>>> warnings;
  bool implied = false;  ///< nothing stood in the file: `verdict: ok`
  Span span;
};

// ---- the whole ------------------------------------------------------------------------------------------------------

struct Limits {
  std::optional<std::int64_t> states, memory_bytes;
  std::optional<Nanoseconds> time;
  std::int64_t calls = 100'000'000;
};

/// One scenario, with every variable of its case filled in.
struct Scenario {
  std::string name;
  std::string description;
  std::vector<std::string> tags;
  Release dapr = kNewestRelease;
  DaprConfig config;
  std::optional<DaprConfiguration> configuration;
  std::vector<Chain> chains;
  std::vector<ActorType> actors;
  std::vector<Trigger> start;
  Expectations expect;
  std::optional<Nanoseconds> until;
  Limits limits;
  std::vector<std::pair<std::string, std::string>> axes;  ///< of the matrix: axis and value, in the order of the file
  Span span;
};

}  // namespace actorsim
