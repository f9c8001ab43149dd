// Loads as single calls: for those who look at every order, in which the calls of a load are not ordered.
#pragma once

#include "actorsim/model/program.h"

namespace actorsim {

/// The same program with each load of `count` calls replaced by `count` triggers of one call each, which start in any
/// order. Closed loops (`clients`) stay: their calls are taken one after another. Cost: linear in the calls.
Program unroll_loads(const Program& program);

/// How many triggers unroll_loads would make.
std::uint64_t unrolled_size(const Program& program);

}  // namespace actorsim
