// Formats that are read line by line. The rules are those of tests/reports/check_reports.py.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "actorsim/base/text.h"
#include "fuzz/support/fuzz.h"
#include "fuzz/support/report_readers.h"

namespace actorsim::fuzz {
namespace {

using Lines = std::vector<std::string>;

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c); });
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// ---- TAP ------------------------------------------------------------------------------------------------------------

// `ok 1 - description # SKIP why`: where the description ends, as every other # and every \ is escaped.
std::size_t end_of_description(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      demand(at + 1 < text.size() && (text[at + 1] == '\\' || text[at + 1] == '#'), "a description has a stray \\");
      ++at;
    } else if (text[at] == '#') {
      return at;
    }
  }
  return text.size();
}

// Is it `not ok`?
bool read_point(std::string_view line, std::size_t number) {
  const bool failed = starts_with(line, "not ");
  if (failed) line.remove_prefix(4);
  const std::string start = "ok " + std::to_string(number) + " - ";
  if (!starts_with(line, start)) fail("is no test point " + std::to_string(number) + ": " + std::string(line));
  line.remove_prefix(start.size());
  const std::string_view directive = line.substr(end_of_description(line));
  demand(directive.empty() || (starts_with(directive, "# SKIP") && directive.find("not run") != std::string_view::npos),
         "a name was taken for a directive");
  return failed;
}

// ---- GitHub ---------------------------------------------------------------------------------------------------------

// Every % begins an escape, and no character has a meaning of its own.
void demand_escaped(std::string_view text, bool is_property) {
  static constexpr std::string_view kEscapes[] = {"%25", "%0A", "%0D", "%3A", "%2C"};
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const auto begins = [&](std::string_view escape) { return text.substr(at, 3) == escape; };
    demand(std::any_of(std::begin(kEscapes), std::end(kEscapes), begins), "a command has a stray %");
  }
  demand(!is_property || text.find_first_of(":,") == std::string_view::npos,
         "a property has a sign of its syntax in it");
}

void read_properties(std::string_view text) {
  std::set<std::string> seen;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    demand(equals != std::string_view::npos, "a property has no value");
    const std::string key(pair.substr(0, equals));
    demand(key == "file" || key == "line" || key == "col" || key == "title", "there is no property " + key);
    demand(seen.insert(key).second, "a property stands twice");
    demand_escaped(pair.substr(equals + 1), true);
  }
  demand(seen.count("title") > 0, "a command has no title");
}

// ---- Markdown -------------------------------------------------------------------------------------------------------

// A line without its code spans, which hold nothing but text. A line of HTML has none.
std::string without_spans(std::string_view line) {
  if (starts_with(line, "<")) return std::string(line);
  std::string kept;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] != '`') {
      kept += line[at++];
      continue;
    }
    const std::size_t length = std::min(line.find_first_not_of('`', at), line.size()) - at;
    std::size_t end = at + length;
    std::size_t ticks = 0;  // of the run that ends the span
    while (end < line.size() && ticks != length) {
      const std::size_t run = line.find('`', end);
      if (run == std::string_view::npos) {
        end = line.size();
        break;
      }
      end = std::min(line.find_first_not_of('`', run), line.size());
      ticks = end - run;
    }
    demand(ticks == length, "a code span does not end");
    at = end;
  }
  return kept;
}

// What is no code: neither fenced nor a span.
std::string without_code(const std::string& text) {
  std::string kept;
  std::optional<std::string> fence;
  for (const std::string& line : lines_of(text)) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (!fence && ticks >= 3 && line.find('`', ticks) == std::string::npos) {
      fence = line.substr(0, ticks);
    } else if (fence && line == *fence) {
      fence.reset();
    } else if (!fence) {
      kept += without_spans(line) + "\n";
    }
  }
  demand(!fence, "a fenced block does not end");
  return kept;
}

