// A lock program as numbered rules: what its exports to model checkers have in common. Internal to report/graph/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/model/lock_program.h"

namespace actorsim {

/// How large the types of a model must be.
struct LockModelSizes {
  std::size_t operations = 0;  ///< of the longest chain
  Index chains = 0;
  Index actors = 0;
  Index keys = 0;
  Index places = 1;  ///< of the longest queue; at least one
  Index depth = 1;
};
LockModelSizes sizes_of(const LockProgram& program);

/// One operation of one chain, with what must be so before it.
struct LockModelRule {
  std::string name;  ///< `chain 0: A/1.m arrives`, as plain_text
  Index chain = 0;
  std::size_t position = 0;  ///< how many operations the chain has done before it
  const LockOperation* operation = nullptr;
  Index start = 0;
  bool is_first = false;  ///< of its chain
  bool is_last = false;
  Index after = kNone;  ///< first: the start whose chains must all have ended
  Index clients = 0;    ///< first: above 0: fewer chains of the start than these must be going on, and
  Index number = 0;     ///< so many must have started
};
std::vector<LockModelRule> rules_of(const LockProgram& program);

/// Does anything depend on how many chains have started and ended?
bool counts_chains(const LockProgram& program);

/// `text` with nothing in it that could end a comment or a quoted text of any language.
std::string plain_text(std::string_view text);

}  // namespace actorsim
