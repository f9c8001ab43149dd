// `matrix`, `exclude` and `when`: which cases a scenario has, and what is said of which of them. Internal to scenario/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/release.h"
#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// The most combinations that a matrix may have, excluded ones included.
inline constexpr std::size_t kMaximumCases = 100'000;

/// What the values of an axis are given to.
struct Axis {
  enum class Kind : std::uint8_t { release, variable, setting };
  Kind kind = Kind::variable;
  std::string name;
  std::vector<std::string> values;
  Span span;  ///< of the name
};

/// What an axis must be: `1.14`, any of a list, or `">= 1.15"`.
struct AxisTest {
  struct Value {
    Comparison::Operator op = Comparison::Operator::equal;
    std::string text;
  };
  std::string axis;
  std::vector<Value> any_of;
  Span span;         ///< of the axis' name
  Span values_span;  ///< of what it must be
};

/// Does `value` pass? Releases are compared by age, `docs` with nothing; a line such as 1.15 means the whole line in a
/// comparison and its newest patch otherwise. Numbers are compared as numbers, everything else letter by letter.
bool passes(const AxisTest& test, Axis::Kind kind, std::string_view value);

/// All combinations of the values of some axes but the excluded ones; the last axis changes fastest. Without axes
/// there is one case, which has no values.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::vector<Axis> axes, std::vector<std::vector<AxisTest>> excluded);

  const std::vector<Axis>& axes() const { return axes_; }
  const Axis* find(std::string_view name) const;
  std::size_t case_count() const { return cases_.size(); }
  const std::vector<std::vector<AxisTest>>& excluded() const { return excluded_; }

  /// The value of axis `axis` in the case `index`.
  const std::string& value(std::size_t index, std::size_t axis) const;

  /// Do all tests pass in this case? An axis that there is not passes if it is `dapr` and `release` does.
  bool all_pass(const std::vector<AxisTest>& tests, std::size_t index, const Release& release) const;

  /// The same axes and exclusions, but with other values of one axis, which is added if it is not there.
  Matrix with_values(Axis::Kind kind, const std::string& name, std::vector<std::string> values) const;

 private:
  std::vector<Axis> axes_;
  std::vector<std::vector<AxisTest>> excluded_;
  std::vector<std::uint32_t> cases_{0};  // which combinations are cases, as mixed-radix numbers
};

/// Reads `matrix` and `exclude` of a mapping; `variables`: the declared ones.
Matrix read_matrix(Reader& reader, std::optional<DocumentNode> matrix, std::optional<DocumentNode> exclude,
                   const std::vector<std::string>& variables);

/// `{axis: value, …}` of `when` and `exclude`.
std::vector<AxisTest> read_axis_tests(Reader& reader, DocumentNode node, std::string_view what);

/// Complains about axes that there are not, and comparisons that make no sense.
void check_axis_tests(Reader& reader, const std::vector<AxisTest>& tests, const Matrix& matrix, bool knows_release);

}  // namespace actorsim
