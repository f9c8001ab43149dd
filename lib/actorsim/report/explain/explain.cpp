// The meanings are read out of the pages: the title of a page says what kinds of word it is about.
#include "actorsim/report/explain/explain.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/outcome.h"
#include "actorsim/report/explain/markdown.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidest = 100;
constexpr std::size_t kIndent = 2;

struct KindOfWord {
  WordKind kind;
  std::string_view in_titles;  ///< `# exceeded: an outcome of a call and a verdict on a scenario`
  std::string_view section;    ///< where its meaning stands if the word has several; else at the top
  std::string_view in_the_list;
  Severity severity = Severity::error;
};

constexpr std::array kKinds{
    KindOfWord{WordKind::outcome, "an outcome of a call", "The outcome", "Outcomes of a call, the first that applies"},
    KindOfWord{WordKind::verdict, "a verdict on a scenario", "The verdict",
               "Verdicts on a scenario, from mildest to worst"},
    KindOfWord{WordKind::quantifier, "an expectation of all orders", "", "Expectations of all orders"},
    KindOfWord{WordKind::idea, "an idea", "", "Ideas"},
    KindOfWord{WordKind::diagnostic, "an error", "", "Errors in files and on the command line"},
    KindOfWord{WordKind::diagnostic, "a warning", "", "Warnings", Severity::warning},
};

const WordPage* page_of(std::string_view word) {
  const auto& pages = word_pages();
  const auto found = std::find_if(pages.begin(), pages.end(), [&](const WordPage& page) { return page.word == word; });
  return found == pages.end() ? nullptr : &*found;
}

// The paragraphs at the top of a page, or those of one of its sections.
std::string paragraphs(const std::vector<MarkdownBlock>& page, std::string_view section) {
  std::string text;
  bool inside = section.empty();
  for (const MarkdownBlock& block : page) {
    if (block.kind == MarkdownBlock::Kind::heading) inside = !section.empty() && block.text == section;
    if (inside && block.kind == MarkdownBlock::Kind::paragraph) text += (text.empty() ? "" : "\n\n") + block.text;
  }
  return text;
}

void add_meanings(const WordPage& page, std::vector<Explanation>& result) {
  const std::vector<MarkdownBlock> blocks = parse_markdown(page.markdown);
  if (blocks.empty()) return;
  std::vector<const KindOfWord*> kinds;
  for (const KindOfWord& kind : kKinds) {
    if (blocks.front().text.find(": " + std::string(kind.in_titles)) != std::string::npos ||
        blocks.front().text.find(" and " + std::string(kind.in_titles)) != std::string::npos) {
      kinds.push_back(&kind);
    }
  }
  for (const KindOfWord* kind : kinds) {
    const std::string_view section = kinds.size() > 1 ? kind->section : std::string_view();
    result.push_back({std::string(page.word), kind->kind, paragraphs(blocks, section), kind->severity});
  }
}

// Where a word stands among those of its kind, as the library lists them; the others follow by name.
std::size_t rank(const Explanation& explanation) {
  const auto among = [&](const auto& words) {
    return static_cast<std::size_t>(std::find(words.begin(), words.end(), explanation.word) - words.begin());
  };
  switch (explanation.kind) {
    case WordKind::outcome: {
      const auto outcome = parse_outcome(explanation.word);
      return outcome ? static_cast<std::size_t>(*outcome) : kOutcomeCount;
    }
    case WordKind::verdict: {
      const auto verdict = parse_verdict(explanation.word);
      return verdict ? static_cast<std::size_t>(*verdict) : kVerdictCount;
    }
    case WordKind::quantifier: return among(std::array<std::string_view, 3>{"never", "possible", "always"});
    case WordKind::idea: return 0;
    case WordKind::diagnostic: return among(diagnostic_codes());
  }
  return 0;
}

}  // namespace

const std::vector<Explanation>& explanations() {
  static const std::vector<Explanation> all = [] {
    std::vector<Explanation> result;
    for (const WordPage& page : word_pages()) add_meanings(page, result);
    std::stable_sort(result.begin(), result.end(), [](const Explanation& a, const Explanation& b) {
      return std::pair(a.kind, rank(a)) < std::pair(b.kind, rank(b));
    });
    return result;
  }();
  return all;
}

std::string explain(std::string_view word, std::size_t width) {
  const WordPage* page = page_of(word);
  if (page == nullptr) return {};
  return render_markdown(parse_markdown(page->markdown), std::clamp(width, kNarrowest, kWidest));
}

std::string list_of_words(std::size_t width) {
  const std::size_t columns = std::clamp(width, kNarrowest, kWidest);
  std::string result;
  for (const KindOfWord& kind : kKinds) {
    std::vector<std::string> words;
    for (const Explanation& explanation : explanations()) {
      if (explanation.kind == kind.kind && explanation.severity == kind.severity) words.push_back(explanation.word);
    }
    result += fmt::format("{}{}:\n", result.empty() ? "" : "\n", kind.in_the_list);
    for (const std::string& line : wrap(fmt::format("{}", fmt::join(words, " ")), columns - kIndent))
      result += "  " + line + "\n";
  }
  return result + "\nactorsim explain WORD tells the rest.\n";
}

}  // namespace actorsim
