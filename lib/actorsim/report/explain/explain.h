// The long texts behind the short words: outcomes, verdicts, what is expected of all orders, and the codes of
// diagnostics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

enum class WordKind : std::uint8_t { outcome, verdict, quantifier, idea, diagnostic };

struct Explanation {
  std::string_view word;
  WordKind kind = WordKind::outcome;
  std::string_view text;     ///< one paragraph, or several with an empty line between them
  std::string_view example;  ///< the smallest scenario file that gives this word; empty where this version has none
};

/// Every word, in the order of its kind. Some words are both an outcome and a verdict.
const std::vector<Explanation>& explanations();

/// The page of a word: each of its meanings with its example. Empty if there is no such word.
std::string explain(std::string_view word, std::size_t width);

/// Every word there is, for somebody who names none.
std::string list_of_words(std::size_t width);

}  // namespace actorsim
