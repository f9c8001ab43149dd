// Pages and lists made from the tables.
#include "actorsim/report/explain/explain.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/report/explain/explain_tables.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kWidest = 100;
constexpr std::size_t kIndent = 2;

std::string_view to_word(WordKind kind) {
  switch (kind) {
    case WordKind::outcome: return "an outcome of a call";
    case WordKind::verdict: return "a verdict on a scenario";
    case WordKind::quantifier: return "an expectation of all orders";
    case WordKind::idea: return "an idea behind actorsim explore";
    case WordKind::diagnostic: return "a diagnostic";
  }
  return {};
}

std::vector<std::string> split(std::string_view text, std::string_view at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + at.size();
  }
  return parts;
}

std::string render(const Explanation& explanation, std::size_t width) {
  std::string result = fmt::format("{}: {}\n", explanation.word, to_word(explanation.kind));
  for (const std::string& paragraph : split(explanation.text, "\n\n")) {
    result += '\n';
    for (const std::string& line : wrap(paragraph, width - kIndent)) result += "  " + line + "\n";
  }
  if (explanation.example.empty()) return result;
  result += explanation.kind == WordKind::diagnostic ? "\n  Example (wrong):\n\n" : "\n  Example:\n\n";
  for (const std::string& line : split(explanation.example.substr(0, explanation.example.size() - 1), "\n")) {
    result += line.empty() ? "\n" : "    " + line + "\n";
  }
  return result;
}

}  // namespace

const std::vector<Explanation>& explanations() {
  static const std::vector<Explanation> all = [] {
    std::vector<Explanation> result = explanations_of_outcomes();
    for (const std::vector<Explanation>& more : {explanations_of_verdicts(), explanations_of_quantifiers(),
                                                 explanations_of_ideas(), explanations_of_diagnostics()}) {
      result.insert(result.end(), more.begin(), more.end());
    }
    return result;
  }();
  return all;
}

std::string explain(std::string_view word, std::size_t width) {
  std::string page;
  for (const Explanation& explanation : explanations()) {
    if (explanation.word != word) continue;
    if (!page.empty()) page += '\n';
    page += render(explanation, std::clamp<std::size_t>(width, 40, kWidest));
  }
  return page;
}

std::string list_of_words(std::size_t width) {
  const std::size_t columns = std::clamp<std::size_t>(width, 40, kWidest);
  std::string result;
  for (const auto& [kind, title] :
       {std::pair{WordKind::outcome, "Outcomes of a call, the first that applies"},
        std::pair{WordKind::verdict, "Verdicts on a scenario, from mildest to worst"},
        std::pair{WordKind::quantifier, "Expectations of all orders"}, std::pair{WordKind::idea, "Ideas"},
        std::pair{WordKind::diagnostic, "Diagnostics"}}) {
    std::vector<std::string> words;
    for (const Explanation& explanation : explanations()) {
      if (explanation.kind == kind) words.emplace_back(explanation.word);
    }
    result += fmt::format("{}{}:\n", result.empty() ? "" : "\n", title);
    for (const std::string& line : wrap(fmt::format("{}", fmt::join(words, " ")), columns - kIndent))
      result += "  " + line + "\n";
  }
  return result + "\nactorsim explain WORD tells the rest.\n";
}

}  // namespace actorsim
