// Axes, combinations and tests of them.
#include "actorsim/scenario/matrix.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"
#include "actorsim/scenario/expectation_values.h"
#include "actorsim/scenario/layer.h"
#include "actorsim/scenario/read_config.h"

namespace actorsim {
namespace {

using Operator = Comparison::Operator;

template <typename Value>
bool compare(Operator op, const Value& left, const Value& right) {
  switch (op) {
    case Operator::equal: return left == right;
    case Operator::not_equal: return left != right;
    case Operator::less: return left < right;
    case Operator::less_equal: return left <= right;
    case Operator::greater: return left > right;
    case Operator::greater_equal: return left >= right;
  }
  return false;
}

bool names_a_line(std::string_view text) { return std::count(text.begin(), text.end(), '.') == 1; }

bool release_passes(const AxisTest::Value& test, const Release& release) {
  const auto wanted = parse_release(test.text);
  if (!wanted) return false;
  if (test.op == Operator::equal) return release == *wanted;
  if (release.is_docs || wanted->is_docs) return false;
  if (names_a_line(test.text)) return compare(test.op, release.minor, wanted->minor);
  return compare(test.op, std::pair(release.minor, release.patch), std::pair(wanted->minor, wanted->patch));
}

bool text_passes(const AxisTest::Value& test, std::string_view value) {
  const auto left = parse_integer(value), right = parse_integer(test.text);
  if (left && right) return compare(test.op, *left, *right);
  return test.op == Operator::equal && value == test.text;
}

AxisTest::Value parse_test(std::string_view text) {
  const Operator op = take_operator(text);
  return {op, std::string(text)};
}

// ---- reading --------------------------------------------------------------------------------------------------------

class MatrixReader {
 public:
  MatrixReader(Reader& reader, const std::vector<std::string>& variables) : reader_(reader), variables_(variables) {}

  std::vector<Axis> read_axes(DocumentNode node) {
    std::vector<Axis> axes;
    if (!reader_.expect_mapping(node, "matrix")) return axes;
    if (node.size() == 0) reader_.error("empty-matrix", node.span(), "a matrix without axes", "depth: [32, 33]");
    std::size_t combinations = 1;
    for (const auto& entry : node.entries()) {
      auto axis = read_axis(entry);
      if (!axis) continue;
      combinations *= axis->values.size();
      if (combinations > kMaximumCases) {
        reader_.error("too-large", entry.key.span(),
                      fmt::format("the matrix has more than {} combinations", kMaximumCases),
                      "that is the most; excluded ones count as well");
        return {};
      }
      axes.push_back(std::move(*axis));
    }
    return axes;
  }

 private:
  std::optional<Axis> read_axis(const DocumentNode::Entry& entry) {
    if (!entry.key.is_scalar()) return std::nullopt;
    Axis axis;
    axis.name = entry.key.text();
    axis.span = entry.key.span();
    const auto kind = kind_of(axis.name);
    if (!kind) {
      unknown_axis(entry.key);
      return std::nullopt;
    }
    axis.kind = *kind;
    if (!reader_.expect_sequence(entry.value, "an axis of the matrix")) return std::nullopt;
    if (entry.value.size() == 0) {
      reader_.error("empty-matrix", entry.value.span(), "an axis without values", "without values there is no case");
      return std::nullopt;
    }
    for (const DocumentNode item : entry.value.items()) {
      if (auto value = read_value(axis, item)) axis.values.push_back(std::move(*value));
    }
    if (axis.values.empty()) return std::nullopt;
    return axis;
  }

  std::optional<Axis::Kind> kind_of(const std::string& name) const {
    if (name == "dapr") return Axis::Kind::release;
    if (std::find(variables_.begin(), variables_.end(), name) != variables_.end()) return Axis::Kind::variable;
    const std::vector<std::string>& paths = config_paths();
    if (std::find(paths.begin(), paths.end(), name) != paths.end()) return Axis::Kind::setting;
    return std::nullopt;
  }

