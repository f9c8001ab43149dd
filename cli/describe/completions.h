// Scripts that make shells complete the command line: commands, options, and the values of those that have known ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options/option_table.h"

namespace actorsim {

/// Each is complete in itself and needs nothing but the shell; zsh's is for a file `_actorsim` in $fpath.
std::string bash_completions();
std::string zsh_completions();
std::string fish_completions();

struct Shell {
  std::string_view name;
  std::string (*write)();
};
const std::vector<Shell>& shells();

/// What an option is for, in a few words: the beginning of its text.
std::string short_text(const OptionEntry& option);

/// With blanks between. All that the table has are plain words, which no shell reads as something else.
std::string plain_words(const std::vector<std::string>& words);

/// The endings that scenario files have.
inline constexpr std::string_view kScenarioEndings[] = {"yaml", "yml", "json"};

}  // namespace actorsim
