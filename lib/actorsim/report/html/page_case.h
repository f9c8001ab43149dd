// What the page shows of a case, whichever command it comes from.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/explore/state_graph.h"
#include "actorsim/report/explored.h"
#include "actorsim/report/report.h"

namespace actorsim {

/// One run of a case. Refers to the report that it was made from.
struct PageFilm {
  std::string title, note;
  const Run* run = nullptr;
  std::string headline;
  std::vector<std::string> why, fix;
  std::string schedule, command;  ///< empty: none to show
};

struct PageExpectation {
  const ExpectationResult* result = nullptr;
  std::size_t film = 0;  ///< that shows why it does not hold
};

/// Refers to the report that it was made from.
struct PageCase : CaseHead {
  std::string verdict, headline;
  std::vector<PageFilm> films;  ///< the first is shown first
  std::vector<PageExpectation> expectations;
  std::vector<std::string> facts;     ///< of all orders: what can happen, and what was looked at
  const StateGraph* graph = nullptr;  ///< null: too large, or not made
};

PageCase page_case(const CaseReport& entry);
PageCase page_case(const ExploredCase& entry);

}  // namespace actorsim
