// Reading a file's layers once, and making scenarios of them.
#include "actorsim/scenario/loader.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "actorsim/base/check.h"
#include "actorsim/scenario/check_reach.h"
#include "actorsim/scenario/check_scenario.h"
#include "actorsim/scenario/document.h"
#include "actorsim/scenario/layer.h"
#include "actorsim/scenario/matrix.h"
#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/source_scan.h"

namespace actorsim {
namespace {

constexpr std::int64_t kFormatVersion = 1;
constexpr std::size_t kMostReadForReach = 100;      // cases that are looked at to learn which methods are in use
constexpr std::size_t kMaximumValues = 20'000'000;  // of all scenarios of a file together

std::string stem_of(std::string_view path) {
  path.remove_prefix(std::min(path.find_last_of("/\\") + 1, path.size()));
  const std::size_t dot = path.rfind('.');
  return std::string(dot == std::string_view::npos || dot == 0 ? path : path.substr(0, dot));
}

Diagnostic make_diagnostic(std::string_view code, std::string file, std::string message, std::string help = {}) {
  return {Severity::error, code, std::move(file), {0, 0, 1}, std::move(message), std::move(help), {}};
}

// `actorsim:`, with or without quotes around the key; not `"actorsim": "0.1.0"`, which a report says of the program.
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
  line = trim(line);
  if (line.substr(0, 1) != ":") return false;
  line = trim(line.substr(1));
  const std::size_t end = quote == '"' && line.substr(0, 1) == "\"" ? line.find('"', 1) : std::string_view::npos;
  return end == std::string_view::npos || line.substr(0, end).find('.') == std::string_view::npos;
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
    return make_diagnostic("bad-override", origin, "there is nothing named " + in_quotes(change.key) + " to set",
                           std::move(help));
  }
  const auto set = set_config_path(config, change.key, change.value);
  if (set) return std::nullopt;
  return make_diagnostic("bad-override", origin, in_quotes(change.value) + " " + set.error().reason, set.error().help);
}

}  // namespace

// The document, and what has been read of it once for all cases.
struct ScenarioFile::Parts {
  // One scenario of the file with its cases.
  struct Unit {
    std::optional<DocumentNode> entry;  // of `scenarios`; none: the top alone is the scenario
    Scope scope;
    Matrix written;  // as the file has it
    Matrix matrix;   // with what the command line asks for
    std::size_t first_case = 0;
    bool depends_on_variables = false;  // of the matrix: every case is read anew
  };

  Document document;
  LoadOptions options;
  Scope scope;  // of the top
  std::vector<Unit> units;
  std::size_t case_count = 0;
  std::optional<Layer> top;  // read once for all entries that see it alike
  Diagnostics warnings;

  explicit Parts(Document parsed) : document(std::move(parsed)) {}

  // ---- the whole file ----

  void load(Diagnostics& diagnostics) {
    const DocumentNode root = document.root();
    std::vector<DocumentNode> entries;
    bool has_bad_entries = false;
    {
      Reader reader = reader_for(diagnostics, {});
      if (!check_top(reader, root)) return;
      if (const auto vars = Reader::find(root, "vars")) scope.constants = read_vars(reader, *vars);
      set_variables(scope);
      find_bound_names(root, scope.running);
      find_entries(reader, root, entries, has_bad_entries);
    }
    if (entries.empty() && has_bad_entries) {
      Reader reader = reader_for(diagnostics, scope);
      read_layer(reader, root);
      return;
    }
    for (const DocumentNode entry : entries) add_unit(entry, diagnostics);
    if (entries.empty()) add_unit(std::nullopt, diagnostics);
    check_overrides(diagnostics);
    if (entries.empty()) return check_alone(diagnostics);
    Reader reader = reader_for(diagnostics, scope);
    top = read_layer(reader, root);
    if (!check_size(reader, entries)) return;
    std::map<std::string, Span> names;
    for (const Unit& unit : units) check_unit(unit, diagnostics, names);
    check_reach(diagnostics);
  }

