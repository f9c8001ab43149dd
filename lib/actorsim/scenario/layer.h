// One layer of a scenario file: what stands at the top, or in one entry of `scenarios`. A scenario is the top with one
// entry over it. Internal to scenario/.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/scenario/read_config.h"
#include "actorsim/scenario/read_expect.h"
#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// What one layer gives; what it does not mention is absent.
struct Layer {
  std::optional<Spanned<std::string>> name;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> tags;
  std::optional<Release> dapr;
  std::optional<ConfigLayer> config;
  std::optional<DaprConfiguration> configuration;
  std::optional<std::vector<Chain>> chains;
  std::vector<ActorType> actors;
  std::optional<std::vector<Trigger>> start;
  std::optional<std::vector<ConditionalExpectations>> expect;
  std::optional<Nanoseconds> until;
  std::optional<Limits> limits;
  Span span;
  bool names_chains = false;      ///< `chains` is not empty, whatever became of it
  bool names_triggers = false;    ///< `start` is not empty
  bool has_errors = false;        ///< something of it could not be read
  bool has_broken_types = false;  ///< a chain or an actor type could not be read
};

/// Which releases there are, for somebody who wrote `text`.
std::string release_help(std::string_view text);

/// The keys of the top of a file, and of an entry of `scenarios`.
const std::vector<std::string_view>& top_keys();
const std::vector<std::string_view>& entry_keys();

/// `vars`: names and values, as texts. Variables may not refer to each other.
std::map<std::string, std::string, std::less<>> read_vars(Reader& reader, DocumentNode node);

/// Every key of one layer, apart from `actorsim`, `scenarios`, `vars`, `matrix` and `exclude`.
Layer read_layer(Reader& reader, DocumentNode node);

/// A scenario whose expectations are still to be chosen.
struct MergedLayers {
  Scenario scenario;
  std::optional<std::vector<ConditionalExpectations>> expect;  ///< absent: nothing stands in the file
};

/// The scenario of one entry, or of a file without entries.
MergedLayers merge_layers(Layer top, std::optional<Layer> entry);

/// Gives the scenario its expectations: `chosen`, one of `merged.expect`, or `verdict: ok` where there are none at all,
/// or nothing where none of them counts.
void set_expectations(MergedLayers& merged, const ConditionalExpectations* chosen);

}  // namespace actorsim
