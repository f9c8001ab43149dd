// What the scripts have in common.
#include "cli/describe/completions.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"

namespace actorsim {

const std::vector<Shell>& shells() {
  static const std::vector<Shell> all{
      {"bash", &bash_completions}, {"zsh", &zsh_completions}, {"fish", &fish_completions}};
  return all;
}

std::string short_text(const OptionEntry& option) {
  std::string text = option.text.substr(0, option.text.find('\n'));
  for (const std::string_view end : {". ", "; ", " (", ": "}) text = text.substr(0, text.find(end));
  while (!text.empty() && (text.back() == ':' || text.back() == ',')) text.pop_back();
  return text;
}

std::string plain_words(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    ACTORSIM_CHECK(!word.empty() && std::all_of(word.begin(), word.end(),
                                                [](char c) { return is_name_part(c) || is_digit(c) || c == '.'; }));
  }
  return fmt::format("{}", fmt::join(words, " "));
}

}  // namespace actorsim
