// Which cases failed when they ran last, remembered from run to run for --rerun-failed.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "cli/cli.h"

namespace actorsim {

/// A list in `$XDG_STATE_HOME/actorsim/failed-cases` (`~/.local/state` without that variable), one for all folders;
/// where neither can be known, nothing is remembered. A file is written only while there is something to remember. It
/// is replaced as a whole, under a lock, so that runs at the same time lose nothing; what is damaged is passed over.
/// That it cannot be written is no error.
class FailedCases {
 public:
  explicit FailedCases(const Environment& environment);

  /// Something was there and could not be understood.
  bool is_damaged() const { return is_damaged_; }
  /// Can anything be remembered?
  bool is_kept() const { return !file_.empty(); }
  /// Is nothing remembered?
  bool empty() const { return lines_.empty(); }

  /// `text`: of a case, as people tell cases apart.
  bool contains(const std::string& path, const std::string& text) const;
  /// Has any case of this file failed, or the file as a whole?
  bool has_any_of(const std::string& path) const;

  /// What a run found out about one file.
  struct Outcome {
    std::string path;                 ///< absolute; empty: standard input, of which nothing is remembered
    bool is_broken = false;           ///< it could not be loaded
    std::vector<std::string> all;     ///< texts of all of its cases
    std::vector<std::string> passed;  ///< of those that ran
    std::vector<std::string> failed;  ///< of those that ran, the others
  };
  /// Brings the list up to date. Cases that did not run stay as they are; those that are gone are forgotten.
  void update(const std::vector<Outcome>& outcomes);

 private:
  void read();
  void write() const;
  void apply(const Outcome& outcome);

  std::filesystem::path file_;   // empty: nothing is kept
  std::set<std::string> lines_;  // `path TAB text`, printable; an empty text: the file as a whole
  bool is_damaged_ = false;
};

}  // namespace actorsim
