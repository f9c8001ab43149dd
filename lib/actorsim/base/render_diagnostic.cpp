// How a diagnostic looks. The one place where source text is put on a terminal.
#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::size_t kWindow = 100;       // columns of a line that are shown
constexpr std::size_t kContext = 30;       // of them before the place, if the line is longer
constexpr std::string_view kTab = "    ";  // how a tab is shown

std::string_view find_line(std::string_view text, std::uint32_t line) {
  std::size_t start = 0;
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) return {};
    start = end + 1;
  }
  std::string_view result = text.substr(start, text.find('\n', start) - start);
  if (line == 1 && result.substr(0, 3) == "\xEF\xBB\xBF") result.remove_prefix(3);  // a byte order mark is no text
  if (!result.empty() && result.back() == '\r') result.remove_suffix(1);
  return result;
}

// One character of the line as it is shown.
struct Cell {
  std::string text;
  std::size_t width = 0;
  bool marked = false;
};

std::vector<Cell> to_cells(std::string_view line, std::size_t mark_begin, std::size_t mark_end) {
  std::vector<Cell> cells;
  // A line may be megabytes long: look only at what can be shown. Cut points are moved to the start of a character.
  std::size_t begin = mark_begin > 4 * kWindow ? mark_begin - 4 * kWindow : 0;
  while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U) --begin;
  const std::size_t end = std::min(line.size(), mark_begin + 4 * kWindow);
  for (std::size_t i = begin; i < end;) {
    const CodePoint code_point = decode_utf8(line, i);
    Cell cell;
    cell.marked = i < mark_end && i + code_point.length > mark_begin;
    if (code_point.valid && code_point.value == '\t') {
      cell.text = kTab;
      cell.width = kTab.size();
    } else if (!code_point.valid || is_hostile(code_point.value)) {
      cell.text = escape(code_point);
      cell.width = cell.text.size();
    } else {
      cell.text = line.substr(i, code_point.length);
      cell.width = static_cast<std::size_t>(display_width(code_point.value));
    }
    cells.push_back(std::move(cell));
    i += code_point.length;
  }
  return cells;
}

struct Excerpt {
  std::string line;
  std::string carets;
};

Excerpt make_excerpt(std::string_view line, const Span& span) {
  const std::size_t mark_begin = std::min<std::size_t>(span.column - 1, line.size());
  const std::size_t mark_end =
      std::min<std::size_t>(mark_begin + std::max(1U, span.length), std::max(line.size(), mark_begin));
  const std::vector<Cell> cells = to_cells(line, mark_begin, mark_end);

  const auto marked = std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.marked; });
  const auto first_marked = static_cast<std::size_t>(marked - cells.begin());
  const bool starts_inside = mark_begin > 4 * kWindow;
  std::size_t total = 0;
  for (const Cell& cell : cells) total += cell.width;
  std::size_t first = 0;
  if (starts_inside || total > kWindow) {
    std::size_t before = 0;
    for (first = first_marked; first > 0 && before < kContext; --first) before += cells[first - 1].width;
  }

  Excerpt result;
  if (first > 0 || starts_inside) {
    result.line = "…";
    result.carets = " ";
  }
  std::size_t shown = 0;
  std::size_t i = first;
  std::string pending;  // blanks are written only before a caret
  for (; i < cells.size() && shown < kWindow; ++i) {
    result.line += cells[i].text;
    shown += cells[i].width;
    if (cells[i].marked) {
      result.carets += pending + std::string(std::max<std::size_t>(cells[i].width, 1), '^');
      pending.clear();
    } else {
      pending += std::string(cells[i].width, ' ');
    }
  }
  if (i < cells.size() || mark_begin + 4 * kWindow < line.size()) result.line += "…";
  if (result.carets.find('^') == std::string::npos) result.carets += pending + "^";  // behind the end of the line
  return result;
}

std::string render_place(const std::string& file, const Span& span) {
  std::string result = printable(file);
  if (span.line > 0) result += fmt::format("{}{}:{}", result.empty() ? "" : ":", span.line, span.column);
  return result.empty() ? result : result + ": ";
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const Source* source, DiagnosticStyle style) {
  std::string result = render_place(diagnostic.file, diagnostic.span);
  result += fmt::format("{}: {}", to_word(diagnostic.severity), printable(diagnostic.message));
  if (style == DiagnosticStyle::one_line) {
    if (!diagnostic.help.empty()) result += fmt::format(" ({})", printable(diagnostic.help));
    return result + "\n";
  }
  result += "\n";
  std::string margin = "  ";
  if (source != nullptr && diagnostic.span.line > 0 && diagnostic.file == source->name) {
    const Excerpt excerpt = make_excerpt(find_line(source->text, diagnostic.span.line), diagnostic.span);
    const std::string number = std::to_string(diagnostic.span.line);
    margin = std::string(number.size() + 2, ' ');
    result += fmt::format(" {} |{}{}\n", number, excerpt.line.empty() ? "" : " ", excerpt.line);
    result += fmt::format("{}| {}\n", margin, excerpt.carets);
  }
  for (const Diagnostic::Note& note : diagnostic.notes) {
    result +=
        fmt::format("{}= note: {}{}\n", margin, render_place(diagnostic.file, note.span), printable(note.message));
  }
  if (!diagnostic.help.empty()) result += fmt::format("{}= help: {}\n", margin, printable(diagnostic.help));
  return result;
}

std::string render(const Diagnostics& diagnostics, const Source* source, DiagnosticStyle style) {
  std::vector<const Source*> sources;
  if (source != nullptr) sources.push_back(source);
  return render(diagnostics, sources, style);
}

std::string render(const Diagnostics& diagnostics, const std::vector<const Source*>& sources, DiagnosticStyle style) {
  std::string result;
  for (const Diagnostic& diagnostic : diagnostics.shown()) {
    const auto source = std::find_if(sources.begin(), sources.end(),
                                     [&](const Source* other) { return other->name == diagnostic.file; });
    result += render(diagnostic, source == sources.end() ? nullptr : *source, style);
  }
  if (diagnostics.hidden_count() > 0) result += fmt::format("… and {} more\n", diagnostics.hidden_count());
  return result;
}

}  // namespace actorsim
