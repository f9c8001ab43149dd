// Two columns, wrapped.
#include "cli/describe/help.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kNames = 30;  // column at which texts begin
constexpr std::size_t kWidest = 100;

std::string exit_codes() {
  std::string text = "Exit codes:\n";
  for (const ExitCode& exit : exit_codes_of_all()) text += fmt::format("  {:<3}  {}\n", exit.code, exit.meaning);
  return text;
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    for (std::string& line : wrap(std::string_view(text).substr(begin, end - begin), width))
      lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

std::string render_entry(const HelpEntry& entry, std::size_t width) {
  std::string result = "  " + entry.names;
  const std::size_t used = text_width(result);
  std::string before = used + 2 <= kNames ? std::string(kNames - used, ' ') : "\n" + std::string(kNames, ' ');
  for (const std::string& line : wrapped(entry.text, width - kNames)) {
    result += before + line;
    before = "\n" + std::string(kNames, ' ');
  }
  return result + "\n";
}

bool runs_calls(Command command) { return command == Command::run || command == Command::ask; }

HelpEntry help_entry(const OptionEntry& option) {
  HelpEntry entry;
  entry.names =
      (option.letter == '\0' ? std::string("    ") : fmt::format("-{}, ", option.letter)) + "--" + option.name;
  if (!option.type.empty()) entry.names += " " + option.type;
  entry.text = option.text;
  return entry;
}

}  // namespace

std::string render_help(const HelpPage& page, std::size_t width) {
  const std::size_t columns = std::clamp<std::size_t>(width, 60, kWidest);
  std::string result = "usage: " + page.usage + "\n\n" + page.summary + "\n";
  for (const HelpGroup& group : page.groups) {
    result += "\n" + group.title + ":\n";
    for (const HelpEntry& entry : group.entries) result += render_entry(entry, columns);
  }
  if (!page.epilogue.empty()) result += "\n" + page.epilogue;
  if (page.shows_exit_codes) result += "\n" + exit_codes();
  return result;
}

std::string usage_of(const CommandEntry& entry) {
  const bool has_options = entry.options.size() > 2;  // than --help and --version
  return fmt::format("actorsim {}{}{}{}", entry.name, has_options ? " [OPTION]..." : "",
                     entry.operands.empty() ? "" : " ", entry.operands);
}

std::string help_of(const CommandEntry& entry, std::size_t width) {
  HelpPage page;
  page.usage = usage_of(entry);
  page.summary = entry.summary;
  for (const OptionGroup group : kOptionGroups) {
    HelpGroup options{std::string(to_title(group)), {}};
    for (const OptionEntry& option : entry.options) {
      if (option.group == group) options.entries.push_back(help_entry(option));
    }
    if (!options.entries.empty()) page.groups.push_back(std::move(options));
  }
  page.epilogue = entry.epilogue;
  page.shows_exit_codes = runs_calls(entry.command);
  return render_help(page, width);
}

std::string help_of_all(std::size_t width) {
  HelpPage page;
  page.usage = "actorsim COMMAND [OPTION]... OPERAND...";
  page.summary = kProgramSummary;
  HelpGroup commands{"Commands", {}};
  for (const CommandEntry& entry : command_table()) {
    commands.entries.push_back({fmt::format("{}{}{}", entry.name, entry.operands.empty() ? "" : " ", entry.operands),
                                std::string(entry.summary)});
  }
  page.groups.push_back(std::move(commands));
  HelpGroup other{std::string(to_title(OptionGroup::other)), {}};
  other.entries.push_back({"-h, --help", "this help"});
  other.entries.push_back({"    --version", "the version"});
  page.groups.push_back(std::move(other));
  page.epilogue =
      "Options also come from ACTORSIM_... variables and from actorsim.toml (man actorsim).\n\n"
      "Examples:\n"
      "  actorsim ask 'A -> A'\n"
      "  actorsim run scenarios\n"
      "  actorsim run --help\n";
  page.shows_exit_codes = true;
  return render_help(page, width);
}

}  // namespace actorsim
