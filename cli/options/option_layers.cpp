// Layer by layer, the stronger one first: what is given already is left as it is.
#include "cli/options/option_layers.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "cli/files/files.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "ACTORSIM_";

std::optional<bool> truth_of(const std::string& text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

// Puts the value where it belongs. What comes back says what it should be.
class Setter {
 public:
  Setter(RawOptions& raw, const ConfigValue& value) : raw_(raw), value_(value) {}

  std::optional<std::string> operator()(std::monostate) const { return std::nullopt; }

  std::optional<std::string> operator()(bool RawOptions::*target) const {
    const std::optional<bool> truth = is_list() ? std::nullopt : truth_of(value_.texts.front());
    if (!truth) return "true or false";
    raw_.*target = *truth;
    return std::nullopt;
  }

  // How often a flag is repeated.
  std::optional<std::string> operator()(int RawOptions::*target) const {
    constexpr std::int64_t kMost = 9;
    if (is_list()) return "a number";
    const std::optional<bool> truth = truth_of(value_.texts.front());
    const auto number = parse_integer(value_.texts.front());
    if (!truth && (!number || *number < 0 || *number > kMost)) return fmt::format("a number from 0 to {}", kMost);
    raw_.*target = truth ? static_cast<int>(*truth) : static_cast<int>(*number);
    return std::nullopt;
  }

  std::optional<std::string> operator()(std::string RawOptions::*target) const {
    if (is_list() || value_.kind == ConfigValue::Kind::boolean) return "a text or a number";
    raw_.*target = value_.texts.front();
    return std::nullopt;
  }

  std::optional<std::string> operator()(std::vector<std::string> RawOptions::*target) const {
    if (value_.kind == ConfigValue::Kind::boolean) return "a text, a number or a list of them";
    raw_.*target = value_.texts;
    return std::nullopt;
  }

 private:
  bool is_list() const { return value_.kind == ConfigValue::Kind::list; }

  RawOptions& raw_;
  const ConfigValue& value_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// The nearest file from the current folder up to the root; how it is called from here.
std::optional<ChosenFile> find_config(const Environment& environment) {
  std::error_code error;
  fs::path folder = fs::absolute(environment.current_folder, error).lexically_normal();
  if (error) return std::nullopt;
  if (!folder.has_filename()) folder = folder.parent_path();
  for (std::string name(kConfigFileName);; name = "../" + name) {
    const fs::path path = folder / kConfigFileName;
    if (fs::is_regular_file(path, error)) return ChosenFile{name, path};
    if (folder == folder.parent_path()) return std::nullopt;
    folder = folder.parent_path();
  }
}

bool has_layers(const CommandEntry& command) {
  return std::any_of(command.options.begin(), command.options.end(),
                     [](const OptionEntry& option) { return option.reach == Reach::everywhere; });
}

std::vector<std::string> known_variables() {
  std::vector<std::string> known;
  for (const CommandEntry& command : command_table()) {
    for (const OptionEntry& option : command.options) {
      if (option.reach == Reach::everywhere) known.push_back(variable_of(option).substr(kPrefix.size()));
    }
  }
  return known;
}

// Other programs may have variables of this kind: only what was probably meant for us is worth a word.
void warn_of_misspelt(const Environment& environment, Diagnostics& warnings) {
  if (!environment.variable_names) return;
  const std::vector<std::string> known = known_variables();
  for (const std::string& name : environment.variable_names()) {
    if (name.rfind(kPrefix, 0) != 0) continue;
    const std::string rest = name.substr(kPrefix.size());
    if (std::find(known.begin(), known.end(), rest) != known.end()) continue;
    if (const auto nearest = nearest_word(rest, known)) {
      Diagnostic warning =
          file_problem("usage", "actorsim", "the variable " + actorsim::in_quotes(name) + " is no option",
                       fmt::format("did you mean '{}{}'?", kPrefix, *nearest));
      warning.severity = Severity::warning;
      warnings.add(std::move(warning));
    }
  }
}

}  // namespace

bool OptionLayers::is_open(const OptionEntry& option) const {
  return option.reach == Reach::everywhere && given_.count(option.name) == 0 &&
         std::none_of(option.rivals.begin(), option.rivals.end(),
                      [&](const std::string& rival) { return given_.count(rival) > 0; });
}

void OptionLayers::add(const OptionEntry& option, const ConfigValue& value, OptionPlace place, Diagnostics& problems) {
  raw_.places[option.name] = std::move(place);
  now_.insert(option.name);
  if (const std::optional<std::string> wanted = std::visit(Setter(raw_, value), option.target)) {
    const std::string text =
        value.kind == ConfigValue::Kind::list ? "a list" : actorsim::in_quotes(value.texts.front());
    problems.add(option_problem(raw_, option.name, fmt::format("{} is no value of --{}", text, option.name), *wanted));
  }
}

void OptionLayers::close_layer() {
  given_.insert(now_.begin(), now_.end());
  now_.clear();
}

void OptionLayers::add_variables(const Environment& environment, Diagnostics& problems, Diagnostics& warnings) {
  for (const OptionEntry& option : command_.options) {
    if (!is_open(option)) continue;
    const std::string name = variable_of(option);
    const std::optional<std::string> text = environment.get(name);
    if (!text || text->empty()) continue;
    const bool is_list = std::holds_alternative<std::vector<std::string> RawOptions::*>(option.target);
    const ConfigValue value{ConfigValue::Kind::text, is_list ? lines_of(*text) : std::vector<std::string>{*text}};
    add(option, value, {name, Span{0, 0, 1}}, problems);
  }
  close_layer();
  if (has_layers(command_)) warn_of_misspelt(environment, warnings);
}

void OptionLayers::add_file(const Environment& environment, Diagnostics& problems) {
  if (!has_layers(command_) || raw_.config == "none") return;
  std::optional<ChosenFile> file;
  if (raw_.config.empty()) {
    file = find_config(environment);
  } else {
    file = ChosenFile{raw_.config, environment.current_folder / raw_.config};
  }
  if (!file) return;
  file_ = file->path;
  auto source = read_file_source(*file);
  if (!source) {
    problems.add(std::move(source.error()));
    return;
  }
  sources_.push_back(std::move(*source));
  auto entries = parse_config(sources_.back());
  if (!entries) {
    problems.add_all(entries.error());
    return;
  }
  // What stands in the command's own table is nearer than what stands at the top.
  for (const std::string& table : {std::string(command_.name), std::string()}) {
    for (const ConfigEntry& entry : *entries) {
      const OptionEntry* option = entry.command == table ? find_option(command_, entry.key) : nullptr;
      if (option != nullptr && is_open(*option)) add(*option, entry.value, {file->name, entry.span}, problems);
    }
    close_layer();
  }
}

}  // namespace actorsim
