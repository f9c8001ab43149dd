// The long texts behind the short words: outcomes, verdicts, what is expected of all orders, ideas, and the codes of
// diagnostics. They are the pages of scenarios/words, built into the program: people read the same text on the web and
// in a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/base/diagnostic.h"

namespace actorsim {

enum class WordKind : std::uint8_t { outcome, verdict, quantifier, idea, diagnostic };

/// One meaning of a word, as plain text.
struct Explanation {
  std::string word;
  WordKind kind = WordKind::outcome;
  std::string text;                     ///< one paragraph, or several with an empty line between them
  Severity severity = Severity::error;  ///< of a diagnostic
};

/// Every word: outcomes, verdicts and diagnostics in the order in which the library lists them. Some words are both an
/// outcome and a verdict, and stand here twice.
const std::vector<Explanation>& explanations();

/// The whole page of a word, for a terminal: text within `width` columns (40 to 100), examples as wide as they are.
/// Empty if there is no such word.
std::string explain(std::string_view word, std::size_t width);

/// Every word there is, for somebody who names none.
std::string list_of_words(std::size_t width);

/// The page of a word as it is written, in Markdown.
struct WordPage {
  std::string_view word;
  std::string_view markdown;
};

/// By word. Made by the build from scenarios/words/**.md.
const std::vector<WordPage>& word_pages();

}  // namespace actorsim
