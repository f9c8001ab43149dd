// A page of text for people: lines, at most one empty line between blocks, prose behind labels.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/report/format.h"
#include "actorsim/report/pretty/style.h"
#include "actorsim/report/report.h"

namespace actorsim {

struct SumWords {
  std::string_view passed, failed, errors;
};

class Page {
 public:
  Page(std::ostream& out, const ReportOptions& options);

  const Style& style() const { return style_; }
  std::size_t width() const { return width_; }  ///< of tables
  std::size_t prose_width() const;              ///< of prose
  /// For what comes next: somebody has changed the width of the terminal.
  void set_width(std::size_t width);

  void line(std::string_view text);
  void lines(std::size_t indent, const std::vector<std::string>& texts);
  /// One empty line between what stands before and what comes, however often it is asked for.
  void separate();

  /// Somebody else has ended a line: what comes next can be separated from it.
  void note_foreign_line();

  /// The title at the left behind the mark of its status, the facts at the right; on a narrow terminal the facts have a
  /// line of their own.
  void title(std::size_t indent, Status status, const std::string& title, const std::string& facts);
  /// Prose behind a label, wrapped under its own beginning.
  void labelled(std::size_t indent, const std::string& label, const std::string& text);
  /// The first cycles, then why and fix.
  void cycles(std::size_t indent, const Run& run, std::string_view label);
  /// How many cases went which way, in words of their own for those that passed, failed, or did not come to anything.
  void sum(const StatusCounts& counts, const SumWords& words);
  void why_and_fix(std::size_t indent, const std::vector<std::string>& why, const std::vector<std::string>& fix);

 private:
  std::string mark_of(Status status) const;

  std::ostream& out_;
  Style style_;
  std::size_t width_;
  bool has_begun_ = false;
  bool is_separated_ = false;
};

/// `scenario's name  [axis=value]`, without the release.
std::string title_of(const std::string& name, const std::vector<std::pair<std::string, std::string>>& axes,
                     const Style& style);
/// `Dapr 1.18, reentrancy on`
std::string circumstances_of(const std::string& dapr, const std::string& setting, const Style& style);
/// 1234567 as 1,234,567.
std::string grouped(std::uint64_t number);
/// `1 step`, `1,234 steps`
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace actorsim
