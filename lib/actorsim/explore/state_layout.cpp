// Fields one after another; none crosses the border of a word.
#include "actorsim/explore/state_layout.h"

#include <algorithm>
#include <bit>

namespace actorsim {
namespace {

constexpr std::uint32_t kUsableBits = 63;
constexpr std::uint32_t kVerdictBits = 3;

}  // namespace

StateLayout::StateLayout(const Automaton& automaton)
    : chains_(automaton.chain_count()), actors_(automaton.actor_count()) {
  std::vector<std::uint32_t> bits;
  for (std::size_t i = 0; i < chains_; ++i) {
    bits.push_back(static_cast<std::uint32_t>(std::bit_width(automaton.value_count(static_cast<Index>(i)) - 1)));
  }
  for (std::size_t i = 0; i < actors_; ++i) {
    bits.push_back(static_cast<std::uint32_t>(std::bit_width(automaton.residue_count(static_cast<Index>(i)) - 1)));
  }
  std::uint32_t total = kVerdictBits;
  for (const std::uint32_t count : bits) total += count;
  // Chains still grow while little has been seen: a bit more for each, where that costs no word.
  const auto words = (total + kUsableBits - 1) / kUsableBits;
  if (total + chains_ <= words * kUsableBits - (words > 1 ? words * 8 : 0)) {
    for (std::size_t i = 0; i < chains_; ++i) ++bits[i];
  }
  bits.push_back(kVerdictBits);
  Field next;
  for (const std::uint32_t count : bits) {
    if (next.shift + count > kUsableBits) {
      ++next.word;
      next.shift = 0;
    }
    next.mask = (std::uint64_t{1} << count) - 1;
    fields_.push_back(next);
    next.shift += count;
  }
  width_ = next.word + 1;
}

bool StateLayout::pack(const AutomatonState& state, std::uint64_t* packed) const {
  std::fill_n(packed, width_, 0);
  for (std::size_t i = 0; i < chains_; ++i) {
    if (!fits(chain(i), state.values[i])) return false;
    set(chain(i), state.values[i], packed);
  }
  for (std::size_t i = 0; i < state.residues.size(); ++i) {
    if (state.residues[i] == 0) continue;
    if (i >= actors_ || !fits(residue(i), state.residues[i])) return false;
    set(residue(i), state.residues[i], packed);
  }
  set(verdict(), state.verdict, packed);
  return true;
}

void StateLayout::unpack(const std::uint64_t* packed, AutomatonState& state) const {
  state.values.resize(chains_);
  for (std::size_t i = 0; i < chains_; ++i) state.values[i] = get(chain(i), packed);
  state.residues.assign(state.residues.size(), 0);
  if (state.residues.size() < actors_) state.residues.resize(actors_);
  for (std::size_t i = 0; i < actors_; ++i) state.residues[i] = get(residue(i), packed);
  state.verdict = get(verdict(), packed);
}

}  // namespace actorsim
