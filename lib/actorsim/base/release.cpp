// The table of Dapr's release lines and their newest patches.
#include "actorsim/base/release.h"

#include <array>
#include <charconv>

namespace actorsim {
namespace {

struct Line {
  std::uint16_t minor;
  std::uint16_t newest_patch;
};

// Dapr's tags; reentrancy exists since 1.2.
constexpr std::array<Line, 17> kLines{{{2, 2},
                                       {3, 1},
                                       {4, 4},
                                       {5, 3},
                                       {6, 3},
                                       {7, 5},
                                       {8, 7},
                                       {9, 6},
                                       {10, 10},
                                       {11, 6},
                                       {12, 5},
                                       {13, 6},
                                       {14, 5},
                                       {15, 14},
                                       {16, 19},
                                       {17, 13},
                                       {18, 3}}};

const Line* find_line(std::uint16_t minor) {
  for (const Line& line : kLines) {
    if (line.minor == minor) return &line;
  }
  return nullptr;
}

// One to three decimal digits without a leading zero; the rest of the text is left in `text`.
std::optional<std::uint16_t> take_number(std::string_view& text) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto length = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || length > 3 || (length > 1 && text.front() == '0')) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

}  // namespace

std::optional<Release> parse_release(std::string_view text) {
  if (text == "docs") return kDocs;
  if (!text.empty() && text.front() == 'v') text.remove_prefix(1);
  if (text.substr(0, 2) != "1.") return std::nullopt;
  text.remove_prefix(2);
  const auto minor = take_number(text);
  if (!minor) return std::nullopt;
  const Line* line = find_line(*minor);
  if (line == nullptr) return std::nullopt;
  if (text.empty()) return Release{line->minor, line->newest_patch, false};
  if (text.front() != '.') return std::nullopt;
  text.remove_prefix(1);
  const auto patch = take_number(text);
  if (!patch || !text.empty() || *patch > line->newest_patch) return std::nullopt;
  return Release{line->minor, *patch, false};
}

std::string full_name(const Release& release) {
  if (release.is_docs) return "docs";
  return "1." + std::to_string(release.minor) + "." + std::to_string(release.patch);
}

std::string to_string(const Release& release) {
  if (release.is_docs) return "docs";
  const Line* line = find_line(release.minor);
  if (line != nullptr && line->newest_patch == release.patch) return "1." + std::to_string(release.minor);
  return full_name(release);
}

const std::vector<Release>& release_lines() {
  static const std::vector<Release> lines = [] {
    std::vector<Release> result;
    for (const Line& line : kLines) result.push_back(Release{line.minor, line.newest_patch, false});
    return result;
  }();
  return lines;
}

}  // namespace actorsim
