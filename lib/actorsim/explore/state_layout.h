// Where in a packed state each number stands.
#pragma once

#include <cstdint>
#include <vector>

#include "actorsim/explore/automaton.h"

namespace actorsim {

/// Bit fields, as many as the numbers seen so far need, and a little room: chains, actors' residues, the verdict. A
/// field that has always been 0 takes no bits. The highest bit of each word stays 0, so that no state is ~0.
class StateLayout {
 public:
  struct Field {
    std::uint32_t word = 0;
    std::uint32_t shift = 0;
    std::uint64_t mask = 0;  // not shifted
  };

  /// For all numbers that the automaton knows.
  explicit StateLayout(const Automaton& automaton);

  std::size_t width() const { return width_; }
  const Field& chain(std::size_t index) const { return fields_[index]; }
  const Field& residue(std::size_t index) const { return fields_[chains_ + index]; }
  const Field& verdict() const { return fields_.back(); }
  std::size_t chain_count() const { return chains_; }
  std::size_t residue_fields() const { return actors_; }

  static bool fits(const Field& field, std::uint32_t value) { return value <= field.mask; }
  static std::uint32_t get(const Field& field, const std::uint64_t* state) {
    return static_cast<std::uint32_t>((state[field.word] >> field.shift) & field.mask);
  }
  static void set(const Field& field, std::uint32_t value, std::uint64_t* state) {
    state[field.word] =
        (state[field.word] & ~(field.mask << field.shift)) | (static_cast<std::uint64_t>(value) << field.shift);
  }

  bool pack(const AutomatonState& state, std::uint64_t* packed) const;
  void unpack(const std::uint64_t* packed, AutomatonState& state) const;

 private:
  std::size_t chains_, actors_;
  std::size_t width_ = 1;
  std::vector<Field> fields_;
};

}  // namespace actorsim
