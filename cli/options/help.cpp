// Two columns, wrapped.
#include "cli/options/help.h"

#include <algorithm>

#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kNames = 30;  // column at which texts begin
constexpr std::size_t kWidest = 100;

constexpr std::string_view kExitCodes =
    "Exit codes:\n"
    "  0   every expectation holds\n"
    "  1   an expectation failed\n"
    "  2   the command line or a scenario is wrong, or nothing was selected\n"
    "  3   inconclusive: a bound was hit before the answer\n"
    "  70  a bug in actorsim\n";

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

}  // namespace

std::string render_help(const HelpPage& page, std::size_t width) {
  const std::size_t columns = std::clamp<std::size_t>(width, 60, kWidest);
  std::string result = "usage: " + page.usage + "\n\n" + page.summary + "\n";
  for (const HelpGroup& group : page.groups) {
    result += "\n" + group.title + ":\n";
    for (const HelpEntry& entry : group.entries) result += render_entry(entry, columns);
  }
  if (!page.epilogue.empty()) result += "\n" + page.epilogue;
  if (page.shows_exit_codes) result += "\n" + std::string(kExitCodes);
  return result;
}

}  // namespace actorsim
