// What a page of help looks like.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options/option_table.h"

namespace actorsim {

struct HelpEntry {
  std::string names;  ///< `-s, --set KEY=VALUE`
  std::string text;   ///< may have several lines
};

struct HelpGroup {
  std::string title;
  std::vector<HelpEntry> entries;
};

struct HelpPage {
  std::string usage;
  std::string summary;
  std::vector<HelpGroup> groups;
  std::string epilogue;  ///< ready lines
  bool shows_exit_codes = false;
};

std::string render_help(const HelpPage& page, std::size_t width);

/// The page of one command, and that of all.
std::string help_of(const CommandEntry& entry, std::size_t width);
std::string help_of_all(std::size_t width);

/// `actorsim run [OPTION]... PATH...`
std::string usage_of(const CommandEntry& entry);

}  // namespace actorsim
