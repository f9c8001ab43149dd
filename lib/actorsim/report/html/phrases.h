// What the page says of a step: a sentence for each kind of event, and why it is so. The page fills in the names.
#pragma once

#include <string_view>
#include <vector>

namespace actorsim {

/// Marks in the texts: {from} {calls} {call} {actor} {other} {depth} {limit} {id} {outcome}. `{calls}` is one of the
/// entries `verb-…`.
struct Phrase {
  std::string_view name;  ///< `waits.other-chain`
  std::string_view say;   ///< what happened
  std::string_view why;   ///< may be empty
};

/// Every phrase that a film can ask for.
const std::vector<Phrase>& phrases();

}  // namespace actorsim
