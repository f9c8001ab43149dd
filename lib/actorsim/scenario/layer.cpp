// Reading the keys that a file's top and its entries share, and putting one over the other.
#include "actorsim/scenario/layer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/scenario/name_table.h"
#include "actorsim/scenario/read_start.h"
#include "actorsim/scenario/read_steps.h"

namespace actorsim {
namespace {

std::optional<Release> read_release(Reader& reader, DocumentNode node) {
  const auto text = reader.text(node, "dapr");
  if (!text) return std::nullopt;
  auto release = parse_release(*text);
  if (!release)
    reader.error("unknown-release", node.span(), "unknown Dapr release " + in_quotes(*text), release_help(*text));
  return release;
}

Limits read_limits(Reader& reader, DocumentNode node) {
  constexpr std::array<std::string_view, 4> kKeys{"states", "memory", "time", "calls"};
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  Limits limits;
  reader.fields(node, "limits", kKeys, [&](std::string_view key, DocumentNode value, Span) {
    if (key == "states") limits.states = reader.integer(value, "limits.states", 1, kMost);
    if (key == "time") limits.time = reader.duration(value, "limits.time");
    if (key == "calls") limits.calls = reader.integer(value, "limits.calls", 1, kMost).value_or(limits.calls);
    if (key != "memory") return;
    const auto text = reader.text(value, "limits.memory");
    if (!text) return;
    const auto size = parse_size(*text);
    if (size && *size > 0) {
      limits.memory_bytes = *size;
    } else {
      reader.error("bad-number", value.span(), "limits.memory: " + in_quotes(*text) + " is not a size",
                   "sizes are written like 512MiB or 2GiB");
    }
  });
  return limits;
}

void read_key(Reader& reader, Layer& layer, std::string_view key, DocumentNode value) {
  if (key == "name") {
    if (auto text = reader.text(value, "name")) layer.name = Spanned<std::string>{std::move(*text), value.span()};
    if (layer.name && layer.name->value.empty()) reader.error("bad-name", value.span(), "an empty name");
  }
  if (key == "description") layer.description = reader.raw_text(value, "description");
  if (key == "tags") layer.tags = reader.text_list(value, "tags");
  if (key == "dapr") layer.dapr = read_release(reader, value);
  if (key == "config") layer.config = read_config(reader, value);
  if (key == "configuration") layer.configuration = read_configuration(reader, value);
  if (key == "chains") layer.chains = read_chains(reader, value);
  if (key == "actors") layer.actors = read_actors(reader, value);
  if (key == "start") layer.start = read_start(reader, value);
  if (key == "expect") layer.expect = read_expect(reader, value);
  if (key == "limits") layer.limits = read_limits(reader, value);
  if (key == "until") {
    layer.until = reader.duration(value, "until");
  }
}

void lay_over(Scenario& scenario, ConfigLayer& config, Layer layer) {
  if (layer.name) scenario.name = std::move(layer.name->value);
  if (layer.description) scenario.description = std::move(*layer.description);
  if (layer.tags) scenario.tags = std::move(*layer.tags);
  if (layer.dapr) scenario.dapr = *layer.dapr;
  if (layer.config) merge_config(config, *layer.config);
  if (layer.configuration) scenario.configuration = layer.configuration;
  if (layer.chains) scenario.chains = std::move(*layer.chains);
  if (layer.start) scenario.start = std::move(*layer.start);
  if (layer.until) scenario.until = layer.until;
  if (layer.limits) scenario.limits = *layer.limits;
  for (ActorType& actor : layer.actors) scenario.actors.push_back(std::move(actor));
  scenario.span = layer.span;
}

}  // namespace

std::string release_help(std::string_view text) {
  std::vector<std::string> lines;
  for (const Release& release : release_lines()) lines.push_back(to_string(release));
  lines.emplace_back("docs");
  // A patch that does not exist of a line that does: say how far the line goes.
  for (const Release& release : release_lines()) {
    const std::string line = to_string(release);
    if (text.substr(0, line.size() + 1) == line + ".")
      return fmt::format("the newest release of that line is {}", full_name(release));
  }
  return fmt::format("known: {} to {}, their patches, and docs", lines.front(), lines[lines.size() - 2]);
}

const std::vector<std::string_view>& top_keys() {
  static const std::vector<std::string_view> keys = [] {
    std::vector<std::string_view> result{"actorsim"};
    result.insert(result.end(), entry_keys().begin(), entry_keys().end());
    result.push_back("scenarios");
    return result;
  }();
  return keys;
}

const std::vector<std::string_view>& entry_keys() {
  static const std::vector<std::string_view> keys{"name",          "description", "tags",    "dapr",   "config",
                                                  "configuration", "vars",        "chains",  "actors", "start",
                                                  "expect",        "matrix",      "exclude", "until",  "limits"};
  return keys;
}

std::map<std::string, std::string, std::less<>> read_vars(Reader& reader, DocumentNode node) {
  std::map<std::string, std::string, std::less<>> result;
  if (!reader.expect_mapping(node, "vars")) return result;
  for (const auto& entry : node.entries()) {
    const auto name = reader.name(entry.key, "a variable");
    auto value = reader.raw_text(entry.value, "a variable");
    if (name && value) result[*name] = std::move(*value);
  }
  return result;
}

Layer read_layer(Reader& reader, DocumentNode node) {
  Layer layer;
  layer.span = node.span();
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar()) continue;
    const std::string_view key = entry.key.text();
    const std::size_t before = reader.diagnostics().error_count();
    read_key(reader, layer, key, entry.value);
    if (key == "chains") layer.names_chains = entry.value.size() > 0;
    if (key == "start") layer.names_triggers = entry.value.size() > 0;
    layer.has_errors = layer.has_errors || reader.diagnostics().error_count() > before;
    // A list or mapping of which everything became something; one error of it may still be inside a step.
    if (key == "chains" && (!entry.value.is_sequence() || layer.chains->size() < entry.value.size()))
      layer.has_broken_types = true;
    if (key == "actors" && (!entry.value.is_mapping() || layer.actors.size() < entry.value.size()))
      layer.has_broken_types = true;
  }
  return layer;
}

MergedLayers merge_layers(Layer top, std::optional<Layer> entry) {
  MergedLayers merged;
  merged.expect = entry && entry->expect ? std::move(entry->expect) : std::move(top.expect);
  ConfigLayer config;
  lay_over(merged.scenario, config, std::move(top));
  if (entry) lay_over(merged.scenario, config, std::move(*entry));
  merged.scenario.config = std::move(config.config);
  return merged;
}

void set_expectations(MergedLayers& merged, const ConditionalExpectations* chosen) {
  Scenario& scenario = merged.scenario;
  scenario.expect = chosen != nullptr ? chosen->expectations : Expectations{};
  if (!merged.expect) {
    scenario.expect.implied = true;
    scenario.expect.verdict = Spanned<Verdict>{Verdict::ok, scenario.span};
  }
  if (chosen == nullptr) scenario.expect.span = scenario.span;
  normalise_labels(scenario);
}

}  // namespace actorsim
