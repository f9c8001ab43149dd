// fish: a line for each thing that can be completed.
#include <fmt/format.h>

#include "cli/describe/completions.h"

namespace actorsim {
namespace {

constexpr std::string_view kHead =
    R"fish(# fish completion for actorsim: put it into ~/.config/fish/completions as actorsim.fish.

function __actorsim_has_no_command
    test (count (commandline -opc)) -eq 1
end

# __actorsim_is COMMAND
function __actorsim_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = $argv[1]
end

# Folders, and files that end as scenarios do. A command that nobody knows takes any file.
function __actorsim_scenarios
    complete -C "__actorsim_files "(commandline -ct) | string match -er -- '(/|\.({}))(\t|$)'
end

# __actorsim_reports FORMAT...: one of them, or FORMAT=FILE
function __actorsim_reports
    set -l word (string replace -r '^--report=' '' -- (commandline -ct))
    if not string match -q '*=*' -- $word
        string join \n -- $argv
        return
    end
    set -l format (string replace -r '=.*' '' -- $word)
    for file in (complete -C "__actorsim_files "(string replace -r '^[^=]*=' '' -- $word))
        echo $format=(string split -f1 \t -- $file)
    end
end

complete -c actorsim -f
complete -c actorsim -n __actorsim_has_no_command -s h -l help -d 'this help'
complete -c actorsim -n __actorsim_has_no_command -l version -d 'the version'
complete -c actorsim -n __actorsim_has_no_command -a help -d 'what a command does, and its options'
)fish";

std::string quoted_for_fish(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

constexpr std::string_view kScenarioFiles = "-k -a '(__actorsim_scenarios)'";

std::string values_of(Values values, const std::vector<std::string>& words) {
  switch (values) {
    case Values::anything: return "-x";
    case Values::words: return fmt::format("-x -a '{}'", plain_words(words));
    case Values::word_list: return fmt::format("-x -a '(__fish_append , {})'", plain_words(words));
    case Values::reports: return fmt::format("-x -a '(__actorsim_reports {})'", plain_words(words));
    case Values::file: return "-r -F";
    case Values::scenarios: return fmt::format("-x {}", kScenarioFiles);
  }
  return "-x";
}

std::string line_of(const CommandEntry& command, const OptionEntry& option) {
  std::string line = fmt::format("complete -c actorsim -n '__actorsim_is {}'", command.name);
  if (option.letter != '\0') line += fmt::format(" -s {}", option.letter);
  line += " -l " + option.name;
  if (!option.type.empty()) line += " " + values_of(option.values, option.words);
  return line + " -d " + quoted_for_fish(short_text(option)) + "\n";
}

}  // namespace

std::string fish_completions() {
  std::string endings;
  for (const std::string_view ending : kScenarioEndings) endings += (endings.empty() ? "" : "|") + std::string(ending);
  std::string text(kHead);
  text.replace(text.find("{}"), 2, endings);
  std::vector<std::string> commands;
  for (const CommandEntry& command : command_table()) {
    commands.emplace_back(command.name);
    text += fmt::format("complete -c actorsim -n __actorsim_has_no_command -a {} -d {}\n", command.name,
                        quoted_for_fish(command.summary));
  }
  text += fmt::format("complete -c actorsim -n '__actorsim_is help' -a '{}'\n", plain_words(commands));
  for (const CommandEntry& command : command_table()) {
    text += "\n";
    if (command.operand_values == Values::words)
      text += fmt::format("complete -c actorsim -n '__actorsim_is {}' -a '{}'\n", command.name,
                          plain_words(command.operand_words));
    if (command.operand_values == Values::scenarios)
      text += fmt::format("complete -c actorsim -n '__actorsim_is {}' {}\n", command.name, kScenarioFiles);
    for (const OptionEntry& option : command.options) text += line_of(command, option);
  }
  return text;
}

}  // namespace actorsim
