// Word by word.
#include "cli/replay_command.h"

#include <algorithm>
#include <string_view>

namespace actorsim {
namespace {

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%#";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos && text.front() != '#') return text;
  std::string word = "'";
  for (const char character : text) {
    if (character == '\'') {
      word += "'\\''";
    } else {
      word += character;
    }
  }
  return word + "'";
}

}  // namespace

std::string replay_command(const CaseReport& report, const Schedule& schedule, const Options& options,
                           bool names_scenario) {
  std::string command = "actorsim run " + (report.file == "<stdin>" ? std::string("-") : shell_word(report.file));
  const auto add_set = [&](const std::string& key, const std::string& value) {
    command += " --set " + shell_word(key + "=" + value);
  };
  const auto is_axis = [&](const std::string& key) {
    return std::any_of(report.axes.begin(), report.axes.end(), [&](const auto& axis) { return axis.first == key; });
  };
  if (names_scenario) command += " --scenario " + shell_word(report.name);
  for (const Override& change : options.overrides) {
    if (!is_axis(change.key)) add_set(change.key, change.value);
  }
  if (!options.releases.empty() || is_axis("dapr")) command += " --dapr " + report.dapr;
  for (const auto& [axis, value] : report.axes) {
    if (axis != "dapr") add_set(axis, value);
  }
  return command + " --schedule " + schedule_text(schedule);
}

}  // namespace actorsim
