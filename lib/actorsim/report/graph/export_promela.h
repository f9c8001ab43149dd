// A lock program as a model in Promela, for the model checker SPIN: a second opinion on deadlocks and state counts.
#pragma once

#include <iosfwd>
#include <string>

#include "actorsim/model/lock_program.h"

namespace actorsim {

/// `title`: what the model is of, one line. One process chooses among the steps of all chains, each indivisible, so
/// that SPIN (without its reductions) stores the states of an exploration without reductions and no others. A deadlock
/// is an invalid end state; at the end of all chains a step that does nothing keeps the model moving.
void write_promela(std::ostream& out, const LockProgram& program, const std::string& title);

}  // namespace actorsim
