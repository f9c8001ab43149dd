// Sizes, rules and texts.
#include "actorsim/report/graph/lock_model.h"

#include <algorithm>

#include <fmt/format.h>

namespace actorsim {

LockModelSizes sizes_of(const LockProgram& program) {
  LockModelSizes sizes;
  sizes.chains = static_cast<Index>(program.chains.size());
  sizes.actors = static_cast<Index>(program.actors.size());
  for (const Index count : program.key_counts) sizes.keys = std::max(sizes.keys, count);
  for (const Index count : program.place_counts) sizes.places = std::max(sizes.places, count);
  for (const LockChain& chain : program.chains) {
    sizes.operations = std::max(sizes.operations, chain.operations.size());
    for (const LockOperation& operation : chain.operations) sizes.depth = std::max(sizes.depth, operation.depth);
  }
  if (program.shares_keys) sizes.depth *= sizes.chains;
  return sizes;
}

std::vector<LockModelRule> rules_of(const LockProgram& program) {
  std::vector<LockModelRule> rules;
  for (Index chain = 0; chain < program.chains.size(); ++chain) {
    const std::vector<LockOperation>& operations = program.chains[chain].operations;
    const LockStart& start = program.starts[program.chains[chain].start];
    for (std::size_t position = 0; position < operations.size(); ++position) {
      const LockOperation& operation = operations[position];
      LockModelRule rule;
      const bool arrives = operation.kind == LockOperation::Kind::acquire;
      rule.name = plain_text(fmt::format("chain {}: {} {}", chain, operation.text, arrives ? "arrives" : "returns"));
      rule.chain = chain;
      rule.position = position;
      rule.operation = &operation;
      rule.start = program.chains[chain].start;
      rule.is_first = position == 0;
      rule.is_last = position + 1 == operations.size();
      if (rule.is_first) {
        rule.after = start.after;
        rule.clients = start.clients;
        rule.number = chain - start.first_chain;
      }
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

bool counts_chains(const LockProgram& program) {
  return std::any_of(program.starts.begin(), program.starts.end(),
                     [](const LockStart& start) { return start.after != kNone || start.clients > 0; });
}

std::string plain_text(std::string_view text) {
  std::string result(text);
  for (char& character : result) {
    const bool is_plain = character >= ' ' && character <= '~';
    const bool ends_something = character == '"' || character == '\\' || character == '*' || character == '%';
    if (!is_plain || ends_something) character = '_';
  }
  return result;
}

}  // namespace actorsim
