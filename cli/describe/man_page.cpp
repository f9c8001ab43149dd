// Everything that help says, command by command, and where else options come from.
#include "cli/describe/man_page.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/base/version.h"
#include "actorsim/report/pretty/layout.h"
#include "cli/describe/help.h"
#include "cli/options/config_file.h"
#include "cli/options/option_table.h"

namespace actorsim {
namespace {

constexpr std::string_view kDate = "2026-11-23";  // of the last change of what stands here

// What roff reads as itself: no macro at the beginning of a line, hyphens that can be copied.
std::string escaped(std::string_view text) {
  std::string result;
  bool begins_line = true;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode_utf8(text, at);
    const char c = text[at];
    if (begins_line && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (next.length > 1) {
      result += fmt::format("\\[u{:04X}]", static_cast<unsigned>(next.value));
    } else {
      result += c;
    }
    begins_line = c == '\n';
    at += next.length;
  }
  return result;
}

// Text that is filled: lines that editors like, and each sentence on lines of its own, as roff wants it.
std::string filled(std::string_view text) {
  constexpr std::size_t kWidth = 70;
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t stop = text.find(". ", begin);
    const std::size_t end = stop == std::string_view::npos ? text.size() : stop + 1;
    for (const std::string& line : wrap(text.substr(begin, end - begin), kWidth)) result += escaped(line) + "\n";
    begin = end == text.size() ? end : end + 1;
  }
  return result;
}

std::string section(std::string_view title) { return fmt::format(".SH {}\n", title); }

// Lines of help: those that are moved in stand as they are.
std::string body(std::string_view lines) {
  std::string result;
  bool is_fixed = false;
  const auto fix = [&](bool fixed) {
    if (fixed != is_fixed) result += fixed ? ".PP\n.nf\n" : ".fi\n";
    is_fixed = fixed;
  };
  bool was_empty = false;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string_view line = lines.substr(begin, end - begin);
    begin = end + 1;
    if (line.empty()) {
      was_empty = true;
      continue;
    }
    const bool moved_in = line.front() == ' ';
    const bool goes_on = is_fixed == moved_in;
    fix(moved_in);
    if (was_empty && goes_on && !result.empty()) result += moved_in ? "\n" : ".PP\n";
    was_empty = false;
    result += moved_in ? escaped(line) + "\n" : filled(line);
  }
  fix(false);
  return result;
}

std::string names_of(const OptionEntry& option) {
  std::string names = option.letter == '\0' ? "" : fmt::format("\\fB\\-{}\\fR, ", option.letter);
  names += fmt::format("\\fB\\-\\-{}\\fR", escaped(option.name));
  if (!option.type.empty()) names += fmt::format(" \\fI{}\\fR", escaped(option.type));
  return names;
}

// The lines of a list follow its introduction.
std::string text_of(const OptionEntry& option) {
  std::string result;
  for (std::size_t begin = 0; begin <= option.text.size();) {
    const std::size_t end = std::min(option.text.find('\n', begin), option.text.size());
    result += (begin > 0 ? ".br\n" : "") + filled(std::string_view(option.text).substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

std::string command_section(const CommandEntry& command) {
  std::string text = fmt::format(".SS {}\n{}.PP\n.nf\n\\fB{}\\fR\n.fi\n", escaped(command.name),
                                 filled(std::string(command.summary) + "."), escaped(usage_of(command)));
  for (const OptionGroup group : kOptionGroups) {
    bool is_first = true;
    for (const OptionEntry& option : command.options) {
      if (option.group != group) continue;
      if (is_first) text += fmt::format(".PP\n{}:\n", to_title(group));
      is_first = false;
      text += ".TP\n" + names_of(option) + "\n" + text_of(option);
    }
  }
  if (!command.epilogue.empty()) text += ".PP\n" + body(command.epilogue);
  return text;
}

std::string environment_section() {
  std::string text = section("ENVIRONMENT");
  const OptionEntry& example = *find_option(entry_of(Command::run), "max-states");
  text += filled(fmt::format(
      "Every option that may stand in {} has a variable: ACTORSIM_ and its name in capitals, with _ for -, such as {} "
      "for --{}. A flag is true or false. The values of an option that may be repeated stand on lines of their own. An "
      "empty value is none. Besides:",
      kConfigFileName, variable_of(example), example.name));
  const std::pair<std::string_view, std::string_view> variables[] = {
      {"NO_COLOR", "if it is not empty, no colors, unless --color says otherwise"},
      {"CLICOLOR_FORCE", "if it is neither empty nor 0, colors also where no terminal is; NO_COLOR is stronger"},
      {"TERM", "dumb: neither colors nor a line of progress"},
      {"XDG_STATE_HOME",
       "run keeps the list of cases that failed in $XDG_STATE_HOME/actorsim/failed-cases, by default below "
       "~/.local/state"},
  };
  for (const auto& [name, meaning] : variables) text += fmt::format(".TP\n\\fB{}\\fR\n{}", name, filled(meaning));
  return text;
}

std::string files_section() {
  return section("FILES") + fmt::format(".TP\n\\fI{}\\fR\n", kConfigFileName) +
         filled(
             "Options, found in the current folder or the nearest one above it. A key is the name of an option. It "
             "stands at the top, where it is for every command that has the option, or in a table of one command, "
             "which "
             "is stronger. What stands on the command line is stronger than a variable, which is stronger than the "
             "file. Paths are meant from the current folder.") +
         ".PP\n.nf\n" +
         escaped(
             "  color = \"never\"\n  dapr = [\"1.14\", \"1.18\"]\n\n  [run]\n  max-failures = 10\n"
             "  report = [\"pretty\", \"json=report.json\"]\n") +
         ".fi\n";
}

std::string exit_section() {
  std::string text = section("EXIT STATUS");
  for (const ExitCode& exit : exit_codes_of_all())
    text += fmt::format(".TP\n\\fB{}\\fR\n{}", exit.code, filled(exit.meaning));
  return text + ".PP\nIf several apply: 70, 130, 2, 1, 3.\n";
}

}  // namespace

std::string man_page() {
  std::string text = "'\\\" Made by: actorsim man\n";
  text += fmt::format(".TH ACTORSIM 1 \"{}\" \"actorsim {}\" \"User Commands\"\n", kDate, escaped(version()));
  text += section("NAME") + filled(fmt::format("actorsim - {}", kProgramSummary));
  text += section("SYNOPSIS") +
          "\\fBactorsim\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIOPERAND\\fR]...\n.br\n"
          "\\fBactorsim\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR\n";
  text += section("DESCRIPTION") +
          filled(
              "actorsim runs scenarios of virtual actors that call each other against the lock of each Dapr "
              "release. It reports which calls entered, had to wait, deadlocked or were refused, and explores all "
              "orders in which things can happen.");
  text += section("COMMANDS");
  for (const CommandEntry& command : command_table()) text += command_section(command);
  return text + environment_section() + files_section() + exit_section();
}

}  // namespace actorsim