// Tags are those that the report makes, in pairs; inside of <code> stands no markup.
void demand_tags(const std::string& text, const std::set<std::string>& allowed) {
  std::vector<std::string> open;
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::size_t end = text.find('>', at);
    demand(end != std::string::npos, "a tag does not end");
    std::string tag = text.substr(at + 1, end - at - 1);
    const bool closes = !tag.empty() && tag.front() == '/';
    if (closes) tag.erase(0, 1);
    if (allowed.count(tag) == 0) fail("has the tag <" + printable(tag) + ">:\n" + text);
    if (closes) {
      demand(!open.empty() && open.back() == tag, "a tag closes nothing");
      open.pop_back();
    } else if (tag != "br") {
      open.push_back(tag);
    }
  }
  demand(open.empty(), "a tag is left open");
}

// A | ends a cell unless a \ stands right before it, whatever stands before that.
std::size_t count_cells(const std::string& row) {
  std::size_t cells = 0;
  for (std::size_t at = 0; at < row.size(); ++at) cells += row[at] == '|' && (at == 0 || row[at - 1] != '\\') ? 1 : 0;
  return cells;
}

// Inside of a table a | ends a cell wherever it stands, also in code.
void demand_tables(const std::string& text) {
  std::optional<std::size_t> columns;
  bool is_code = false;
  for (const std::string& line : lines_of(text)) {
    if (starts_with(line, "```")) is_code = !is_code;
    if (is_code || !starts_with(line, "| ")) {
      columns.reset();
      continue;
    }
    const std::size_t cells = count_cells(line);
    demand(columns.value_or(cells) == cells, "a row has other cells: " + line);
    columns = cells;
  }
}

// ---- Mermaid --------------------------------------------------------------------------------------------------------

// Nothing in it means anything to Mermaid but `#35;` and `<br/>`.
bool is_mermaid_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '#') {
      const std::size_t end = text.find(';', at);
      if (end == std::string_view::npos || !is_number(text.substr(at + 1, end - at - 1))) return false;
      at = end;
    } else if (starts_with(text.substr(at), "<br/>")) {
      at += 4;
    } else if (std::string_view(";<>{}[]\"`%$|&*^~@\\").find(text[at]) != std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool is_participant(std::string_view text) {
  return text.size() > 1 && (text.front() == 'a' || text.front() == 'c') && is_number(text.substr(1));
}

class DiagramReader {
 public:
  void read(const Lines& lines) {
    demand(!lines.empty() && lines.front() == "sequenceDiagram", "a diagram does not begin as one");
    for (std::size_t i = 1; i < lines.size(); ++i) {
      demand(starts_with(lines[i], "  "), "a line is not indented: " + lines[i]);
      read_line(lines[i].substr(2));
    }
    const bool all_rest =
        std::all_of(active_.begin(), active_.end(), [](const auto& entry) { return entry.second == 0; });
    demand(rectangles_ == 0 && all_rest, "something in a diagram does not end");
  }

 private:
  void read_line(const std::string& line) {
    const std::vector<std::string> words = words_of(line);
    demand(!words.empty(), "a diagram has an empty line");
    if (words[0] == "title") return demand(is_mermaid_text(line.substr(5)), "is no title: " + line);
    if (words[0] == "actor" || words[0] == "participant") return read_participant(line, words);
    if (words[0] == "activate" || words[0] == "deactivate") {
      demand(words.size() == 2 && known_.count(words[1]) > 0, "names a stranger: " + line);
      active_[words[1]] += words[0] == "activate" ? 1 : -1;
      return demand(active_[words[1]] >= 0, "is not active: " + line);
    }
    if (line == "rect rgba(220, 40, 40, 0.2)") {
      ++rectangles_;
    } else if (line == "end") {
      demand(--rectangles_ >= 0, "ends nothing");
    } else {
      read_message(line);
    }
  }

  void read_participant(const std::string& line, const std::vector<std::string>& words) {
    demand(words.size() >= 3 && is_participant(words[1]) && words[2] == "as", "is no participant: " + line);
    known_.insert(words[1]);
    demand(is_mermaid_text(line.substr(line.find(" as ") + 4)), "is no name: " + line);
  }

  // `a1->>a2: text`, `Note over a1,a2: text`
  void read_message(const std::string& line) {
    const std::size_t colon = line.find(": ");
    demand(colon != std::string::npos && is_mermaid_text(line.substr(colon + 2)), "is no line of a diagram: " + line);
    std::string ends = line.substr(0, colon);
    if (starts_with(ends, "Note over ")) {
      ends = ends.substr(10);
      std::replace(ends.begin(), ends.end(), ',', ' ');
    } else {
      static constexpr std::string_view kArrows[] = {"-->>", "->>", "--x", "-x", "-)"};
      const auto found = std::find_if(std::begin(kArrows), std::end(kArrows),
                                      [&](std::string_view arrow) { return ends.find(arrow) != std::string::npos; });
      demand(found != std::end(kArrows), "has no arrow: " + line);
      ends.replace(ends.find(*found), found->size(), " ");
    }
    for (const std::string& name : words_of(ends)) demand(known_.count(name) > 0, "names a stranger: " + line);
  }

  std::set<std::string> known_;
  std::map<std::string, int> active_;
  int rectangles_ = 0;
};

}  // namespace

