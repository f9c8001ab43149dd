// One table of words.
#include "cli/play/play_input.h"

#include <algorithm>
#include <istream>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::size_t kLongestLine = 4'000;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::optional<std::size_t> read_number(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  const auto number = parse_integer(text);
  return number ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

// "h, hint" as its names.
std::vector<std::string> names_of(const PlayWordDescription& description) {
  std::vector<std::string> names;
  std::string_view left = description.names;
  for (std::size_t comma = left.find(','); !left.empty(); comma = left.find(',')) {
    names.emplace_back(trim(left.substr(0, comma)));
    left = comma == std::string_view::npos ? std::string_view() : left.substr(comma + 1);
  }
  return names;
}

}  // namespace

const std::vector<PlayWordDescription>& play_words() {
  static const std::vector<PlayWordDescription> words{
      {PlayWord::hint, "h, hint", "which step is on the shortest way to the worst end"},
      {PlayWord::away, "a, away", "which step is on the shortest way to the best end"},
      {PlayWord::undo, "u, undo", "take the last step back; u 3: the last three"},
      {PlayWord::restart, "r, restart", "start again"},
      {PlayWord::schedule, "s, schedule", "what you have chosen so far, and the command that replays it"},
      {PlayWord::first_come, "auto", "play on to the end: who could move first moves first"},
      {PlayWord::look, "l, look", "show the situation again"},
      {PlayWord::help, "?, help", "this help"},
      {PlayWord::quit, "q, quit", "leave"},
  };
  return words;
}

std::vector<std::string> play_word_names() {
  std::vector<std::string> names;
  for (const PlayWordDescription& description : play_words()) {
    for (std::string& name : names_of(description)) names.push_back(std::move(name));
  }
  return names;
}

PlayLine read_play_line(std::string_view line) {
  PlayLine result;
  result.text = trim(line);
  if (result.text.empty()) {
    result.word = PlayWord::only;
    return result;
  }
  if (const auto number = read_number(result.text)) {
    result.word = PlayWord::step;
    result.number = *number;
    return result;
  }
  const std::string text = lower(result.text);
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string first = text.substr(0, blank);
  const std::string_view rest = trim(std::string_view(text).substr(blank));
  for (const PlayWordDescription& description : play_words()) {
    const std::vector<std::string> names = names_of(description);
    if (std::find(names.begin(), names.end(), first) == names.end()) continue;
    const std::optional<std::size_t> count = read_number(rest);
    if (!rest.empty() && (description.word != PlayWord::undo || !count)) break;
    result.word = description.word;
    result.number = count.value_or(1);
    return result;
  }
  if (auto steps = parse_schedule(text, "")) {
    result.word = PlayWord::steps;
    result.steps = std::move(*steps);
  }
  return result;
}

std::optional<std::string> read_line(std::istream& in) {
  std::string line;
  int character = in.get();
  if (character == std::istream::traits_type::eof()) return std::nullopt;
  for (; character != std::istream::traits_type::eof() && character != '\n'; character = in.get()) {
    if (line.size() < kLongestLine) line += static_cast<char>(character);
  }
  return line;
}

}  // namespace actorsim
