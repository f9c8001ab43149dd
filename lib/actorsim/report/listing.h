// What stands in scenario files: the value behind `actorsim list`, and its two formats.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/expectation_text.h"
#include "actorsim/report/format.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// One combination of a scenario's matrix.
struct ListedCase {
  std::vector<std::pair<std::string, std::string>> axes;
  std::string dapr;
  std::vector<ExpectationText> expectations;
  bool implied = false;  ///< nothing stands in the file: `verdict: ok`
};

struct ListedScenario {
  std::string name;
  std::string description;
  std::vector<std::string> tags;
  Span span;
  std::vector<ListedCase> cases;
};

struct ListedFile {
  std::string name;
  bool is_readable = true;  ///< false: it is wrong, or could not be read, and lists nothing
  std::vector<ListedScenario> scenarios;
};

struct Listing {
  std::vector<ListedFile> files;
  std::vector<Diagnostic> diagnostics;
};

/// Adds a case. Cases of one scenario follow each other.
void add_case(ListedFile& file, const Scenario& scenario);

/// For people.
void write_listing(std::ostream& out, const Listing& listing, const ReportOptions& options);

/// For programs; the keys stand in json_listing.cpp.
void write_json_listing(std::ostream& out, const Listing& listing);

}  // namespace actorsim
