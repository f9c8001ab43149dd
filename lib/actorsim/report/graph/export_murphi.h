// A lock program as a model in Murphi, for the model checker rumur: a second opinion on deadlocks and state counts.
#pragma once

#include <iosfwd>
#include <string>

#include "actorsim/model/lock_program.h"

namespace actorsim {

/// `title`: what the model is of, one line. A rule is a step, a state of the model one of the program: the counts that
/// rumur tells are those of an exploration without reductions. Where nobody can move and somebody has not come to the
/// end, the model is stuck; at the end of all chains a rule that does nothing keeps it moving.
void write_murphi(std::ostream& out, const LockProgram& program, const std::string& title);

}  // namespace actorsim
