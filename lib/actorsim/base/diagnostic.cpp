// Collecting diagnostics in order.
#include "actorsim/base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace actorsim {
namespace {

auto place(const Diagnostic& diagnostic) {
  return std::tie(diagnostic.file, diagnostic.span.line, diagnostic.span.column);
}

bool comes_before(const Diagnostic& left, const Diagnostic& right) { return place(left) < place(right); }

bool says_the_same(const Diagnostic& left, const Diagnostic& right) {
  return left.severity == right.severity && left.code == right.code && left.message == right.message;
}

}  // namespace

std::string_view to_word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
  }
  return "error";
}

void Diagnostics::add(Diagnostic diagnostic) {
  const auto first = std::lower_bound(items_.begin(), items_.end(), diagnostic, comes_before);
  const auto last = std::upper_bound(first, items_.end(), diagnostic, comes_before);
  if (std::any_of(first, last, [&](const Diagnostic& other) { return says_the_same(other, diagnostic); })) return;
  ++(diagnostic.severity == Severity::error ? errors_ : warnings_);
  if (items_.size() < kKept) {
    items_.insert(last, std::move(diagnostic));
  } else if (last != items_.end()) {  // an earlier place is worth more than a later one
    items_.insert(last, std::move(diagnostic));
    items_.pop_back();
  }
}

void Diagnostics::add_all(const Diagnostics& other) {
  for (const Diagnostic& diagnostic : other.items_) add(diagnostic);
}

std::vector<Diagnostic> Diagnostics::shown() const {
  std::vector<Diagnostic> result;
  for (const Severity severity : {Severity::error, Severity::warning}) {
    for (const Diagnostic& diagnostic : items_) {
      if (diagnostic.severity == severity && result.size() < kShown) result.push_back(diagnostic);
    }
  }
  std::stable_sort(result.begin(), result.end(), comes_before);
  return result;
}

std::size_t Diagnostics::hidden_count() const {
  const std::size_t all = errors_ + warnings_;
  return all > kShown ? all - std::min(kShown, items_.size()) : 0;
}

}  // namespace actorsim
