// A text taken from a scenario together with the place where it stands, so that a part of it can be pointed at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "actorsim/base/span.h"

namespace actorsim {

/// `text` as a scenario says it. If `verbatim`, the bytes stand in the source exactly so, on one line, from `start` on,
/// and parts of it have places of their own; otherwise (escapes, several lines, variables filled in) every part is
/// at `whole`. Does not own the text.
struct LocatedText {
  std::string_view text;
  Span whole;  ///< of the value, a quote included
  Span start;  ///< of the first character of `text`
  bool verbatim = true;

  /// The text as it stands at `span`.
  static LocatedText at(std::string_view text, Span span) { return {text, span, span, true}; }

  Span part(std::size_t offset, std::size_t length) const {
    if (!verbatim) return whole;
    return Span{start.line, start.column + static_cast<std::uint32_t>(offset),
                static_cast<std::uint32_t>(length > 0 ? length : 1)};
  }

  /// The part as a text with a place of its own.
  LocatedText sub(std::size_t offset, std::size_t length) const {
    const Span span = part(offset, length);
    return {text.substr(offset, length), span, span, verbatim};
  }
};

/// What is wrong with a text, before it is known which file it belongs to.
struct LocatedProblem {
  std::string_view code;  ///< one of diagnostic_codes()
  Span span;
  std::string message;
  std::string help;
};

}  // namespace actorsim
