// Reading a file's layers once, and making scenarios of them.
#include "actorsim/scenario/loader.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "actorsim/base/check.h"
#include "actorsim/scenario/check_scenario.h"
#include "actorsim/scenario/document.h"
#include "actorsim/scenario/layer.h"
#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/source_scan.h"

namespace actorsim {
namespace {

constexpr std::int64_t kFormatVersion = 1;
constexpr std::size_t kMaximumValues = 20'000'000;  // of all scenarios of a file together

std::string stem_of(std::string_view path) {
  path.remove_prefix(std::min(path.find_last_of("/\\") + 1, path.size()));
  const std::size_t dot = path.rfind('.');
  return std::string(dot == std::string_view::npos || dot == 0 ? path : path.substr(0, dot));
}

Diagnostic make_diagnostic(std::string_view code, std::string file, std::string message, std::string help = {}) {
  return {Severity::error, code, std::move(file), {0, 0, 1}, std::move(message), std::move(help), {}};
}

// `actorsim:`, with or without quotes around the key.
bool begins_with_marker(std::string_view line) {
  constexpr std::string_view kMarker = "actorsim";
  const char quote = !line.empty() && (line.front() == '"' || line.front() == '\'') ? line.front() : '\0';
  if (quote != '\0') line.remove_prefix(1);
  if (line.substr(0, kMarker.size()) != kMarker) return false;
  line.remove_prefix(kMarker.size());
  if (quote != '\0') {
    if (line.empty() || line.front() != quote) return false;
    line.remove_prefix(1);
  }
  return trim(line).substr(0, 1) == ":";
}

// Names that `with` binds anywhere in the file: handlers may use them.
void find_bound_names(DocumentNode node, std::vector<std::string>& names) {
  for (const DocumentNode item : node.items()) find_bound_names(item, names);
  for (const auto& entry : node.entries()) {
    if (entry.key.is_scalar() && entry.key.text() == "with") {
      for (const auto& bound : entry.value.entries()) {
        if (bound.key.is_scalar()) names.emplace_back(bound.key.text());
      }
    }
    find_bound_names(entry.value, names);
  }
}

// The marker as a key of the braces at `open`, not of braces inside.
bool has_marker_in_braces(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  bool key_follows = false;
  for (std::size_t i = open; i < text.size(); ++i) {
    const char character = text[i];
    if (key_follows && depth == 1 && begins_with_marker(text.substr(i))) return true;
    if (is_blank(character) || character == '\n' || character == '\r') continue;
    key_follows = character == '{' || character == ',';
    if (character == '{' || character == '[') ++depth;
    if (character == '}' || character == ']') --depth;
    if (depth == 0) return false;
    if (character == '"') i = std::min(end_of_quote(text, i), text.size());
  }
  return false;
}

std::size_t count_values(DocumentNode node) {
  std::size_t count = 1;
  for (const DocumentNode item : node.items()) count += count_values(item);
  for (const auto& entry : node.entries()) count += count_values(entry.value);
  return count;
}

// What makes a file a scenario file. False: nothing else is worth reading.
bool check_top(Reader& reader, DocumentNode root) {
  if (!root.is_mapping()) {
    reader.wrong_shape(root, "a scenario (key: value)", "a scenario begins with 'actorsim: 1'");
    return false;
  }
  const auto version = Reader::find(root, "actorsim");
  if (!version) {
    reader.error("not-a-scenario", (*root.entries().begin()).key.span(),
                 "this is not a scenario: the key 'actorsim' is missing", "begin it with 'actorsim: 1'");
    return false;
  }
  const auto number = reader.integer(*version, "actorsim");
  if (number && *number != kFormatVersion) {
    reader.error("unknown-version", version->span(), fmt::format("unknown format version {}", *number),
                 "this program knows version 1");
    return false;
  }
  reader.fields(root, "a scenario", top_keys(), [](std::string_view, DocumentNode, Span) {});
  return true;
}

ReadState state_of(const Layer& top, const Layer* entry) {
  const bool chains = entry != nullptr && entry->chains ? entry->names_chains : top.names_chains;
  const bool triggers = entry != nullptr && entry->start ? entry->names_triggers : top.names_triggers;
  ReadState state;
  state.names_a_start = chains || triggers;
  state.knows_all_types = !top.has_broken_types && (entry == nullptr || !entry->has_broken_types);
  state.knows_all_labels = !top.has_errors && (entry == nullptr || !entry->has_errors);
  return state;
}

void check_entry(Reader& reader, DocumentNode entry) {
  if (!reader.expect_mapping(entry, "an entry of 'scenarios'")) return;
  for (const auto& field : entry.entries()) {
    if (!field.key.is_scalar()) continue;
    const std::string_view key = field.key.text();
    if (key == "actorsim" || key == "scenarios") {
      reader.error("unknown-key", field.key.span(), fmt::format("'{}' stands only at the top of the file", key));
    } else if (std::find(entry_keys().begin(), entry_keys().end(), key) == entry_keys().end()) {
      reader.unknown_key(field.key, "an entry of 'scenarios'", {entry_keys().begin(), entry_keys().end()});
    }
  }
}

std::optional<Diagnostic> try_override(DaprConfig& config, const Override& change, const Scope& scope) {
  const std::string origin = fmt::format("--set {}={}", change.key, change.value);
  std::vector<std::string> known = config_paths();
  for (const auto& [name, value] : scope.constants) known.push_back(name);
  if (std::find(config_paths().begin(), config_paths().end(), change.key) == config_paths().end()) {
    std::string help = change.key == "dapr" ? "the release is set with --dapr" : suggestion(change.key, known);
    return make_diagnostic("bad-override", origin, "there is nothing named " + quoted(change.key) + " to set",
                           std::move(help));
  }
  const auto set = set_config_path(config, change.key, change.value);
  if (set) return std::nullopt;
  return make_diagnostic("bad-override", origin, quoted(change.value) + " " + set.error().reason, set.error().help);
}

}  // namespace

struct ScenarioFile::Parts {
  Document document;
  LoadOptions options;
  Scope scope;                        // of the top
  std::vector<DocumentNode> entries;  // of `scenarios`; none: the top alone is the scenario
  bool has_bad_entries = false;
  std::optional<Layer> top;  // read once for all entries; a file without entries reads it when it is asked for
  Diagnostics warnings;

