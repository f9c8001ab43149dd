// Which commands and options there are. Everything that must know them comes from this table: what the command line
// takes, help, completions, the manual page, the keys of actorsim.toml and the names of variables.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/options/options.h"
#include "cli/options/raw_options.h"

namespace actorsim {

/// Under which heading help lists an option.
enum class OptionGroup : std::uint8_t { printing, running, selecting, exploring, reporting, other };
std::string_view to_title(OptionGroup group);
inline constexpr std::array<OptionGroup, 6> kOptionGroups{OptionGroup::printing,  OptionGroup::running,
                                                          OptionGroup::selecting, OptionGroup::exploring,
                                                          OptionGroup::reporting, OptionGroup::other};

/// Where an option may be said: everywhere, or only where one command is typed, as it is about one case or one moment.
enum class Reach : std::uint8_t { everywhere, command_line };

/// What a value is, for shells that complete it.
enum class Values : std::uint8_t {
  anything,
  words,      ///< one of OptionEntry::words
  word_list,  ///< some of them, with commas between
  reports,    ///< one of them, or WORD=FILE
  file,
  scenarios,  ///< scenario files and folders
};

/// Where the value of an option goes; none: help and version, which are about no command.
using OptionTarget = std::variant<std::monostate, bool RawOptions::*, int RawOptions::*, std::string RawOptions::*,
                                  std::vector<std::string> RawOptions::*>;

struct OptionEntry {
  char letter = '\0';  ///< `s` of -s; 0: none
  std::string name;    ///< `set` of --set; also its key in actorsim.toml
  OptionTarget target;
  std::string type;  ///< what its value looks like: `KEY=VALUE`; empty: a flag
  std::string text;  ///< for help; may have several lines
  OptionGroup group = OptionGroup::other;
  Reach reach = Reach::everywhere;
  Values values = Values::anything;
  std::vector<std::string> words = {};
  /// Options that say something else about the same: one of a stronger place silences this one of a weaker place.
  std::vector<std::string> rivals = {};
};

struct CommandEntry {
  Command command = Command::run;
  std::string_view name;
  std::string_view operands;  ///< `PATH...`
  std::string_view summary;
  std::string_view epilogue;  ///< ready lines: what operands are, exit codes, examples
  Values operand_values = Values::anything;
  std::vector<std::string> operand_words = {};
  std::vector<OptionEntry> options = {};  ///< in the order of help
};

/// Every command, the most important first.
const std::vector<CommandEntry>& command_table();
const CommandEntry& entry_of(Command command);
/// Null: there is none of this name.
const CommandEntry* find_command(std::string_view name);
const OptionEntry* find_option(const CommandEntry& command, std::string_view name);

inline constexpr std::string_view kProgramSummary =
    "what Dapr's actor lock does to your calls: who enters, re-enters, waits, deadlocks";

struct ExitCode {
  int code;
  std::string_view meaning;
};
/// Of commands that run something, where no other meaning is told.
const std::vector<ExitCode>& exit_codes_of_all();

/// The formats of reports that a command with --report can write.
std::vector<std::string> names_of_formats(Command command);

/// Does the command take scenario files?
bool takes_paths(Command command);

/// `ACTORSIM_MAX_STATES`
std::string variable_of(const OptionEntry& option);

}  // namespace actorsim
