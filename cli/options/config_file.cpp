// The only file that knows toml++.
#include "cli/options/config_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

// toml++ asserts what bad input breaks (`[!]`), and says what is wrong with it where the assertion is nothing. With
// NDEBUG it may be an assumption instead.
#undef NDEBUG
#define TOML_ASSERT(expr) static_cast<void>(0)  // NOLINT: its name
#define TOML_EXCEPTIONS 0                       // NOLINT: its name
#define TOML_ENABLE_FORMATTERS 0                // NOLINT: its name
#include <toml++/toml.h>

#include "actorsim/base/text.h"
#include "cli/options/option_table.h"
#include "cli/options/toml_dangers.h"

namespace actorsim {
namespace {

// Lines of the source, for toml++ counts columns in characters and we do in bytes.
class Places {
 public:
  explicit Places(std::string_view text) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  Span span(const toml::source_region& region) const {
    Span span{static_cast<std::uint32_t>(region.begin.line), 1, 1};
    if (region.begin.line == 0 || region.begin.line > lines_.size()) return span;
    const std::string_view line = lines_[region.begin.line - 1];
    const std::size_t begin = byte_of(line, region.begin.column);
    const std::size_t end = region.end.line == region.begin.line ? byte_of(line, region.end.column) : line.size();
    span.column = static_cast<std::uint32_t>(begin + 1);
    span.length = static_cast<std::uint32_t>(std::max<std::size_t>(1, end > begin ? end - begin : 1));
    return span;
  }

  // What stands there, if that is on one line.
  std::string_view text(const Span& span) const {
    return trim(lines_[span.line - 1].substr(span.column - 1, span.length));
  }

 private:
  static std::size_t byte_of(std::string_view line, std::size_t column) {
    std::size_t byte = 0;
    for (std::size_t i = 1; i < column && byte < line.size(); ++i) byte += decode_utf8(line, byte).length;
    return byte;
  }

