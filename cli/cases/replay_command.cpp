// Word by word.
#include "cli/cases/replay_command.h"

#include <algorithm>
#include <string_view>

#include "actorsim/base/text.h"
#include "cli/files/files.h"

namespace actorsim {
namespace {

// A word that a shell leaves as it is.
std::string shell_word(const std::string& text) {
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_name_part(c) || std::string_view("/.,:=+@%^").find(c) != std::string_view::npos;
  });
  if (is_plain) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

bool has_several_scenarios(const ScenarioFile& file) {
  for (std::size_t i = 1; i < file.case_count(); ++i) {
    if (file.title(i).name != file.title(0).name) return true;
  }
  return false;
}

std::string replay_command(const CasePlace& place, const Schedule& schedule, const Options& options,
                           std::string_view word) {
  std::string command =
      "actorsim " + std::string(word) + " " + (place.file == kStandardInput ? "-" : shell_word(place.file));
  if (place.is_one_of_several) command += " --case " + shell_word(place.title.name);
  const auto add_set = [&](const std::string& key, const std::string& value) {
    command += " --set " + shell_word(key + "=" + value);
  };
  const auto is_axis = [&](const std::string& key) {
    return std::any_of(place.title.axes.begin(), place.title.axes.end(),
                       [&](const auto& axis) { return axis.first == key; });
  };
  for (const Override& change : options.overrides) {
    if (!is_axis(change.key)) add_set(change.key, change.value);
  }
  if (!options.releases.empty() || is_axis("dapr")) command += " --dapr " + place.dapr;
  for (const auto& [axis, value] : place.title.axes) {
    if (axis != "dapr") add_set(axis, value);
  }
  return command + " --schedule " + schedule_text(schedule);
}

}  // namespace actorsim
