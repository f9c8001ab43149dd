// The comparison for people: calls down, releases across, what differs marked, and below it what changes and why.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/compare/compare.h"
#include "actorsim/report/pretty/layout.h"
#include "actorsim/report/pretty/style.h"

namespace actorsim {
namespace {

constexpr std::size_t kNarrowest = 60;
constexpr std::size_t kWidest = 100;
constexpr std::size_t kMostRows = 40;
constexpr std::size_t kMostAlike = 3;  // rows that look like the one before
constexpr std::size_t kColumnsInOneLine = 3;
constexpr std::size_t kLeastName = 12;
constexpr std::size_t kDeepest = 8;  // levels that are indented

// What a cell can say behind its outcome, in the order of its worth.
struct Aspect {
  bool (*same)(const ComparedCall& left, const ComparedCall& right);
  std::string (*say)(const ComparedCall& call);
};

bool is_ended_badly(Outcome outcome) {
  return outcome == Outcome::failed || outcome == Outcome::exceeded || outcome == Outcome::closed ||
         outcome == Outcome::timed_out || outcome == Outcome::cancelled || outcome == Outcome::not_hosted;
}

std::string end_text(const ComparedCall& call) {
  if (!call.ended) return " for ever";
  if (call.completed) return fmt::format(", answered at {}", format_duration(*call.ended));
  return fmt::format(" {} {}", is_ended_badly(call.outcome) ? "at" : "until", format_duration(*call.ended));
}

constexpr Aspect kAspects[] = {
    {[](const ComparedCall& a, const ComparedCall& b) { return a.depth == b.depth; },
     [](const ComparedCall& call) { return call.depth > 0 ? fmt::format(", depth {}", call.depth) : std::string(); }},
    {[](const ComparedCall& a, const ComparedCall& b) { return a.attempts == b.attempts; },
     [](const ComparedCall& call) {
       return fmt::format(", {} {}", call.attempts, call.attempts == 1 ? "attempt" : "attempts");
     }},
    {[](const ComparedCall& a, const ComparedCall& b) { return a.entered == b.entered; },
     [](const ComparedCall& call) {
       return call.entered ? fmt::format(" at {}", format_duration(*call.entered)) : std::string(", never in");
     }},
    {[](const ComparedCall& a, const ComparedCall& b) { return a.completed == b.completed; },
     [](const ComparedCall& call) { return std::string(call.completed ? ", answered" : ", not answered"); }},
    {[](const ComparedCall& a, const ComparedCall& b) { return a.ended == b.ended; }, end_text},
    {[](const ComparedCall& a, const ComparedCall& b) { return a.arrived == b.arrived; },
     [](const ComparedCall& call) { return fmt::format(", comes at {}", format_duration(call.arrived)); }},
    {[](const ComparedCall& a, const ComparedCall& b) { return a.header_seen == b.header_seen || a == b; },
     [](const ComparedCall& call) { return std::string(call.header_seen ? ", sees an id" : ", sees no id"); }},
};

// The first aspect in which cells with this outcome differ; null if there is none.
const Aspect* telling_aspect(const ComparedRow& row, Outcome outcome) {
  const auto has_it = [&](const std::optional<ComparedCall>& cell) { return cell && cell->outcome == outcome; };
  const auto first = std::find_if(row.cells.begin(), row.cells.end(), has_it);
  for (const Aspect& aspect : kAspects) {
    for (auto other = first; other != row.cells.end(); ++other) {
      if (has_it(*other) && !aspect.same(**first, **other)) return &aspect;
    }
  }
  return nullptr;
}

Paint paint_of_verdict(Verdict verdict) { return verdict == Verdict::ok ? Paint::good : Paint::bad; }

class ComparisonWriter {
 public:
  ComparisonWriter(std::ostream& out, const ReportOptions& options)
      : out_(out), style_(options.color, options.ascii), width_(std::max(options.width, kNarrowest)) {}

  // Scenarios of a file that differ in nothing that is compared share one table.
  void write(const ComparisonReport& report) {
    const auto& all = report.comparisons;
    for (std::size_t begin = 0; begin < all.size();) {
      std::size_t end = begin;
      while (end < all.size() && all[end].file == all[begin].file) ++end;
      if (begin > 0) text_ += '\n';
      line(0, style_.paint(Paint::strong, style_.text(all[begin].file)));
      write_file(all, begin, end);
      begin = end;
    }
    if (all.size() > 1) write_sum(all);
    out_ << text_;
  }

 private:
  struct Block {
    std::string titles, body;
  };

  void write_file(const std::vector<ReleaseComparison>& all, std::size_t begin, std::size_t end) {
    std::vector<Block> blocks;
    for (std::size_t i = begin; i < end; ++i) {
      Block block{take([&] { write_title(all[i]); }), take([&] { write_body(all[i]); })};
      const auto same =
          std::find_if(blocks.begin(), blocks.end(), [&](const Block& other) { return other.body == block.body; });
      if (same == blocks.end()) {
        blocks.push_back(std::move(block));
      } else {
        same->titles += block.titles;
      }
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) text_ += (i == 0 ? "" : "\n") + blocks[i].titles + blocks[i].body;
  }

