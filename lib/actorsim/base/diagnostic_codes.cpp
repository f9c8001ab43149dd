// Every code that a diagnostic can have. Codes are part of the JSON report and of `explain`: they are added, not
// changed.
#include "actorsim/base/diagnostic.h"

namespace actorsim {

const std::vector<std::string_view>& diagnostic_codes() {
  static const std::vector<std::string_view> codes{
      // the text
      "not-utf8",
      "control-character",
      "too-large",
      "too-deep",
      "empty-file",
      "yaml-syntax",
      "yaml-feature",
      "second-document",
      "duplicate-key",
      // shapes and words
      "not-a-scenario",
      "unknown-version",
      "unknown-key",
      "missing-key",
      "wrong-shape",
      "wrong-type",
      "unknown-word",
      "bad-number",
      "bad-duration",
      "bad-name",
      "unknown-release",
      "bad-override",
      // small languages
      "chain-syntax",
      "target-syntax",
      "expression-syntax",
      "unknown-variable",
      // the whole
      "nothing-starts",
      "unknown-type",
      "unknown-method",
      "missing-method",
      "unknown-label",
      "ambiguous-label",
      "after-cycle",
      "duplicate-name",
      "too-many-steps",
      "unknown-axis",
      "empty-matrix",
      "never-matches",
      // what is probably not meant (warnings)
      "unused-method",
      "unreachable-method",
      "nothing-expected",
      "unknown-entity",
      // what a release makes of its settings (warnings)
      "gate-closed",
      "gate-without-effect",
      "reentrancy-lost",
      "setting-ignored",
      "entity-not-hosted",
      "bad-duration-ignored",
      "registration-fails",
      // while it runs
      "too-many-calls",
      "endless-calls",
      "endless-events",
      "endless-time",
      "endless-timer",
      "endless-loop",
      "no-caller",
      "unbounded",
      "bad-expression",
      // what else is made of it
      "not-exportable",
      "no-deadlock",
      // files and the command line
      "usage",
      "toml-syntax",
      "bad-schedule",
      "schedule-does-not-fit",
      "no-such-file",
      "path-outside",
      "cannot-read",
      "cannot-write",
      "nothing-selected",
  };
  return codes;
}

}  // namespace actorsim
