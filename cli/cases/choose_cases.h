// Which of all cases are wanted, decided one by one in the order of the input.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/scenario/loader.h"
#include "cli/cases/failed_cases.h"
#include "cli/cases/name_pattern.h"
#include "cli/options/options.h"

namespace actorsim {

/// `name (axis=value)`: how a person tells cases apart.
std::string text_of(const CaseTitle& title);

/// Asks for --case, --filter, --tag and --skip-tag first; what is left is dealt out to shards; of its shard's cases
/// those are wanted that failed last, if that is asked for. So every case is in one shard, whatever has failed where.
class CaseChooser {
 public:
  /// `failed`: of --rerun-failed; null: all cases are as good. Both must outlive this.
  explicit CaseChooser(const Selection& selection, const FailedCases* failed = nullptr);

  /// Must be asked for every case there is, in order. `path`: of its file, as FailedCases knows it.
  bool wants(const CaseTitle& title, const std::string& path = {});

  /// Is every case wanted, whatever there is before it?
  bool wants_all() const;

  std::size_t chosen() const { return chosen_; }

  /// Why no case is wanted. None: one is, or there are cases and they are in other shards, which is no error.
  std::optional<Diagnostic> why_none(std::string_view verb) const;
  /// No case is wanted, as all of them are in other shards: what is to be said then.
  std::optional<std::string> why_empty_shard() const;

 private:
  bool fits_tags(const CaseTitle& title);
  Diagnostic why_no_tag() const;

  const Selection& selection_;
  const FailedCases* failed_;
  const NamePattern pattern_;
  std::size_t all_ = 0, named_ = 0, matched_ = 0, left_ = 0, in_shard_ = 0, chosen_ = 0;
  std::vector<std::string> other_names_;  // of cases that --case did not mean
  std::set<std::string> tags_;            // that were seen
};

}  // namespace actorsim