  template <typename Write>
  std::string take(Write write) {
    std::string kept;
    std::swap(kept, text_);
    write();
    std::swap(kept, text_);
    return kept;
  }

  void line(std::size_t indent, const std::string& text) { text_ += std::string(indent, ' ') + text + '\n'; }

  std::string title_of(const ReleaseComparison& comparison) const {
    if (comparison.name.empty()) return "not compared";
    std::string title = style_.text(comparison.name);
    std::vector<std::string> axes;
    for (const auto& [axis, value] : comparison.axes) axes.push_back(style_.text(axis + "=" + value));
    if (!axes.empty()) title += fmt::format("  [{}]", fmt::join(axes, ", "));
    return comparison.could_run ? title : title + ": not compared";
  }

  std::string label_of(const ComparedColumn& column) const {
    std::vector<std::string> parts;
    for (const ReleaseGroup& group : column.releases) parts.push_back(to_string(group, style_.glyphs().dash));
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  void write_title(const ReleaseComparison& comparison) {
    const std::string title = shorten_middle(title_of(comparison), width_ - 4, style_.glyphs().ellipsis);
    std::string mark = "=";
    if (comparison.columns.size() > 1) mark = style_.paint(Paint::caution, style_.glyphs().differs);
    if (!comparison.could_run) mark = style_.paint(Paint::bad, style_.glyphs().error);
    line(2, mark + " " + title);
  }

  void write_body(const ReleaseComparison& comparison) {
    if (!comparison.could_run) return;
    if (comparison.columns.size() == 1) {
      const ComparedColumn& column = comparison.columns.front();
      line(4, fmt::format("no difference: {} in {}",
                          style_.paint(paint_of_verdict(column.verdict), to_word(column.verdict)), label_of(column)));
      return;
    }
    write_table(comparison);
    text_ += '\n';
    for (const ComparedChange& change : comparison.changes) write_change(change);
  }

  // ---- the table ----

  void write_table(const ReleaseComparison& comparison) {
    std::vector<Table::Column> columns{{"", false, kLeastName}};
    for (std::size_t i = 0; i < comparison.columns.size(); ++i) columns.push_back({"", false, 8});
    Table table(columns);
    add_labels(comparison, table);
    const std::vector<bool> shown = rows_to_show(comparison);
    std::size_t left_out = comparison.calls_left_out;
    std::size_t lines = 0;
    for (std::size_t i = 0; i < comparison.rows.size(); ++i) {
      if (!shown[i] || lines == kMostRows) {
        ++left_out;
        continue;
      }
      ++lines;
      const Cells cells = cells_of(comparison.rows[i]);
      add_cells(cells, table, comparison.columns.size() > kColumnsInOneLine);
      std::size_t last = i;  // of the rows that look like this one
      while (last + 1 < comparison.rows.size() && shown[last + 1] &&
             look_alike(cells, cells_of(comparison.rows[last + 1])))
        ++last;
      if (last - i < kMostAlike) continue;
      table.add_note(0, fmt::format("{} {} more like it", style_.glyphs().more, last - i));
      i = last;
    }
    add_facts(comparison, table);
    for (const std::string& text : table.render(style_, width_ - 4, false)) line(4, text);
    if (left_out > 0) line(4, fmt::format("{} {} calls are left out", style_.glyphs().more, left_out));
  }

  // A row: words, and what stands behind them where words do not tell the cells apart.
  struct Cells {
    std::vector<Table::Cell> words;
    std::vector<std::string> more;
  };

  static bool look_alike(const Cells& left, const Cells& right) {
    for (std::size_t i = 0; i < left.words.size(); ++i) {
      if (left.words[i].text != right.words[i].text) return false;
    }
    return left.more == right.more;
  }

  // Where there are many columns, what stands behind a word has a line of its own.
  void add_cells(const Cells& cells, Table& table, bool below) const {
    std::vector<Table::Cell> words = cells.words;
    std::vector<Table::Cell> under{{""}};
    bool has_more = false;
    for (std::size_t i = 0; i < cells.more.size(); ++i) {
      has_more = has_more || !cells.more[i].empty();
      if (!below) words[i + 1].text += cells.more[i];
      std::string_view text = cells.more[i];
      text.remove_prefix(std::min(text.find_first_not_of(", "), text.size()));
      under.push_back({std::string(text), Paint::faint, "  "});
    }
    table.add(std::move(words));
    if (below && has_more) table.add(std::move(under));
  }

  // Each range of releases on a line of its own where many columns leave no room for all on one.
  void add_labels(const ReleaseComparison& comparison, Table& table) const {
    const auto& columns = comparison.columns;
    const std::string indent(2, ' ');
    std::vector<std::vector<std::string>> labels;
    std::size_t lines = 1;
    for (const ComparedColumn& column : columns) {
      labels.emplace_back();
      if (columns.size() <= kColumnsInOneLine) {
        labels.back().push_back(label_of(column));
        continue;
      }
      for (const ReleaseGroup& group : column.releases) labels.back().push_back(to_string(group, style_.glyphs().dash));
      lines = std::max(lines, labels.back().size());
    }
    for (std::size_t i = 0; i < lines; ++i) {
      std::vector<Table::Cell> cells{{""}};
      for (const auto& label : labels) cells.push_back({i < label.size() ? label[i] : "", Paint::faint, indent});
      table.add(std::move(cells));
    }
  }

  // All where there is room; else those that differ, with their callers.
  static std::vector<bool> rows_to_show(const ReleaseComparison& comparison) {
    const std::vector<ComparedRow>& rows = comparison.rows;
    if (rows.size() <= kMostRows) return std::vector<bool>(rows.size(), true);
    std::vector<bool> shown(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!rows[i].differs) continue;
      for (std::optional<std::size_t> at = i; at && !shown[*at]; at = rows[*at].caller) shown[*at] = true;
    }
    return shown;
  }