  // Which methods are in use depends on all cases of all scenarios.
  void check_reach(Diagnostics& diagnostics) const {
    if (diagnostics.has_errors()) return;
    std::size_t to_read = 0;
    for (const Unit& unit : units) to_read += unit.depends_on_variables ? unit.matrix.case_count() : 1;
    if (to_read > std::max(kMostReadForReach, units.size())) return;
    ReachCheck reach;
    for (const Unit& unit : units) {
      const std::size_t cases = std::min(unit.depends_on_variables ? kMostReadForReach : 1, unit.matrix.case_count());
      for (std::size_t i = 0; i < cases; ++i) {
        const auto scenario = load_case(unit.first_case + i);
        if (!scenario) return;
        reach.add(*scenario);
      }
    }
    Reader reader = reader_for(diagnostics, scope);
    reach.report(reader);
  }

  // What stands at the top is read again for every entry.
  bool check_size(Reader& reader, const std::vector<DocumentNode>& entries) const {
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

  void find_entries(Reader& reader, DocumentNode root, std::vector<DocumentNode>& entries, bool& has_bad_entries) {
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

  // ---- one scenario of it ----

  void add_unit(std::optional<DocumentNode> entry, Diagnostics& diagnostics) {
    Unit unit;
    unit.entry = entry;
    unit.scope = scope;
    Reader plain = reader_for(diagnostics, {});
    if (entry) {
      if (const auto vars = Reader::find(*entry, "vars")) {
        for (auto& [name, value] : read_vars(plain, *vars)) unit.scope.constants[name] = value;
      }
      set_variables(unit.scope);
    }
    Reader reader = reader_for(diagnostics, unit.scope);
    unit.written = read_matrix_of(reader, unit);
    unit.matrix = override_axes(unit.written);
    unit.depends_on_variables = std::any_of(unit.matrix.axes().begin(), unit.matrix.axes().end(),
                                            [](const Axis& axis) { return axis.kind == Axis::Kind::variable; });
    unit.first_case = case_count;
    case_count += unit.matrix.case_count();
    units.push_back(std::move(unit));
  }

  // An entry's matrix replaces that of the top and what is excluded from it.
  Matrix read_matrix_of(Reader& reader, const Unit& unit) const {
    auto matrix = Reader::find(document.root(), "matrix");
    auto exclude = Reader::find(document.root(), "exclude");
    if (unit.entry) {
      if (const auto own = Reader::find(*unit.entry, "matrix")) {
        matrix = own;
        exclude.reset();
      }
      if (const auto own_exclude = Reader::find(*unit.entry, "exclude")) exclude = own_exclude;
    }
    std::vector<std::string> variables;
    for (const auto& [name, value] : unit.scope.constants) variables.push_back(name);
    if (exclude && !matrix) {
      reader.error("missing-key", exclude->span(), "'exclude' drops combinations of a 'matrix', and there is none");
      return {};
    }
    return read_matrix(reader, matrix, exclude, variables);
  }

  // What the command line asks for takes the place of an axis.
  Matrix override_axes(Matrix matrix) const {
    for (const Override& change : options.overrides) {
      if (const Axis* axis = matrix.find(change.key))
        matrix = matrix.with_values(axis->kind, axis->name, {change.value});
    }
    if (options.releases.empty() || (options.releases.size() == 1 && matrix.find("dapr") == nullptr)) return matrix;
    std::vector<std::string> releases;
    for (const Release& release : options.releases) releases.push_back(to_string(release));
    return matrix.with_values(Axis::Kind::release, "dapr", std::move(releases));
  }

  Reader reader_for(Diagnostics& diagnostics, Scope variables) const {
    return {document, diagnostics, std::move(variables), &options.read_file};
  }

  void set_variables(Scope& variables) const {
    for (const Override& change : options.overrides) {
      const auto found = variables.constants.find(change.key);
      if (found != variables.constants.end()) found->second = change.value;
    }
  }

  // The variables of one case.
  Scope scope_of(const Unit& unit, std::size_t index) const {
    Scope result = unit.scope;
    if (index >= unit.matrix.case_count()) return result;
    for (std::size_t i = 0; i < unit.matrix.axes().size(); ++i) {
      const Axis& axis = unit.matrix.axes()[i];
      if (axis.kind == Axis::Kind::variable) result.constants[axis.name] = unit.matrix.value(index, i);
    }
    return result;
  }

  // The top as an entry sees it, which may set variables of its own.
  Layer top_for(const Unit& unit, Reader& reader) const {
    const bool sees_it_like_others = top && !unit.depends_on_variables && !Reader::find(*unit.entry, "vars");
    return sees_it_like_others ? *top : read_layer(reader, document.root());
  }

  // ---- checks ----

  // A file without `scenarios`.
  void check_alone(Diagnostics& diagnostics) {
    const Unit& unit = units.front();
    Reader reader = reader_for(diagnostics, scope_of(unit, 0));
    Layer layer = read_layer(reader, document.root());
    const ReadState state = state_of(layer, nullptr);
    MergedLayers merged = merge_layers(std::move(layer), std::nullopt);
    check_merged(reader, unit, merged, state);
    if (unit.depends_on_variables) return check_reach(diagnostics);
    if (diagnostics.has_errors()) return;
    ReachCheck reach;
    reach.add(merged.scenario);
    reach.report(reader);
  }

  void check_unit(const Unit& unit, Diagnostics& diagnostics, std::map<std::string, Span>& names) const {
    Reader reader = reader_for(diagnostics, scope_of(unit, 0));
    Layer base = top_for(unit, reader);
    Layer layer = read_layer(reader, *unit.entry);
    check_types_once(reader, base, layer);
    const ReadState state = state_of(base, &layer);
    const auto name = layer.name;
    MergedLayers merged = merge_layers(std::move(base), std::move(layer));
    check_merged(reader, unit, merged, state);
    if (name) check_name(*name, diagnostics, names);
  }

  // Every entry of `expect` is checked; the scenario itself with each of them, as equal complaints are kept once.
  void check_merged(Reader& reader, const Unit& unit, MergedLayers& merged, const ReadState& state) const {
    if (!merged.expect || merged.expect->empty()) {
      set_expectations(merged, nullptr);
      check_scenario(reader, merged.scenario, state);
      return;
    }
    for (const ConditionalExpectations& entry : *merged.expect) {
      set_expectations(merged, &entry);
      check_scenario(reader, merged.scenario, state);
    }
    check_conditions(reader, unit, merged);
  }

  // `when` is judged by the cases that the file itself has.
  void check_conditions(Reader& reader, const Unit& unit, const MergedLayers& merged) const {
    const Matrix& matrix = unit.written;
    const Release release = merged.scenario.dapr;
    std::vector<bool> is_covered(matrix.case_count(), false);
    bool all_are_covered = false;
    for (const ConditionalExpectations& entry : *merged.expect) {
      if (entry.when.empty()) {
        if (all_are_covered)
          reader.error("never-matches", entry.expectations.span,
                       "this entry of 'expect' never counts: one before it has no 'when'", "put that one last");
        all_are_covered = true;
        continue;
      }
      const std::size_t before = reader.diagnostics().error_count();
      check_axis_tests(reader, entry.when, matrix, true);
      if (reader.diagnostics().error_count() > before) continue;
      bool counts = false;
      for (std::size_t i = 0; i < matrix.case_count(); ++i) {
        if (is_covered[i] || !matrix.all_pass(entry.when, i, release)) continue;
        is_covered[i] = counts = true;
      }
      const bool depends_on_command_line = matrix.find("dapr") == nullptr && names_release(entry.when);
      if (all_are_covered || (!counts && !depends_on_command_line)) {
        reader.error("never-matches", entry.when.front().span, "this 'when' never matches",
                     all_are_covered                     ? "an entry before it has no 'when'; put that one last"
                     : &entry == &merged.expect->front() ? "no combination of the matrix is like this"
                                                         : "the entries before it leave no case like this");
      }
    }
    if (reader.diagnostics().has_errors()) return;
    const auto open = std::find(is_covered.begin(), is_covered.end(), false);
    if (all_are_covered || open == is_covered.end()) return;
    reader.warn("nothing-expected", merged.expect->front().when.front().span,
                fmt::format("no entry of 'expect' counts for {}: nothing is expected there",
                            describe(matrix, static_cast<std::size_t>(open - is_covered.begin()), release)),
                "an entry without 'when' is for the rest");
  }

  static bool names_release(const std::vector<AxisTest>& tests) {
    return std::any_of(tests.begin(), tests.end(), [](const AxisTest& test) { return test.axis == "dapr"; });
  }

  static std::string describe(const Matrix& matrix, std::size_t index, const Release& release) {
    std::string result;
    for (std::size_t i = 0; i < matrix.axes().size(); ++i)
      result += fmt::format("{}{} {}", i == 0 ? "" : ", ", matrix.axes()[i].name, matrix.value(index, i));
    return result.empty() ? "dapr " + to_string(release) : result;
  }

  void check_name(const Spanned<std::string>& name, Diagnostics& diagnostics,
                  std::map<std::string, Span>& names) const {
    const auto [first, is_new] = names.try_emplace(name.value, name.span);
    if (is_new) return;
    Diagnostic diagnostic{Severity::error,
                          "duplicate-name",
                          document.source().name,
                          name.span,
                          "a second scenario with the name " + in_quotes(name.value),
                          {},
                          {}};
    diagnostic.notes.push_back({first->second, "the first stands here"});
    diagnostics.add(std::move(diagnostic));
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
                            "the actor type " + in_quotes(type.name) + " stands at the top of the file already",
                            "an entry can add types, not change them",
                            {}};
      diagnostic.notes.push_back({same->span, "it stands here"});
      reader.diagnostics().add(std::move(diagnostic));
    }
  }

