// The regular expression of --filter. The one place that knows <regex>.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace actorsim {

/// Why the text is no regular expression (ECMAScript); none: it is one.
std::optional<std::string> why_no_pattern(const std::string& text);

/// Finds a regular expression in names. Bytes, no locale. Names are looked at up to a bound, and where the standard
/// library can, without backtracking: a hostile name can neither hang it nor exhaust the stack.
class NamePattern {
 public:
  /// An empty text, or one that is no pattern, matches everything.
  explicit NamePattern(const std::string& text);
  ~NamePattern();
  NamePattern(NamePattern&&) noexcept;
  NamePattern& operator=(NamePattern&&) noexcept;

  bool matches(const std::string& name) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace actorsim
