// Options that do not stand on the command line: ACTORSIM_… variables and actorsim.toml. cli/README.md tells their
// rules.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "cli/options/config_file.h"
#include "cli/options/option_table.h"

namespace actorsim {

/// The layers below the command line, the stronger one first. An option counts where it stands in the strongest place;
/// one that has a rival in a stronger place is left out.
class OptionLayers {
 public:
  /// `given`: the options of the command line, whose values are in `raw` already. Both must outlive this.
  OptionLayers(const CommandEntry& command, RawOptions& raw, std::set<std::string> given)
      : command_(command), raw_(raw), given_(std::move(given)) {}

  /// Warns of variables that look like an option and are none.
  void add_variables(const Environment& environment, Diagnostics& problems, Diagnostics& warnings);

  /// The file that --config names, else the nearest actorsim.toml from the current folder up to the root.
  void add_file(const Environment& environment, Diagnostics& problems);

  /// The file that was read, or would be if it were there; empty: none.
  const std::filesystem::path& file() const { return file_; }
  /// For excerpts.
  const std::vector<Source>& sources() const { return sources_; }

 private:
  bool is_open(const OptionEntry& option) const;
  void add(const OptionEntry& option, const ConfigValue& value, OptionPlace place, Diagnostics& problems);
  void close_layer();

  const CommandEntry& command_;
  RawOptions& raw_;
  std::set<std::string> given_;  // in stronger places
  std::set<std::string> now_;    // in the present one
  std::filesystem::path file_;
  std::vector<Source> sources_;
};

}  // namespace actorsim
