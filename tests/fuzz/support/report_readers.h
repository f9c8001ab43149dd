// A reader for each format of reports: a real parser where there is one, else the rules of the format line by line. The
// process ends with what is wrong, where something is.
#pragma once

#include <string>
#include <vector>

#include "actorsim/report/format.h"

namespace actorsim::fuzz {

/// What must be found again in a report.
struct Expected {
  std::vector<std::string> names;  ///< of the cases, in their order
};

/// `text` is what was written in `format`, without colours.
void read_report(Format format, const std::string& text, const Expected& expected);

// What read_report chooses from.
void read_json(const std::string& text, const Expected& expected);
void read_jsonl(const std::string& text, const Expected& expected);
void read_sarif(const std::string& text, const Expected& expected);
void read_junit(const std::string& text, const Expected& expected);
void read_html(const std::string& text, const Expected& expected);
void read_pretty(const std::string& text, const Expected& expected);
void read_tap(const std::string& text, const Expected& expected);
void read_github(const std::string& text, const Expected& expected);
void read_markdown(const std::string& text, const Expected& expected);
void read_mermaid(const std::string& text, const Expected& expected);

/// A picture that runs nothing and fetches nothing.
void read_svg(const std::string& text);

/// Any JSON, with no key twice in an object.
void demand_json(const std::string& text);

/// Without the sequences that colour it.
std::string without_colours(const std::string& text);

}  // namespace actorsim::fuzz