  explicit Parts(Document parsed) : document(std::move(parsed)) {}

  std::size_t release_count() const { return std::max<std::size_t>(1, options.releases.size()); }
  std::size_t scenario_count() const { return std::max<std::size_t>(1, entries.size()); }

  void load(Diagnostics& diagnostics) {
    const DocumentNode root = document.root();
    {
      Reader reader(document, diagnostics, {});
      if (!check_top(reader, root)) return;
      if (const auto vars = Reader::find(root, "vars")) scope.constants = read_vars(reader, *vars);
      set_variables(scope);
      find_bound_names(root, scope.running);
      find_entries(reader, root);
      check_matrix(reader, root);
    }
    check_overrides(diagnostics);
    Reader reader(document, diagnostics, scope);
    Layer layer = read_layer(reader, root);
    if (entries.empty() && has_bad_entries) return;
    if (entries.empty()) {
      const ReadState state = state_of(layer, nullptr);
      check_scenario(reader, merge_layers(std::move(layer), std::nullopt), state);
      return;
    }
    top = std::move(layer);
    if (!check_size(reader)) return;
    std::map<std::string, Span> names;
    for (const DocumentNode entry : entries) load_entry(entry, diagnostics, names);
  }

  // What stands at the top is read again for every entry.
  bool check_size(Reader& reader) const {
    std::size_t values = 0;
    for (const auto& field : document.root().entries()) {
      if (field.key.text() != "scenarios") values += count_values(field.value);
    }
    if (entries.size() <= kMaximumValues / std::max<std::size_t>(1, values)) return true;
    reader.error("too-large", entries.front().span(),
                 fmt::format("{} scenarios that share {} values are too many", entries.size(), values),
                 "spread them over several files");
    return false;
  }