  void unknown_axis(DocumentNode key) {
    std::vector<std::string> known{"dapr"};
    known.insert(known.end(), variables_.begin(), variables_.end());
    known.insert(known.end(), config_paths().begin(), config_paths().end());
    const std::string name(key.text());
    reader_.error("unknown-axis", key.span(), fmt::format("there is no axis {}", in_quotes(name)),
                  nearest_word(name, known)
                      ? suggestion(name, known)
                      : "an axis is 'dapr', a variable that 'vars' declares, or a path of the configuration such as "
                        "'reentrancy.enabled'");
  }

  std::optional<std::string> read_value(const Axis& axis, DocumentNode node) {
    auto value = reader_.text(node, fmt::format("the axis {}", in_quotes(axis.name)));
    if (!value) return std::nullopt;
    if (axis.kind == Axis::Kind::release) {
      const auto release = parse_release(*value);
      if (!release) {
        reader_.error("unknown-release", node.span(), "unknown Dapr release " + in_quotes(*value),
                      release_help(*value));
        return std::nullopt;
      }
      *value = to_string(*release);
    }
    if (axis.kind == Axis::Kind::setting) {
      DaprConfig config;
      if (const auto set = set_config_path(config, axis.name, *value); !set) {
        reader_.error("wrong-type", node.span(),
                      fmt::format("{}: {} {}", axis.name, in_quotes(*value), set.error().reason), set.error().help);
        return std::nullopt;
      }
    }
    if (std::find(axis.values.begin(), axis.values.end(), *value) != axis.values.end()) {
      reader_.error("duplicate-name", node.span(),
                    fmt::format("the axis {} has the value {} twice", in_quotes(axis.name), in_quotes(*value)));
      return std::nullopt;
    }
    return value;
  }

  Reader& reader_;
  const std::vector<std::string>& variables_;
};

void check_value(Reader& reader, const AxisTest& test, const AxisTest::Value& value, Axis::Kind kind) {
  if (kind == Axis::Kind::release) {
    if (!parse_release(value.text))
      reader.error("unknown-release", test.values_span, "unknown Dapr release " + in_quotes(value.text),
                   release_help(value.text));
    return;
  }
  if (value.op == Operator::equal) return;
  if (const auto number = parse_integer(value.text); !number) {
    reader.error("bad-number", test.values_span, fmt::format("{} {}", in_quotes(value.text), number.error().reason),
                 "only numbers and releases can be compared");
  }
}

}  // namespace

bool passes(const AxisTest& test, Axis::Kind kind, std::string_view value) {
  const auto release = kind == Axis::Kind::release ? parse_release(value) : std::nullopt;
  return std::any_of(test.any_of.begin(), test.any_of.end(), [&](const AxisTest::Value& wanted) {
    return release ? release_passes(wanted, *release) : text_passes(wanted, value);
  });
}

// ---- the combinations -----------------------------------------------------------------------------------------------

Matrix::Matrix(std::vector<Axis> axes, std::vector<std::vector<AxisTest>> excluded)
    : axes_(std::move(axes)), excluded_(std::move(excluded)) {
  std::size_t combinations = 1;
  for (const Axis& axis : axes_) combinations *= axis.values.size();
  cases_.resize(combinations);
  std::iota(cases_.begin(), cases_.end(), 0U);
  if (excluded_.empty()) return;
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < combinations; ++i) {
    const bool drop = std::any_of(excluded_.begin(), excluded_.end(),
                                  [&](const std::vector<AxisTest>& tests) { return all_pass(tests, i, kDocs); });
    if (!drop) kept.push_back(static_cast<std::uint32_t>(i));
  }
  cases_ = std::move(kept);
}

const Axis* Matrix::find(std::string_view name) const {
  const auto found = std::find_if(axes_.begin(), axes_.end(), [&](const Axis& axis) { return axis.name == name; });
  return found == axes_.end() ? nullptr : &*found;
}

const std::string& Matrix::value(std::size_t index, std::size_t axis) const {
  std::size_t rest = cases_[index];
  for (std::size_t i = axes_.size() - 1; i > axis; --i) rest /= axes_[i].values.size();
  return axes_[axis].values[rest % axes_[axis].values.size()];
}

