// Reading `config` and `configuration`.
#include "actorsim/scenario/read_config.h"

#include <algorithm>
#include <array>

namespace actorsim {
namespace {

constexpr std::array<std::string_view, 8> kConfigKeys{
    "entities",   "actorIdleTimeout",           "actorScanInterval", "drainOngoingCallTimeout", "drainRebalancedActors",
    "reentrancy", "remindersStoragePartitions", "entitiesConfig"};
constexpr std::array<std::string_view, 7> kEntityKeys{
    "entities",   "actorIdleTimeout",          "actorScanInterval", "drainOngoingCallTimeout", "drainRebalancedActors",
    "reentrancy", "remindersStoragePartitions"};
constexpr std::array<std::string_view, 2> kReentrancyKeys{"enabled", "maxStackDepth"};

// In JSON a duration is a text; a bare number would make Dapr drop the whole document.
std::optional<std::string> read_duration_text(Reader& reader, DocumentNode node, std::string_view key) {
  if (node.is_null()) return std::nullopt;
  auto value = reader.text(node, key);
  if (value && !node.is_quoted() && (parse_integer(*value) || *value == "true" || *value == "false")) {
    reader.error("wrong-type", node.span(),
                 "expected a duration for " + std::string(key) + ", found " + in_quotes(*value),
                 "Dapr wants a text such as 60m or 30s here");
    return std::nullopt;
  }
  return value;
}

ReentrancySettings read_reentrancy(Reader& reader, DocumentNode node) {
  ReentrancySettings result;
  result.span = node.span();
  reader.fields(node, "reentrancy", kReentrancyKeys, [&](std::string_view key, DocumentNode value, Span) {
    if (value.is_null()) return;
    if (key == "enabled") result.enabled = reader.boolean(value, "reentrancy.enabled");
    if (key == "maxStackDepth") result.max_stack_depth = reader.integer(value, "maxStackDepth");
  });
  return result;
}

void read_host_key(Reader& reader, HostSettings& settings, std::string_view key, DocumentNode value) {
  if (value.is_null()) return;  // null is as good as missing
  if (key == "actorIdleTimeout") {
    settings.actor_idle_timeout = read_duration_text(reader, value, key);
    settings.idle_span = value.span();
  } else if (key == "actorScanInterval") {
    settings.actor_scan_interval = read_duration_text(reader, value, key);
    settings.scan_span = value.span();
  } else if (key == "drainOngoingCallTimeout") {
    settings.drain_ongoing_call_timeout = read_duration_text(reader, value, key);
    settings.drain_span = value.span();
  } else if (key == "drainRebalancedActors") {
    settings.drain_rebalanced_actors = reader.boolean(value, key);
    settings.rebalanced_span = value.span();
  } else if (key == "reentrancy") {
    settings.reentrancy = read_reentrancy(reader, value);
  } else if (key == "remindersStoragePartitions") {
    settings.reminders_storage_partitions = reader.integer(value, key);
  }
}

EntityConfig read_entity_config(Reader& reader, DocumentNode node) {
  EntityConfig result;
  result.span = node.span();
  bool has_entities = false;
  reader.fields(node, "entitiesConfig", kEntityKeys, [&](std::string_view key, DocumentNode value, Span) {
    if (key == "entities") {
      has_entities = true;
      result.entities = reader.text_list(value, "entities");
      result.entities_span = value.span();
    } else {
      read_host_key(reader, result.settings, key, value);
    }
  });
  if (node.is_mapping() && !has_entities) {
    reader.error("missing-key", node.span(), "an entry of entitiesConfig needs 'entities'",
                 "entities: [Type] says whose settings these are");
  }
  return result;
}

// What a file says has its place in the scenario where the scenario names the file.
void set_places(HostSettings& settings, Span span) {
  settings.idle_span = settings.scan_span = settings.drain_span = settings.rebalanced_span = span;
  if (settings.reentrancy) settings.reentrancy->span = span;
}

void set_places(DaprConfig& config, Span span) {
  config.span = config.entities_span = span;
  set_places(config.settings, span);
  for (EntityConfig& entry : config.entities_config) {
    entry.span = entry.entities_span = span;
    set_places(entry.settings, span);
  }
}

template <typename Value>
void take(std::optional<Value>& base, const std::optional<Value>& over) {
  if (over) base = over;
}

}  // namespace

ConfigLayer read_config(Reader& reader, DocumentNode node) {
  ConfigLayer result;
  result.config.span = node.span();
  if (node.is_scalar()) {
    const auto document = reader.other_document(node, "config");
    if (!document) return result;
    Reader other(*document, reader.diagnostics(), {});
    if (document->root().is_scalar()) {
      other.wrong_shape(document->root(), "the body of GET /dapr/config");
      return result;
    }
    result = read_config(other, document->root());
    set_places(result.config, node.span());
    return result;
  }
  reader.fields(node, "config", kConfigKeys, [&](std::string_view key, DocumentNode value, Span) {
    if (key == "entities") {
      if (!value.is_null()) result.config.entities = reader.text_list(value, "entities");
      result.config.entities_span = value.span();
    } else if (key == "entitiesConfig") {
      if (value.is_null()) return;
      result.has_entities_config = true;
      if (!reader.expect_sequence(value, "entitiesConfig")) return;
      for (const DocumentNode item : value.items())
        result.config.entities_config.push_back(read_entity_config(reader, item));
    } else {
      read_host_key(reader, result.config.settings, key, value);
    }
  });
  return result;
}

DaprConfiguration read_configuration(Reader& reader, DocumentNode node) {
  DaprConfiguration result;
  result.span = node.span();
  if (node.is_scalar()) {
    const auto document = reader.other_document(node, "configuration");
    if (!document) return result;
    Reader other(*document, reader.diagnostics(), {});
    if (document->root().is_scalar()) {
      other.wrong_shape(document->root(), "a Configuration resource");
      return result;
    }
    result = read_configuration(other, document->root());
    result.span = node.span();
    return result;
  }
  if (!reader.expect_mapping(node, "configuration")) return result;
  const auto kind = Reader::find(node, "kind");
  const auto spec = Reader::find(node, "spec");
  if (!kind && !spec) {
    reader.error("missing-key", node.span(), "this is no Configuration resource: it has neither 'kind' nor 'spec'",
                 "the settings of GET /dapr/config stand under 'config:'");
  }
  const auto word = kind ? reader.text(*kind, "kind") : std::nullopt;
  if (word && *word != "Configuration")
    reader.error("unknown-word", kind->span(), "expected the kind Configuration, found " + in_quotes(*word));
  if (!spec || spec->is_null() || !reader.expect_mapping(*spec, "spec")) return result;
  const auto features = Reader::find(*spec, "features");
  if (!features || features->is_null() || !reader.expect_sequence(*features, "features")) return result;
  for (const DocumentNode feature : features->items()) {
    if (!reader.expect_mapping(feature, "a feature")) continue;
    const auto name = Reader::find(feature, "name");
    const auto enabled = Reader::find(feature, "enabled");
    if (!name || !enabled) {
      reader.error("missing-key", feature.span(), "a feature needs 'name' and 'enabled'");
      continue;
    }
    const auto feature_name = reader.text(*name, "a feature's name");
    const auto value = reader.boolean(*enabled, "enabled");
    if (feature_name == "Actor.Reentrancy" && value) result.actor_reentrancy = value;
  }
  return result;
}

void merge_config(ConfigLayer& base, const ConfigLayer& over) {
  HostSettings& settings = base.config.settings;
  const HostSettings& other = over.config.settings;
  take(base.config.entities, over.config.entities);
  if (over.config.entities) base.config.entities_span = over.config.entities_span;
  take(settings.actor_idle_timeout, other.actor_idle_timeout);
  if (other.actor_idle_timeout) settings.idle_span = other.idle_span;
  take(settings.actor_scan_interval, other.actor_scan_interval);
  if (other.actor_scan_interval) settings.scan_span = other.scan_span;
  take(settings.drain_ongoing_call_timeout, other.drain_ongoing_call_timeout);
  if (other.drain_ongoing_call_timeout) settings.drain_span = other.drain_span;
  take(settings.drain_rebalanced_actors, other.drain_rebalanced_actors);
  if (other.drain_rebalanced_actors) settings.rebalanced_span = other.rebalanced_span;
  take(settings.reminders_storage_partitions, other.reminders_storage_partitions);
  if (other.reentrancy) {
    if (!settings.reentrancy) settings.reentrancy.emplace();
    take(settings.reentrancy->enabled, other.reentrancy->enabled);
    take(settings.reentrancy->max_stack_depth, other.reentrancy->max_stack_depth);
    settings.reentrancy->span = other.reentrancy->span;
  }
  if (over.has_entities_config) {
    base.config.entities_config = over.config.entities_config;
    base.has_entities_config = true;
  }
  base.config.span = over.config.span;
}

const std::vector<std::string>& config_paths() {
  static const std::vector<std::string> paths{
      "reentrancy.enabled",      "reentrancy.maxStackDepth", "actorIdleTimeout",          "actorScanInterval",
      "drainOngoingCallTimeout", "drainRebalancedActors",    "remindersStoragePartitions"};
  return paths;
}

tl::expected<void, ParseProblem> set_config_path(DaprConfig& config, std::string_view path, const std::string& value) {
  HostSettings& settings = config.settings;
  const auto set_boolean = [&](std::optional<bool>& target) -> tl::expected<void, ParseProblem> {
    if (value != "true" && value != "false") return tl::unexpected(ParseProblem{"is neither true nor false", ""});
    target = value == "true";
    return {};
  };
  const auto set_integer = [&](std::optional<std::int64_t>& target) -> tl::expected<void, ParseProblem> {
    const auto number = parse_integer(value);
    if (!number) return tl::unexpected(number.error());
    target = *number;
    return {};
  };
  if (path.substr(0, 11) == "reentrancy." && !settings.reentrancy) settings.reentrancy.emplace();
  if (path == "reentrancy.enabled") return set_boolean(settings.reentrancy->enabled);
  if (path == "reentrancy.maxStackDepth") return set_integer(settings.reentrancy->max_stack_depth);
  if (path == "drainRebalancedActors") return set_boolean(settings.drain_rebalanced_actors);
  if (path == "remindersStoragePartitions") return set_integer(settings.reminders_storage_partitions);
  if (path == "actorIdleTimeout") settings.actor_idle_timeout = value;
  if (path == "actorScanInterval") settings.actor_scan_interval = value;
  if (path == "drainOngoingCallTimeout") settings.drain_ongoing_call_timeout = value;
  return {};
}

}  // namespace actorsim