  bool is_variable(const std::string& name) const {
    return std::any_of(units.begin(), units.end(),
                       [&](const Unit& unit) { return unit.scope.constants.count(name) > 0; });
  }

  void check_overrides(Diagnostics& diagnostics) const {
    for (const Override& change : options.overrides) {
      if (is_variable(change.key)) continue;
      DaprConfig config;
      if (auto problem = try_override(config, change, units.front().scope)) diagnostics.add(std::move(*problem));
    }
  }

  // ---- one case ----

  const Unit& unit_of(std::size_t index) const {
    const auto next = std::upper_bound(units.begin(), units.end(), index,
                                       [](std::size_t wanted, const Unit& unit) { return wanted < unit.first_case; });
    return *std::prev(next);
  }

  tl::expected<Scenario, Diagnostics> load_case(std::size_t index) const {
    const Unit& unit = unit_of(index);
    const std::size_t own_index = index - unit.first_case;
    Diagnostics diagnostics;
    Reader reader = reader_for(diagnostics, scope_of(unit, own_index));
    Layer base = unit.entry ? top_for(unit, reader) : read_layer(reader, document.root());
    std::optional<Layer> layer;
    if (unit.entry) layer = read_layer(reader, *unit.entry);
    const ReadState state = state_of(base, layer ? &*layer : nullptr);
    MergedLayers merged = merge_layers(std::move(base), std::move(layer));
    finish(merged.scenario, unit, own_index);
    choose_expectations(merged, unit, own_index);
    if (unit.depends_on_variables) check_scenario(reader, merged.scenario, state);
    if (diagnostics.has_errors()) return tl::unexpected(std::move(diagnostics));
    return std::move(merged.scenario);
  }

