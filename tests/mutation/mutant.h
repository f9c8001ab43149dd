// Which mutant the process runs with: copied beside the mutated sources, which ask at every place that has a mutant.
#pragma once

#include <cstdlib>

/// The number in the environment variable ACTORSIM_MUTANT; without it 0, which is no mutant.
inline long chosen_mutant() {
  static const long number = [] {
    const char* text = std::getenv("ACTORSIM_MUTANT");
    return text == nullptr ? 0L : std::strtol(text, nullptr, 10);
  }();
  return number;
}

#define ACTORSIM_MUTANT(number) (chosen_mutant() == (number))
