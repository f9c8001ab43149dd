// From the text of a scenario file to typed scenarios. Reads no file itself.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/release.h"
#include "actorsim/scenario/file_reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// `--set KEY=VALUE`: a config path such as `reentrancy.enabled`, or a declared variable.
struct Override {
  std::string key;
  std::string value;
};

struct LoadOptions {
  std::vector<Override> overrides;
  /// Instead of each scenario's own release: every scenario once per release.
  std::vector<Release> releases;
  /// Gives the text of a file that a scenario names, or says why it cannot. Absent: scenarios can name none.
  FileReader read_file;
};

/// A case by its name and what its matrix gives it.
struct CaseTitle {
  std::string name;
  std::vector<std::pair<std::string, std::string>> axes;
  std::vector<std::string> tags = {};  ///< as they are written
};

/// A scenario file, checked. Owns everything; movable. Its cases are its scenarios, each once per combination of its
/// matrix; the releases asked for are an axis of it.
class ScenarioFile {
 public:
  ScenarioFile(ScenarioFile&&) noexcept;
  ScenarioFile& operator=(ScenarioFile&&) noexcept;
  ~ScenarioFile();

  std::size_t case_count() const;

  /// The case `index`, below case_count(), in the order of the file. Fails only where what it says depends on the case.
  /// Reads the case from the document each time: nothing of it is kept.
  tl::expected<Scenario, Diagnostics> load_case(std::size_t index) const;

  /// How reports name the case `index`, also if it cannot be loaded.
  CaseTitle title(std::size_t index) const;

  /// What is no error.
  const Diagnostics& warnings() const;

  /// The text that spans refer to.
  const Source& source() const;

 private:
  struct Parts;
  explicit ScenarioFile(std::unique_ptr<Parts> parts);
  friend tl::expected<ScenarioFile, Diagnostics> load_scenario_file(const Source& source, const LoadOptions& options);

  std::unique_ptr<Parts> parts_;
};

/// Parses and checks a whole file: all that is wrong with it, in any of its scenarios, comes at once. Of a matrix with
/// variables the first case is checked.
/// `source.name` is the file's name in messages; without a `name` a scenario is called after its stem.
tl::expected<ScenarioFile, Diagnostics> load_scenario_file(const Source& source, const LoadOptions& options = {});

/// Does the text have `actorsim` as a key at its top? Looks at lines only, so that a file of something else is passed
/// over quickly and a broken scenario is still taken for one.
bool looks_like_scenario(std::string_view text);

/// `KEY=VALUE`. Whether the key exists is told when a file is loaded.
tl::expected<Override, Diagnostics> parse_override(std::string_view text);

/// `1.14,1.18,docs`.
tl::expected<std::vector<Release>, Diagnostics> parse_releases(std::string_view text);

/// Sets a config path of a scenario that was made without a file.
tl::expected<void, Diagnostics> apply_override(Scenario& scenario, const Override& change);

}  // namespace actorsim
