// What somebody types at the prompt of `actorsim play`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/explore/schedule.h"

namespace actorsim {

enum class PlayWord : std::uint8_t {
  step,   ///< the step of a number
  steps,  ///< the steps of a schedule
  only,   ///< an empty line: the only step there is
  hint,
  away,
  undo,
  restart,
  schedule,
  first_come,
  look,
  help,
  quit,
  unknown,
};

struct PlayLine {
  PlayWord word = PlayWord::unknown;
  std::size_t number = 0;  ///< step: from 1; undo: how many
  Schedule steps;
  std::string text;  ///< as it was typed, without blanks around it
};

/// Numbers, words of a schedule, the words of play_words(), in any case.
PlayLine read_play_line(std::string_view line);

struct PlayWordDescription {
  PlayWord word;
  std::string_view names;  ///< `h, hint`
  std::string_view text;
};
const std::vector<PlayWordDescription>& play_words();

/// Every name that a word can be typed as.
std::vector<std::string> play_word_names();

/// The next line, without its end; nothing at the end of the input. Of a very long one only the beginning is kept.
std::optional<std::string> read_line(std::istream& in);

}  // namespace actorsim