  void find_entries(Reader& reader, DocumentNode root) {
    const auto scenarios = Reader::find(root, "scenarios");
    if (!scenarios || !reader.expect_sequence(*scenarios, "scenarios")) return;
    has_bad_entries = scenarios->size() == 0;
    if (has_bad_entries) reader.error("wrong-shape", scenarios->span(), "'scenarios' without scenarios");
    for (const DocumentNode entry : scenarios->items()) {
      check_entry(reader, entry);
      if (entry.is_mapping()) entries.push_back(entry);
      has_bad_entries = has_bad_entries || !entry.is_mapping();
    }
  }

  // The top as an entry sees it, which may set variables of its own.
  Layer top_for(DocumentNode entry, Reader& reader) const {
    return Reader::find(entry, "vars") ? read_layer(reader, document.root()) : *top;
  }

  void load_entry(DocumentNode entry, Diagnostics& diagnostics, std::map<std::string, Span>& names) {
    Reader reader(document, diagnostics, scope_of(reader_for_vars(diagnostics), entry));
    check_matrix(reader, entry);
    Layer base = top_for(entry, reader);
    Layer layer = read_layer(reader, entry);
    check_types_once(reader, base, layer);
    const ReadState state = state_of(base, &layer);
    const auto name = layer.name;
    check_scenario(reader, merge_layers(std::move(base), std::move(layer)), state);
    if (name) check_name(*name, diagnostics, names);
  }

  void check_name(const Spanned<std::string>& name, Diagnostics& diagnostics,
                  std::map<std::string, Span>& names) const {
    const auto [first, is_new] = names.try_emplace(name.value, name.span);
    if (is_new) return;
    Diagnostic diagnostic{Severity::error,
                          "duplicate-name",
                          document.source().name,
                          name.span,
                          "a second scenario with the name " + quoted(name.value),
                          {},
                          {}};
    diagnostic.notes.push_back({first->second, "the first stands here"});
    diagnostics.add(std::move(diagnostic));
  }

  Reader reader_for_vars(Diagnostics& diagnostics) const { return {document, diagnostics, {}}; }

  Scope scope_of(Reader reader, DocumentNode entry) const {
    Scope result = scope;
    if (const auto vars = Reader::find(entry, "vars")) {
      for (auto& [name, value] : read_vars(reader, *vars)) result.constants[name] = value;
    }
    set_variables(result);
    return result;
  }

  void set_variables(Scope& variables) const {
    for (const Override& change : options.overrides) {
      const auto found = variables.constants.find(change.key);
      if (found != variables.constants.end()) found->second = change.value;
    }
  }

  void check_types_once(Reader& reader, const Layer& base, const Layer& layer) const {
    for (const ActorType& type : layer.actors) {
      const auto same = std::find_if(base.actors.begin(), base.actors.end(),
                                     [&](const ActorType& other) { return other.name == type.name; });
      if (same == base.actors.end()) continue;
      Diagnostic diagnostic{Severity::error,
                            "duplicate-name",
                            document.source().name,
                            type.span,
                            "the actor type " + quoted(type.name) + " stands at the top of the file already",
                            "an entry can add types, not change them",
                            {}};
      diagnostic.notes.push_back({same->span, "it stands here"});
      reader.diagnostics().add(std::move(diagnostic));
    }
  }

  void check_overrides(Diagnostics& diagnostics) const {
    for (const Override& change : options.overrides) {
      if (scope.constants.count(change.key) > 0) continue;
      DaprConfig config;
      if (auto problem = try_override(config, change, scope)) diagnostics.add(std::move(*problem));
    }
  }

