// The values that expectations are made of. Internal to scenario/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

std::optional<Outcome> read_outcome(Reader& reader, DocumentNode node);
std::optional<Verdict> read_verdict(Reader& reader, DocumentNode node);

/// A label, alone or with `#3`.
std::optional<CallKey> read_call_key(Reader& reader, DocumentNode node);

/// Takes the operator and the blanks off the front of a comparison such as `>= 1.15`; equal where there is none.
Comparison::Operator take_operator(std::string_view& text);

/// `3` or `">= 1"`.
std::optional<Comparison> read_comparison(Reader& reader, DocumentNode node, std::string_view what);

/// An actor as reports name it: `A` is `A/1`.
std::optional<std::string> read_actor_name(Reader& reader, DocumentNode node);

}  // namespace actorsim
