// The report as a page: one file that plays every case like a film, and lets its reader be the scheduler. README.md
// beside this file says what is in it.
#pragma once

#include <iosfwd>

namespace actorsim {

struct Report;
struct ExploredReport;

/// One HTML document that needs nothing else: no network, no other file. Runs that have no film (Run::film) are told
/// without one. Nothing of a scenario's text can become markup or script.
void write_html(std::ostream& out, const Report& report);
void write_html_explored(std::ostream& out, const ExploredReport& report);

}  // namespace actorsim