  std::vector<std::string_view> lines_;
};

// toml++ begins its sentences with capitals.
std::string lower_case(std::string_view message) {
  std::string text(message);
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  return text;
}

std::vector<std::string> settable_names(const CommandEntry& command) {
  std::vector<std::string> names;
  for (const OptionEntry& option : command.options) {
    if (option.reach == Reach::everywhere) names.push_back(option.name);
  }
  return names;
}

std::vector<std::string> all_settable_names() {
  std::vector<std::string> names;
  for (const CommandEntry& command : command_table()) {
    for (std::string& name : settable_names(command)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
  }
  return names;
}

class ConfigParser {
 public:
  explicit ConfigParser(const Source& source) : source_(source), places_(source.text) {}

  tl::expected<std::vector<ConfigEntry>, Diagnostics> parse() {
    if (const std::optional<TomlDanger> danger = danger_in_toml(source_.text)) {
      complain("toml-syntax", danger->span, danger->message, danger->help);
      return tl::unexpected(std::move(problems_));
    }
    toml::parse_result result = toml::parse(source_.text);
    if (!result) {
      complain("toml-syntax", places_.span(result.error().source()), lower_case(result.error().description()),
               "key = value; a text stands in quotes: color = \"never\"");
      return tl::unexpected(std::move(problems_));
    }
    const toml::table& top = result.table();
    for (auto&& [key, value] : top) {
      if (const toml::table* table = value.as_table()) {
        read_command(key, *table);
      } else {
        read_entry({}, key, value);
      }
    }
    if (problems_.has_errors()) return tl::unexpected(std::move(problems_));
    // toml++ sorts by key; people count by lines.
    std::sort(entries_.begin(), entries_.end(), [](const ConfigEntry& left, const ConfigEntry& right) {
      return std::make_pair(left.span.line, left.span.column) < std::make_pair(right.span.line, right.span.column);
    });
    return std::move(entries_);
  }

 private:
  void complain(std::string_view code, const Span& span, std::string message, std::string help = {}) {
    problems_.add({Severity::error, code, source_.name, span, std::move(message), std::move(help), {}});
  }

  void read_command(const toml::key& key, const toml::table& table) {
    const std::string name(key.str());
    const CommandEntry* command = find_command(name);
    if (command == nullptr || settable_names(*command).empty()) {
      std::vector<std::string> known;
      for (const CommandEntry& entry : command_table()) {
        if (!settable_names(entry).empty()) known.emplace_back(entry.name);
      }
      complain("unknown-key", places_.span(key.source()),
               fmt::format("{} is no command with options", actorsim::in_quotes(name)), suggestion(name, known));
      return;
    }
    for (auto&& [option, value] : table) read_entry(name, option, value);
  }

  void read_entry(const std::string& command, const toml::key& key, const toml::node& node) {
    ConfigEntry entry;
    entry.command = command;
    entry.key = key.str();
    if (!check_key(command, entry.key, places_.span(key.source()))) return;
    entry.span = places_.span(node.source());
    std::optional<ConfigValue> value = value_of(node, entry);
    if (!value) return;
    entry.value = std::move(*value);
    entries_.push_back(std::move(entry));
  }

  bool check_key(const std::string& command, const std::string& key, const Span& span) {
    const CommandEntry* known_command = command.empty() ? nullptr : find_command(command);
    const std::vector<std::string> known =
        known_command == nullptr ? all_settable_names() : settable_names(*known_command);
    if (std::find(known.begin(), known.end(), key) != known.end()) return true;
    const auto stands_on_the_command_line_only = [&](const CommandEntry& entry) {
      return (known_command == nullptr || &entry == known_command) && find_option(entry, key) != nullptr;
    };
    const std::vector<CommandEntry>& all = command_table();
    if (std::any_of(all.begin(), all.end(), stands_on_the_command_line_only)) {
      complain("unknown-key", span, fmt::format("--{} belongs on the command line", key),
               "it is about one case, one moment or one place");
      return false;
    }
    const std::optional<std::string> nearest = nearest_word(key, known);
    complain(
        "unknown-key", span,
        fmt::format("{} is no option{}", actorsim::in_quotes(key), command.empty() ? "" : " of actorsim " + command),
        nearest           ? fmt::format("did you mean '{}'?", *nearest)
        : command.empty() ? "actorsim run --help lists options; a key is one without its dashes"
                          : fmt::format("actorsim {} --help lists them; a key is one without its dashes", command));
    return false;
  }

  std::optional<ConfigValue> value_of(const toml::node& node, const ConfigEntry& entry) {
    ConfigValue value;
    if (const auto* array = node.as_array()) {
      value.kind = ConfigValue::Kind::list;
      for (const toml::node& element : *array) {
        const std::optional<ConfigValue> item = scalar_of(element);
        if (!item || item->kind == ConfigValue::Kind::boolean) {
          complain("wrong-type", places_.span(element.source()), "an entry of a list is a text or a number");
          return std::nullopt;
        }
        value.texts.push_back(item->texts.front());
      }
      return value;
    }
    std::optional<ConfigValue> scalar = scalar_of(node);
    if (!scalar)
      complain("wrong-type", entry.span,
               fmt::format("the value of {} is neither true or false, a number, a text nor a "
                           "list",
                           actorsim::in_quotes(entry.key)));
    return scalar;
  }

  // A number as it is written: 1.10 is a release, not 1.1.
  std::optional<ConfigValue> scalar_of(const toml::node& node) const {
    ConfigValue value;
    if (const auto* text = node.as_string()) {
      value.texts.push_back(text->get());
    } else if (const auto* truth = node.as_boolean()) {
      value.kind = ConfigValue::Kind::boolean;
      value.texts.emplace_back(truth->get() ? "true" : "false");
    } else if (node.is_number()) {
      value.kind = ConfigValue::Kind::number;
      value.texts.emplace_back(places_.text(places_.span(node.source())));
    } else {
      return std::nullopt;
    }
    return value;
  }

  const Source& source_;
  const Places places_;
  Diagnostics problems_;
  std::vector<ConfigEntry> entries_;
};

}  // namespace

tl::expected<std::vector<ConfigEntry>, Diagnostics> parse_config(const Source& source) {
  return ConfigParser(source).parse();
}

}  // namespace actorsim
