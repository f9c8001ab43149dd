// bash: one function that looks at the words before the cursor. It does without the package bash-completion.
#include <fmt/format.h>

#include "cli/describe/completions.h"

namespace actorsim {
namespace {

constexpr std::string_view kHead =
    R"bash(# bash completion (bash 4 or newer) for actorsim: source it, or put it where bash-completion looks.

# _actorsim_words WORDS CURRENT: one of the words
_actorsim_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# _actorsim_list WORDS CURRENT: some of the words, with commas between
_actorsim_list() {
  local before=
  [[ $2 == *,* ]] && before=${2%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${2##*,}")
  compopt -o nospace
}

# _actorsim_files CURRENT
_actorsim_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# _actorsim_scenarios CURRENT: folders, and files that end as scenarios do
_actorsim_scenarios() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -d -- "$1"; compgen -f -- "$1" | grep -E '\.()bash";
constexpr std::string_view kHeadEnd = R"bash()$')
}

_actorsim() {
  COMPREPLY=()
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} before=
  ((COMP_CWORD < 2)) || before=${COMP_WORDS[COMP_CWORD - 2]}
  # --option=value comes in three words
  if [[ $current == '=' && $previous == -* ]]; then
    current=
  elif [[ $current == '=' ]]; then  # --report json=
    _actorsim_files ''
    return
  elif [[ $previous == '=' && $before == -* ]]; then
    previous=$before
  elif [[ $previous == '=' ]]; then  # --report json=FILE
    _actorsim_files "$current"
    return
  fi
  if ((COMP_CWORD == 1)); then
)bash";

std::string action_of(Values values, const std::vector<std::string>& words) {
  switch (values) {
    case Values::anything: return ":";
    case Values::words: return fmt::format("_actorsim_words '{}' \"$current\"", plain_words(words));
    case Values::word_list: return fmt::format("_actorsim_list '{}' \"$current\"", plain_words(words));
    case Values::reports:
      return fmt::format("_actorsim_words '{}' \"$current\"; compopt -o nospace", plain_words(words));
    case Values::file: return "_actorsim_files \"$current\"";
    case Values::scenarios: return "_actorsim_scenarios \"$current\"";
  }
  return ":";
}

std::string names_of(const OptionEntry& option, std::string_view between) {
  const std::string name = "--" + option.name;
  return option.letter == '\0' ? name : fmt::format("-{}{}{}", option.letter, between, name);
}

std::string body_of(const CommandEntry& command) {
  std::string text = fmt::format("    {})\n      case $previous in\n", command.name);
  std::string all;
  for (const OptionEntry& option : command.options) {
    all += (all.empty() ? "" : " ") + names_of(option, " ");
    if (option.type.empty()) continue;
    text += fmt::format("        {}) {}; return ;;\n", names_of(option, " | "), action_of(option.values, option.words));
  }
  text += "      esac\n";
  text += fmt::format("      if [[ $current == -* ]]; then _actorsim_words '{}' \"$current\"; return; fi\n", all);
  return text + fmt::format("      {} ;;\n", action_of(command.operand_values, command.operand_words));
}

}  // namespace

std::string bash_completions() {
  std::string text(kHead);
  std::string endings;
  for (const std::string_view ending : kScenarioEndings) endings += (endings.empty() ? "" : "|") + std::string(ending);
  text += endings + std::string(kHeadEnd);
  std::vector<std::string> commands;
  for (const CommandEntry& command : command_table()) commands.emplace_back(command.name);
  text += fmt::format("    _actorsim_words 'help {} --help --version' \"$current\"\n    return\n  fi\n",
                      plain_words(commands));
  text += "  case ${COMP_WORDS[1]} in\n";
  text += fmt::format("    help) _actorsim_words '{}' \"$current\" ;;\n", plain_words(commands));
  for (const CommandEntry& command : command_table()) text += body_of(command);
  return text + "  esac\n}\n\ncomplete -F _actorsim actorsim\n";
}

}  // namespace actorsim
