// What is wrong with an input, where, and what would be right; collected as values and rendered in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actorsim/base/span.h"

namespace actorsim {

/// A text with the name under which people know it: a path, or `<stdin>`, `<ask>`.
struct Source {
  std::string name;
  std::string text;
};

enum class Severity : std::uint8_t { error, warning };
std::string_view to_word(Severity severity);

/// One complaint about an input. `code` is stable and kebab-case, one of diagnostic_codes(), and has static storage.
struct Diagnostic {
  struct Note {
    Span span;
    std::string message;
  };
  Severity severity = Severity::error;
  std::string_view code;
  std::string file;     ///< may be empty (no file is to blame)
  Span span;            ///< line 0: no place in the file
  std::string message;  ///< lower case, no full stop
  std::string help;     ///< may be empty
  std::vector<Note> notes;
};

/// The complaints about one input, in the order of their places. Equal ones are kept once. Cheap to move.
/// Not more than kKept are kept; the rest is counted.
class Diagnostics {
 public:
  static constexpr std::size_t kShown = 20;
  static constexpr std::size_t kKept = 1000;

  Diagnostics() = default;
  explicit Diagnostics(Diagnostic diagnostic) { add(std::move(diagnostic)); }

  void add(Diagnostic diagnostic);
  void add_all(const Diagnostics& other);

  bool empty() const { return items_.empty(); }
  bool is_full() const { return items_.size() >= kKept; }
  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  std::size_t warning_count() const { return warnings_; }

  /// Sorted by file, place and arrival.
  const std::vector<Diagnostic>& items() const { return items_; }

  /// What a report shows: at most kShown, errors before warnings if there is no room for both, in order of place.
  std::vector<Diagnostic> shown() const;
  /// How many shown() leaves out.
  std::size_t hidden_count() const;

 private:
  std::vector<Diagnostic> items_;  // sorted, without equals
  std::size_t errors_ = 0;         // also those that were not kept
  std::size_t warnings_ = 0;
};

enum class DiagnosticStyle : std::uint8_t {
  with_excerpt,  ///< the line of the source with a caret under the place, help and notes
  one_line,      ///< `file:line:column: error: message (help)`
};

/// One diagnostic as text, with a line end. `source`: where the excerpt comes from; null, or of another name: none.
/// Nothing of the source or of a message reaches the result that could control a terminal. Columns are bytes; the caret
/// stands where a terminal shows the place.
std::string render(const Diagnostic& diagnostic, const Source* source,
                   DiagnosticStyle style = DiagnosticStyle::with_excerpt);

/// What shown() says, one after another, and "… and N more" if that is not all.
std::string render(const Diagnostics& diagnostics, const Source* source,
                   DiagnosticStyle style = DiagnosticStyle::with_excerpt);

/// The same where the diagnostics are about several files: the excerpt comes from the source of that name.
std::string render(const Diagnostics& diagnostics, const std::vector<const Source*>& sources,
                   DiagnosticStyle style = DiagnosticStyle::with_excerpt);

/// Every code that a diagnostic can have. What each means is told by a page of scenarios/words/diagnostics.
const std::vector<std::string_view>& diagnostic_codes();

}  // namespace actorsim