void read_pretty(const std::string& text, const Expected&) { demand(!text.empty(), "nothing was printed"); }

void read_tap(const std::string& text, const Expected& expected) {
  const Lines lines = lines_of(text);
  demand(lines.size() >= 2 && lines[0] == "TAP version 14", "does not begin as TAP");
  demand(lines[1] == "1.." + std::to_string(expected.names.size()), "the plan is " + lines[1]);
  std::size_t points = 0;
  for (std::size_t at = 2; at < lines.size();) {
    const bool failed = read_point(lines[at++], ++points);
    const bool has_block = at < lines.size() && lines[at] == "  ---";
    demand(has_block || !failed, "a point that failed has no block");
    if (!has_block) continue;
    for (++at; at < lines.size() && lines[at] != "  ..."; ++at)
      demand(starts_with(lines[at], "  ") || lines[at].empty(), "a line of a block is not indented: " + lines[at]);
    demand(at++ < lines.size(), "a block does not end");
  }
  demand(points == expected.names.size(), "there are other points");
}

void read_github(const std::string& text, const Expected&) {
  for (const std::string& line : lines_of(text)) {
    const bool is_command = starts_with(line, "::error ") || starts_with(line, "::warning ");
    demand(is_command, "is no command: " + line);
    const std::string rest = line.substr(line.find(' ') + 1);
    const std::size_t end = rest.find("::");
    demand(end != std::string::npos, "a command has no message: " + line);
    read_properties(rest.substr(0, end));
    demand_escaped(rest.substr(end + 2), false);
  }
}

void read_markdown(const std::string& text, const Expected&) {
  constexpr std::size_t kMostOfAComment = 65'536;
  demand(text.size() <= kMostOfAComment, "is more than GitHub takes in a comment");
  demand_tags(without_code(text), {"details", "summary", "code", "br"});
  demand_tables(text);
}

void read_mermaid(const std::string& text, const Expected&) {
  const Lines lines = lines_of(text);
  if (!lines.empty() && starts_with(lines.front(), "sequenceDiagram")) return DiagramReader().read(lines);
  std::optional<Lines> diagram;
  for (const std::string& line : lines) {
    if (line == "```mermaid") {
      diagram.emplace();
    } else if (line == "```" && diagram) {
      DiagramReader().read(*diagram);
      diagram.reset();
    } else if (diagram) {
      diagram->push_back(line);
    }
  }
  demand(!diagram, "a diagram does not end");
  demand_tags(without_code(text), {});
}

std::string without_colours(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!starts_with(std::string_view(text).substr(at), "\x1b[")) {
      plain += text[at];
      continue;
    }
    const std::size_t end = text.find_first_not_of("0123456789;", at + 2);
    demand(end != std::string::npos && text[end] == 'm', "a sequence does something else than colour");
    at = end;
  }
  return plain;
}

void read_report(Format format, const std::string& text, const Expected& expected) {
  demand_printable(text, description_of(format).name);
  switch (format) {
    case Format::pretty: return read_pretty(text, expected);
    case Format::json: return read_json(text, expected);
    case Format::jsonl: return read_jsonl(text, expected);
    case Format::junit: return read_junit(text, expected);
    case Format::tap: return read_tap(text, expected);
    case Format::github: return read_github(text, expected);
    case Format::sarif: return read_sarif(text, expected);
    case Format::markdown: return read_markdown(text, expected);
    case Format::mermaid: return read_mermaid(text, expected);
    case Format::html: return read_html(text, expected);
  }
}

}  // namespace actorsim::fuzz
