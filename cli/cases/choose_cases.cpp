// One sieve after another, and how many cases each has let through.
#include "cli/cases/choose_cases.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/base/text.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

// By its scenario's name, by its text, or by its number, from 1 over all files.
bool is_named(const std::string& wanted, const CaseTitle& title, std::size_t number) {
  return wanted.empty() || wanted == title.name || wanted == text_of(title) || wanted == std::to_string(number);
}

bool have_common(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::find_first_of(left.begin(), left.end(), right.begin(), right.end()) != left.end();
}

}  // namespace

std::string text_of(const CaseTitle& title) {
  std::vector<std::string> axes;
  for (const auto& [axis, value] : title.axes) axes.push_back(axis + "=" + value);
  return title.name + (axes.empty() ? "" : fmt::format(" ({})", fmt::join(axes, ", ")));
}

CaseChooser::CaseChooser(const Selection& selection, const FailedCases* failed)
    : selection_(selection), failed_(failed), pattern_(selection.filter) {}

bool CaseChooser::wants(const CaseTitle& title, const std::string& path) {
  ++all_;
  if (!is_named(selection_.case_name, title, all_)) {
    if (other_names_.empty() || other_names_.back() != title.name) other_names_.push_back(title.name);
    return false;
  }
  ++named_;
  if (!selection_.filter.empty() && !pattern_.matches(text_of(title))) return false;
  ++matched_;
  if (!fits_tags(title)) return false;
  if (left_++ % selection_.shards != selection_.shard) return false;
  ++in_shard_;
  if (failed_ != nullptr && !failed_->contains(path, text_of(title))) return false;
  ++chosen_;
  return true;
}

bool CaseChooser::wants_all() const {
  return selection_.case_name.empty() && selection_.filter.empty() && selection_.tags.empty() &&
         selection_.skipped_tags.empty() && selection_.shards == 1 && failed_ == nullptr;
}

bool CaseChooser::fits_tags(const CaseTitle& title) {
  if (selection_.tags.empty() && selection_.skipped_tags.empty()) return true;
  tags_.insert(title.tags.begin(), title.tags.end());
  return (selection_.tags.empty() || have_common(title.tags, selection_.tags)) &&
         !have_common(title.tags, selection_.skipped_tags);
}

std::optional<Diagnostic> CaseChooser::why_none(std::string_view verb) const {
  if (chosen_ > 0) return std::nullopt;
  if (all_ == 0) {
    return usage_problem(
        fmt::format("no case is left to {}: 'exclude' drops every combination of --dapr and --set", verb),
        "leave --dapr and --set out, or name others");
  }
  if (named_ == 0) {
    const bool has_near_one = nearest_word(selection_.case_name, other_names_).has_value();
    return usage_problem("there is no case " + actorsim::in_quotes(selection_.case_name),
                         has_near_one ? suggestion(selection_.case_name, other_names_)
                                      : "actorsim list names them; a number counts over all files");
  }
  if (matched_ == 0) {
    return usage_problem("no case has a name like --filter " + actorsim::in_quotes(selection_.filter),
                         "actorsim list names them; letters count as they are, and '.*' is any text");
  }
  if (left_ == 0) return why_no_tag();
  if (in_shard_ == 0) return std::nullopt;
  return usage_problem("none of the cases that failed last is there any more", "leave --rerun-failed out");
}

std::optional<std::string> CaseChooser::why_empty_shard() const {
  if (left_ == 0 || in_shard_ > 0) return std::nullopt;
  return fmt::format("none of {} is in shard {}/{}", left_ == 1 ? "1 case" : fmt::format("{} cases", left_),
                     selection_.shard + 1, selection_.shards);
}

Diagnostic CaseChooser::why_no_tag() const {
  const std::vector<std::string> known(tags_.begin(), tags_.end());
  if (known.empty()) return usage_problem("no scenario has a tag", "tags: [slow, nightly] in a scenario gives it two");
  for (const std::string& tag : selection_.tags) {
    if (tags_.count(tag) == 0)
      return usage_problem("no scenario has the tag " + actorsim::in_quotes(tag), suggestion(tag, known));
  }
  return usage_problem("no scenario is left by --tag and --skip-tag", "tags: " + list_words(known, "and"));
}

}  // namespace actorsim