  static void choose_expectations(MergedLayers& merged, const Unit& unit, std::size_t own_index) {
    const ConditionalExpectations* chosen = nullptr;
    if (merged.expect) {
      for (const ConditionalExpectations& entry : *merged.expect) {
        if (chosen == nullptr && unit.matrix.all_pass(entry.when, own_index, merged.scenario.dapr)) chosen = &entry;
      }
    }
    set_expectations(merged, chosen);
  }

  CaseTitle title(std::size_t index) const {
    const Unit& unit = unit_of(index);
    CaseTitle result;
    result.name = name_of(unit);
    for (std::size_t i = 0; i < unit.matrix.axes().size(); ++i)
      result.axes.emplace_back(unit.matrix.axes()[i].name, unit.matrix.value(index - unit.first_case, i));
    result.tags = tags_of(unit);
    return result;
  }

  // Those of an entry replace those at the top.
  std::vector<std::string> tags_of(const Unit& unit) const {
    auto tags = unit.entry ? Reader::find(*unit.entry, "tags") : std::nullopt;
    if (!tags) tags = Reader::find(document.root(), "tags");
    std::vector<std::string> result;
    if (!tags) return result;
    for (const DocumentNode tag : tags->items()) {
      if (tag.is_scalar()) result.emplace_back(tag.text());
    }
    return result;
  }

