// The call graph of a program as a picture.
#pragma once

#include "actorsim/model/call_map.h"
#include "actorsim/report/graph/graph.h"

namespace actorsim {

/// A card for each actor, with its handlers and whether reentrancy is on; what starts chains is one more card. Calls
/// that can be part of a deadlock are marked.
Picture call_picture(const Program& program, const GraphTitle& title);

}  // namespace actorsim
