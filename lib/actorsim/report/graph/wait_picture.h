// The wait-for graph of a run as a picture.
#pragma once

#include <string>

#include "actorsim/explore/run.h"
#include "actorsim/report/graph/graph.h"

namespace actorsim {

/// Who waits for whom at the moment when the first deadlock of the run has come about, until something breaks it up; in
/// a run without one, at the moment when the most calls wait. Cards are calls and locks; the circle is marked.
/// `which_run`: a few words on it.
Picture wait_picture(const Run& run, const GraphTitle& title, const std::string& which_run);

}  // namespace actorsim