  // As it is written: what depends on variables is filled in when the case is read.
  std::string name_of(const Unit& unit) const {
    const auto own = unit.entry ? Reader::find(*unit.entry, "name") : std::nullopt;
    const auto top_name = Reader::find(document.root(), "name");
    if (own && own->is_scalar()) return std::string(own->text());
    const bool has_name = top_name && top_name->is_scalar();
    std::string result = has_name ? std::string(top_name->text()) : stem_of(document.source().name);
    if (unit.entry) result += fmt::format(" #{}", static_cast<std::size_t>(&unit - units.data()) + 1);
    return result;
  }

  // Everything that does not stand in the layers: names, axes, releases, overrides.
  void finish(Scenario& scenario, const Unit& unit, std::size_t own_index) const {
    if (scenario.name.empty()) scenario.name = stem_of(document.source().name);
    if (unit.entry && !Reader::find(*unit.entry, "name"))
      scenario.name += fmt::format(" #{}", static_cast<std::size_t>(&unit - units.data()) + 1);
    for (std::size_t i = 0; i < unit.matrix.axes().size(); ++i) {
      const Axis& axis = unit.matrix.axes()[i];
      const std::string& value = unit.matrix.value(own_index, i);
      if (axis.kind == Axis::Kind::release) scenario.dapr = *parse_release(value);
      if (axis.kind == Axis::Kind::setting) ACTORSIM_CHECK(set_config_path(scenario.config, axis.name, value));
      scenario.axes.emplace_back(axis.name, value);
    }
    for (const Override& change : options.overrides) {
      if (!is_variable(change.key)) ACTORSIM_CHECK(set_config_path(scenario.config, change.key, change.value));
    }
    if (options.releases.size() == 1) scenario.dapr = options.releases.front();
  }
};

ScenarioFile::ScenarioFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ScenarioFile::ScenarioFile(ScenarioFile&&) noexcept = default;
ScenarioFile& ScenarioFile::operator=(ScenarioFile&&) noexcept = default;
ScenarioFile::~ScenarioFile() = default;

std::size_t ScenarioFile::case_count() const { return parts_->case_count; }
const Diagnostics& ScenarioFile::warnings() const { return parts_->warnings; }
const Source& ScenarioFile::source() const { return parts_->document.source(); }

CaseTitle ScenarioFile::title(std::size_t index) const {
  ACTORSIM_CHECK(index < case_count());
  return parts_->title(index);
}

tl::expected<Scenario, Diagnostics> ScenarioFile::load_case(std::size_t index) const {
  ACTORSIM_CHECK(index < case_count());
  return parts_->load_case(index);
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
    return tl::unexpected(Diagnostics(make_diagnostic("bad-override", "--set", in_quotes(text) + " is not KEY=VALUE",
                                                      "--set reentrancy.enabled=true")));
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
          make_diagnostic("unknown-release", "--dapr", "unknown Dapr release " + in_quotes(name), release_help(name)));
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