  std::string name_of(const ComparedRow& row) const {
    std::string name = style_.text(row.target);
    if (row.label != row.target) name += " (" + style_.text(row.label) + ")";
    return name;
  }

  std::string prefix_of(const ComparedRow& row) const {
    if (row.level == 0) return fmt::format("{} {} ", to_word(row.starter), style_.glyphs().arrow);
    return fmt::format("{}{} ", std::string(2 * std::min(row.level, kDeepest), ' '), style_.glyphs().elbow);
  }

  // A cell is marked where it is not as the one to its left.
  std::string mark(bool differs) const { return differs ? std::string(style_.glyphs().differs) + " " : "  "; }

  Cells cells_of(const ComparedRow& row) const {
    Cells cells{{{name_of(row), row.differs ? Paint::plain : Paint::faint, prefix_of(row)}}, {}};
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::optional<ComparedCall>& cell = row.cells[i];
      const bool differs = i > 0 && !(cell == row.cells[i - 1]);
      const Aspect* aspect = cell ? telling_aspect(row, cell->outcome) : nullptr;
      cells.more.push_back(aspect != nullptr ? aspect->say(*cell) : std::string());
      Paint paint = Paint::faint;
      if (cell && row.differs) paint = paint_of(cell->outcome);
      cells.words.push_back({cell ? std::string(to_word(cell->outcome)) : "not made", paint, mark(differs)});
    }
    return cells;
  }

  // `reentrancy on`: the row says what it is about.
  static std::string_view without_title(std::string_view setting) {
    constexpr std::string_view kTitle = "reentrancy ";
    return setting.substr(0, kTitle.size()) == kTitle ? setting.substr(kTitle.size()) : setting;
  }

  void add_facts(const ReleaseComparison& comparison, Table& table) const {
    const auto& columns = comparison.columns;
    const bool other_setting = std::any_of(columns.begin(), columns.end(), [&](const ComparedColumn& column) {
      return column.setting != columns.front().setting;
    });
    if (other_setting) {
      std::vector<Table::Cell> cells{{"reentrancy"}};
      for (std::size_t i = 0; i < columns.size(); ++i)
        cells.push_back({style_.text(without_title(columns[i].setting)), Paint::plain,
                         mark(i > 0 && columns[i].setting != columns[i - 1].setting)});
      table.add(std::move(cells));
    }
    std::vector<Table::Cell> cells{{"verdict", Paint::strong}};
    for (std::size_t i = 0; i < columns.size(); ++i)
      cells.push_back({std::string(to_word(columns[i].verdict)), paint_of_verdict(columns[i].verdict),
                       mark(i > 0 && columns[i].verdict != columns[i - 1].verdict)});
    table.add(std::move(cells));
  }

  // ---- what changes ----

  void write_change(const ComparedChange& change) {
    const std::string head = fmt::format("{} {} {}", change.from_name, style_.glyphs().to, change.to_name);
    std::size_t indent = 4;
    const auto write = [&](const std::string& text) {
      for (const std::string& part : wrap(text, std::min(width_, kWidest) - indent)) {
        line(indent, part);
        indent = 6;
      }
    };
    write(style_.paint(Paint::strong, head + ":") + " " + style_.text(change.effect));
    for (const std::string& reason : change.reasons) {
      indent = 6;
      write(style_.text(reason));
    }
  }

  void write_sum(const std::vector<ReleaseComparison>& all) {
    const auto count = [&](auto test) { return std::count_if(all.begin(), all.end(), test); };
    const auto differ = count([](const ReleaseComparison& entry) { return entry.columns.size() > 1; });
    const auto broken = count([](const ReleaseComparison& entry) { return !entry.could_run; });
    std::string text = fmt::format("{} compared: {} differ, {} do not", all.size() - static_cast<std::size_t>(broken),
                                   differ, static_cast<std::ptrdiff_t>(all.size()) - differ - broken);
    if (broken > 0) text += fmt::format("; {} not compared", broken);
    text_ += '\n';
    line(0, text);
  }

  std::ostream& out_;
  Style style_;
  std::size_t width_;
  std::string text_;  // so far
};

}  // namespace

void write_comparison(std::ostream& out, const ComparisonReport& report, const ReportOptions& options) {
  ComparisonWriter(out, options).write(report);
}

}  // namespace actorsim