  // Everything that does not stand in the layers: names, releases, overrides.
  void finish(Scenario& scenario, std::size_t entry, std::size_t release) const {
    if (scenario.name.empty()) scenario.name = stem_of(document.source().name);
    const bool needs_number = !entries.empty() && !Reader::find(entries[entry], "name");
    if (needs_number) scenario.name += fmt::format(" #{}", entry + 1);
    for (const Override& change : options.overrides) {
      if (scope.constants.count(change.key) == 0)
        ACTORSIM_CHECK(set_config_path(scenario.config, change.key, change.value));
    }
    if (options.releases.empty()) return;
    scenario.dapr = options.releases[release];
    if (options.releases.size() > 1) scenario.axes.emplace_back("dapr", to_string(scenario.dapr));
  }
};

ScenarioFile::ScenarioFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ScenarioFile::ScenarioFile(ScenarioFile&&) noexcept = default;
ScenarioFile& ScenarioFile::operator=(ScenarioFile&&) noexcept = default;
ScenarioFile::~ScenarioFile() = default;

std::size_t ScenarioFile::case_count() const { return parts_->scenario_count() * parts_->release_count(); }
const Diagnostics& ScenarioFile::warnings() const { return parts_->warnings; }
const Source& ScenarioFile::source() const { return parts_->document.source(); }

tl::expected<Scenario, Diagnostics> ScenarioFile::load_case(std::size_t index) const {
  ACTORSIM_CHECK(index < case_count());
  const std::size_t entry = index / parts_->release_count();
  Diagnostics diagnostics;
  Scenario scenario;
  if (parts_->entries.empty()) {
    Reader reader(parts_->document, diagnostics, parts_->scope);
    scenario = merge_layers(read_layer(reader, parts_->document.root()), std::nullopt);
  } else {
    const DocumentNode node = parts_->entries[entry];
    Reader reader(parts_->document, diagnostics, parts_->scope_of(parts_->reader_for_vars(diagnostics), node));
    scenario = merge_layers(parts_->top_for(node, reader), read_layer(reader, node));
  }
  if (diagnostics.has_errors()) return tl::unexpected(std::move(diagnostics));
  parts_->finish(scenario, entry, index % parts_->release_count());
  return scenario;
}

tl::expected<ScenarioFile, Diagnostics> load_scenario_file(const Source& source, const LoadOptions& options) {
  auto document = Document::parse(source);
  if (!document) return tl::unexpected(std::move(document.error()));
  auto parts = std::make_unique<ScenarioFile::Parts>(std::move(*document));
  parts->options = options;
  Diagnostics diagnostics;
  parts->load(diagnostics);
  if (diagnostics.has_errors()) return tl::unexpected(std::move(diagnostics));
  parts->warnings = std::move(diagnostics);
  return ScenarioFile(std::move(parts));
}

bool looks_like_scenario(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return has_marker_in_braces(text, first);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (begins_with_marker(text.substr(start, end - start))) return true;
    start = end + 1;
  }
  return false;
}

tl::expected<Override, Diagnostics> parse_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return tl::unexpected(Diagnostics(
        make_diagnostic("bad-override", "--set", quoted(text) + " is not KEY=VALUE", "--set reentrancy.enabled=true")));
  }
  return Override{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

tl::expected<std::vector<Release>, Diagnostics> parse_releases(std::string_view text) {
  std::vector<Release> result;
  Diagnostics diagnostics;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string_view name = trim(text.substr(start, end - start));
    if (const auto release = parse_release(name)) {
      if (std::find(result.begin(), result.end(), *release) == result.end()) result.push_back(*release);
    } else {
      diagnostics.add(
          make_diagnostic("unknown-release", "--dapr", "unknown Dapr release " + quoted(name), release_help(name)));
    }
    start = end + 1;
  }
  if (diagnostics.has_errors()) return tl::unexpected(std::move(diagnostics));
  return result;
}

tl::expected<void, Diagnostics> apply_override(Scenario& scenario, const Override& change) {
  if (auto problem = try_override(scenario.config, change, {})) return tl::unexpected(Diagnostics(std::move(*problem)));
  return {};
}

}  // namespace actorsim
