// std::regex behind a wall: slow to compile, and it throws.
#include "cli/cases/name_pattern.h"

#include <algorithm>
#include <regex>

namespace actorsim {
namespace {

constexpr std::size_t kLongestName = 1'000;
constexpr std::size_t kLongestPattern = 4'000;
constexpr std::size_t kDeepestPattern = 100;

// No more can stand in each other. One in [ ] or behind a backslash counts as well: it is a bound, no grammar.
std::size_t most_brackets_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '('));
}

// libstdc++ backtracks, with a call on the stack for each character, unless it is told not to.
std::regex compile(const std::string& text) {
  // Each level costs a call on the stack, or several, which has an end that nobody notices.
  if (text.size() > kLongestPattern || most_brackets_of(text) > kDeepestPattern)
    throw std::regex_error(std::regex_constants::error_space);
#ifdef __GLIBCXX__
  try {
    return std::regex(text, std::regex::ECMAScript | std::regex_constants::__polynomial);
  } catch (const std::regex_error& error) {
    if (error.code() != std::regex_constants::error_complexity) throw;  // a back reference: only backtracking finds it
  }
#endif
  return std::regex(text, std::regex::ECMAScript);
}

std::string reason_of(const std::regex_error& error) {
  using namespace std::regex_constants;
  if (error.code() == error_paren) return "a bracket ( or ) has no partner, or nothing stands before *, + or ?";
  if (error.code() == error_brack) return "a bracket [ or ] has no partner";
  if (error.code() == error_brace) return "a bracket { or } has no partner";
  if (error.code() == error_badbrace) return "what stands in { } is no number of times";
  if (error.code() == error_badrepeat) return "there is nothing that *, +, ? or { } could repeat";
  if (error.code() == error_range) return "a range in [ ] ends before it begins";
  if (error.code() == error_escape) return "a backslash is followed by nothing that it could mean";
  if (error.code() == error_ctype) return "there is no such class of characters";
  if (error.code() == error_backref) return "it refers to a group that is not there";
  return "it is too large or too deep";
}

}  // namespace

struct NamePattern::Compiled {
  std::regex regex;
};

std::optional<std::string> why_no_pattern(const std::string& text) {
  try {
    compile(text);
    return std::nullopt;
  } catch (const std::regex_error& error) {
    return reason_of(error);
  }
}

NamePattern::NamePattern(const std::string& text) {
  if (!text.empty() && !why_no_pattern(text)) compiled_ = std::make_unique<Compiled>(Compiled{compile(text)});
}
NamePattern::~NamePattern() = default;
NamePattern::NamePattern(NamePattern&&) noexcept = default;
NamePattern& NamePattern::operator=(NamePattern&&) noexcept = default;

bool NamePattern::matches(const std::string& name) const {
  if (!compiled_) return true;
  try {
    return std::regex_search(name.substr(0, kLongestName), compiled_->regex);
  } catch (const std::regex_error&) {  // given up: it would take too long
    return false;
  }
}

}  // namespace actorsim
