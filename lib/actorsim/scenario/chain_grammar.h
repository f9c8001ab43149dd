// The two small languages inside scalars: chains (`A -> B.m x3 ~> (C & D)`) and targets (`Type/id.method`).
//
//   chain  = group {("->" | "~>" | "-/>") group}
//   group  = hop | "(" hop {"&" hop} ")"                 several hops only in the last group
//   hop    = Type ["/" id] ["." method] [" x" count]
//   target = Type ["/" id] ["." method] | ("self" | "caller") ["." method]
//   id     = text without '.', '/', blanks (in a chain also '&', '(', ')') | '"' text '"'
#pragma once

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/scenario/located_text.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// The deepest nesting of calls that a program may ask for by its own text: `A x100000`, `recurse: 1e5`.
inline constexpr std::int64_t kMaximumCallDepth = 100'000;

/// One chain. Methods that are left out are named `m` and the hop's number, counted over the whole chain.
tl::expected<Chain, LocatedProblem> parse_chain(const LocatedText& text);

/// The same for a chain that stands alone; the problem as a diagnostic in `source`.
tl::expected<Chain, Diagnostics> parse_chain(const Source& source);

/// A call's target. Ids may contain variables of the scope.
tl::expected<Target, LocatedProblem> parse_target(const LocatedText& text, const Scope& scope);

/// An actor: a target without a method, such as `A/1` or `A`.
tl::expected<Target, LocatedProblem> parse_actor(const LocatedText& text, const Scope& scope);

}  // namespace actorsim
