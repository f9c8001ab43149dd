// A state graph as the page reads it: that of json/json_state_graph.h, in which what many states have in common is told
// once.
//
// As there, but for states[]: `blocked`, `locks` and `prospects` hold places in the lists `blocked`, `locks` and
// `prospects` beside `states`.
#pragma once

#include <string>

#include "actorsim/explore/state_graph.h"

namespace actorsim {

/// Does any situation leave a choice? Without one there is nothing to draw and nothing to play.
bool leaves_a_choice(const StateGraph& graph);

std::string graph_json(const StateGraph& graph);

}  // namespace actorsim
