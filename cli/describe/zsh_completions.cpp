// zsh: a function for _arguments, with a description for everything.
#include <fmt/format.h>

#include "cli/describe/completions.h"

namespace actorsim {
namespace {

constexpr std::string_view kHead = R"zsh(#compdef actorsim
# zsh completion for actorsim: put it into a folder of $fpath as _actorsim.

# _actorsim_reports FORMAT...: one of them, or FORMAT=FILE
_actorsim_reports() {
  if compset -P '*='; then
    _files
  else
    compadd -S '' -- "$@"
  fi
}

_actorsim() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  local -a commands=(
)zsh";

constexpr std::string_view kMiddle = R"zsh(  )
  _arguments -C '(- *)'{-h,--help}'[this help]' '(- *)--version[the version]' ': :->command' '*:: :->operands'
  case $state in
    command) _describe -t commands command commands; return ;;
    operands) ;;
    *) return ;;
  esac
  curcontext=${curcontext%:*:*}:actorsim-$words[1]:
  case $words[1] in
)zsh";

// Inside '…'.
std::string inside_quotes(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result;
}

std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return inside_quotes(result);
}

std::string action_of(Values values, const std::vector<std::string>& words) {
  switch (values) {
    case Values::anything: return " ";
    case Values::words: return fmt::format("({})", plain_words(words));
    case Values::word_list: return fmt::format("{{_sequence compadd - {}}}", plain_words(words));
    case Values::reports: return fmt::format("{{_actorsim_reports {}}}", plain_words(words));
    case Values::file: return "_files";
    case Values::scenarios: break;
  }
  std::string endings;
  for (const std::string_view ending : kScenarioEndings) endings += (endings.empty() ? "" : "|") + std::string(ending);
  return fmt::format("_files -g \"*.({})\"", endings);
}

// One argument of _arguments, or two in braces where there is a letter.
std::string argument_of(const OptionEntry& option) {
  const bool is_list = std::holds_alternative<std::vector<std::string> RawOptions::*>(option.target);
  const bool is_repeated = is_list || std::holds_alternative<int RawOptions::*>(option.target);
  const bool is_alone = std::holds_alternative<std::monostate>(option.target);
  const bool has_value = !option.type.empty();
  const std::string name = "--" + option.name + (has_value ? "=" : "");
  const std::string letter = option.letter == '\0' ? "" : fmt::format("-{}{}", option.letter, has_value ? "+" : "");
  std::string text = "'";
  if (is_alone) {
    text += "(- *)";
  } else if (is_repeated) {
    text += "*";
  } else if (!letter.empty()) {
    text += fmt::format("(-{} --{})", option.letter, option.name);
  }
  text += letter.empty() ? name : fmt::format("'{{{},{}}}'", letter, name);
  text += fmt::format("[{}]", escaped(short_text(option), "\\[]:"));
  if (has_value) text += fmt::format(":{}:{}", escaped(option.type, "\\:"), action_of(option.values, option.words));
  return text + "'";
}

}  // namespace

std::string zsh_completions() {
  std::string text(kHead);
  std::vector<std::string> commands;
  for (const CommandEntry& command : command_table()) {
    commands.emplace_back(command.name);
    text += fmt::format("    '{}:{}'\n", command.name, escaped(command.summary, "\\:"));
  }
  text += "    'help:what a command does, and its options'\n";
  text += kMiddle;
  for (const CommandEntry& command : command_table()) {
    text += fmt::format("    {})\n      _arguments -s -S", command.name);
    for (const OptionEntry& option : command.options) text += " \\\n        " + argument_of(option);
    if (!command.operands.empty()) {
      text += fmt::format(" \\\n        '*:{}:{}'", escaped(command.operands, "\\:[]"),
                          action_of(command.operand_values, command.operand_words));
    }
    text += " ;;\n";
  }
  text += fmt::format("    help) _arguments ':command:({})' ;;\n  esac\n}}\n\n", plain_words(commands));
  return text + "if [[ $funcstack[1] == _actorsim ]]; then _actorsim \"$@\"; else compdef _actorsim actorsim; fi\n";
}

}  // namespace actorsim