bool Matrix::all_pass(const std::vector<AxisTest>& tests, std::size_t index, const Release& release) const {
  return std::all_of(tests.begin(), tests.end(), [&](const AxisTest& test) {
    const Axis* axis = find(test.axis);
    if (axis == nullptr) return test.axis == "dapr" && passes(test, Axis::Kind::release, to_string(release));
    return passes(test, axis->kind, value(index, static_cast<std::size_t>(axis - axes_.data())));
  });
}

Matrix Matrix::with_values(Axis::Kind kind, const std::string& name, std::vector<std::string> values) const {
  std::vector<Axis> axes = axes_;
  const auto found = std::find_if(axes.begin(), axes.end(), [&](const Axis& axis) { return axis.name == name; });
  if (found == axes.end()) {
    axes.push_back({kind, name, std::move(values), {}});
  } else {
    found->values = std::move(values);
  }
  return Matrix(std::move(axes), excluded_);
}

// ---- reading --------------------------------------------------------------------------------------------------------

std::vector<AxisTest> read_axis_tests(Reader& reader, DocumentNode node, std::string_view what) {
  std::vector<AxisTest> result;
  if (!reader.expect_mapping(node, what)) return result;
  if (node.size() == 0)
    reader.error("wrong-shape", node.span(), fmt::format("{} without an axis", what), "{axis: value}");
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar()) continue;
    AxisTest test;
    test.axis = entry.key.text();
    test.span = entry.key.span();
    test.values_span = entry.value.span();
    if (entry.value.is_sequence()) {
      for (const std::string& value : reader.text_list(entry.value, test.axis))
        test.any_of.push_back(parse_test(value));
      if (entry.value.size() == 0) reader.error("wrong-shape", entry.value.span(), "a list without values");
    } else if (const auto value = reader.text(entry.value, test.axis)) {
      test.any_of.push_back(parse_test(*value));
    }
    result.push_back(std::move(test));
  }
  return result;
}

void check_axis_tests(Reader& reader, const std::vector<AxisTest>& tests, const Matrix& matrix, bool knows_release) {
  for (const AxisTest& test : tests) {
    const Axis* axis = matrix.find(test.axis);
    if (axis == nullptr && !(knows_release && test.axis == "dapr")) {
      std::vector<std::string> known;
      for (const Axis& other : matrix.axes()) known.push_back(other.name);
      reader.error("unknown-axis", test.span, fmt::format("the matrix has no axis {}", in_quotes(test.axis)),
                   known.empty() ? "there is no matrix" : suggestion(test.axis, known));
      continue;
    }
    const Axis::Kind kind = axis == nullptr ? Axis::Kind::release : axis->kind;
    for (const AxisTest::Value& value : test.any_of) check_value(reader, test, value, kind);
  }
}

Matrix read_matrix(Reader& reader, std::optional<DocumentNode> matrix, std::optional<DocumentNode> exclude,
                   const std::vector<std::string>& variables) {
  const std::size_t before = reader.diagnostics().error_count();
  std::vector<Axis> axes;
  if (matrix) axes = MatrixReader(reader, variables).read_axes(*matrix);
  if (!exclude || !reader.expect_sequence(*exclude, "exclude") || reader.diagnostics().error_count() > before)
    return Matrix(std::move(axes), {});
  const Matrix all(axes, {});
  std::vector<std::vector<AxisTest>> excluded;
  for (const DocumentNode item : exclude->items()) {
    const std::size_t before_item = reader.diagnostics().error_count();
    std::vector<AxisTest> tests = read_axis_tests(reader, item, "an excluded combination");
    check_axis_tests(reader, tests, all, false);
    bool matches = reader.diagnostics().error_count() > before_item;
    for (std::size_t i = 0; i < all.case_count() && !matches; ++i) matches = all.all_pass(tests, i, kDocs);
    if (!matches)
      reader.error("never-matches", item.span(), "no combination of the matrix is like this: nothing is excluded");
    excluded.push_back(std::move(tests));
  }
  if (reader.diagnostics().error_count() > before) return Matrix();
  Matrix result(std::move(axes), std::move(excluded));
  if (result.case_count() == 0)
    reader.error("empty-matrix", exclude->span(), "every combination of the matrix is excluded: no case is left");
  return result;
}

}  // namespace actorsim
