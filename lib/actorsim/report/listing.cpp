// A heading for each file, a line for each scenario, and below it what can be said of it in words.
#include "actorsim/report/listing.h"

#include <algorithm>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "actorsim/report/pretty/layout.h"
#include "actorsim/report/pretty/style.h"

namespace actorsim {
namespace {

constexpr std::size_t kNarrowest = 60;
constexpr std::size_t kWidest = 100;
constexpr std::size_t kShownSubjects = 12;
constexpr std::size_t kShownAxes = 8;

std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ") {
  return fmt::format("{}", fmt::join(texts, between));
}

bool same_texts(const ListedCase& left, const ListedCase& right) {
  return std::equal(left.expectations.begin(), left.expectations.end(), right.expectations.begin(),
                    right.expectations.end(),
                    [](const ExpectationText& a, const ExpectationText& b) { return a.text == b.text; });
}

class ListWriter {
 public:
  ListWriter(std::ostream& out, const ReportOptions& options)
      : out_(out),
        style_(options.color, options.ascii),
        width_(std::clamp<std::size_t>(options.width, kNarrowest, kWidest)) {}

  void write(const Listing& listing) {
    bool is_first = true;
    for (const ListedFile& file : listing.files) {
      if (!is_first) out_ << '\n';
      is_first = false;
      out_ << style_.paint(Paint::strong, style_.text(file.name)) << '\n';
      if (!file.is_readable) out_ << "  " << style_.paint(Paint::bad, style_.glyphs().error) << " not readable\n";
      for (const ListedScenario& scenario : file.scenarios) write_scenario(scenario);
    }
  }

 private:
  void write_scenario(const ListedScenario& scenario) {
    out_ << "  " << shorten_middle(style_.text(scenario.name), width_ - 2, style_.glyphs().ellipsis) << '\n';
    if (!scenario.tags.empty()) write_labelled("tags", joined(scenario.tags));
    write_labelled("dapr", joined(releases_of(scenario)));
    const bool has_axes = std::any_of(scenario.cases.begin(), scenario.cases.end(),
                                      [](const ListedCase& entry) { return !axes_text(entry).empty(); });
    if (has_axes) write_axes(scenario);
    write_expectations(scenario);
  }

  static std::vector<std::string> releases_of(const ListedScenario& scenario) {
    std::vector<std::string> releases;
    for (const ListedCase& entry : scenario.cases) {
      if (std::find(releases.begin(), releases.end(), entry.dapr) == releases.end()) releases.push_back(entry.dapr);
    }
    return releases;
  }

  // The release stands on a line of its own.
  static std::string axes_text(const ListedCase& entry) {
    std::vector<std::string> axes;
    for (const auto& [axis, value] : entry.axes) {
      if (axis != "dapr") axes.push_back(axis + "=" + value);
    }
    return joined(axes);
  }

  void write_axes(const ListedScenario& scenario) {
    std::vector<std::string> shown;
    std::set<std::string> seen;
    for (const ListedCase& entry : scenario.cases) {
      std::string text = axes_text(entry);
      if (seen.insert(text).second && seen.size() <= kShownAxes) shown.push_back(std::move(text));
    }
    if (seen.size() > kShownAxes) shown.push_back(fmt::format("{} more", seen.size() - kShownAxes));
    write_labelled("cases", fmt::format("{}: {}", scenario.cases.size(), joined(shown, "; ")));
  }

  // Once, where all cases expect the same.
  void write_expectations(const ListedScenario& scenario) {
    const auto same = [&](const ListedCase& entry) { return same_texts(entry, scenario.cases.front()); };
    if (std::all_of(scenario.cases.begin(), scenario.cases.end(), same)) {
      write_items("expects", expectations_of(scenario.cases.front()));
      return;
    }
    // Else each list of expectations with the first of its cases.
    std::vector<std::pair<const ListedCase*, std::size_t>> groups;
    for (const ListedCase& entry : scenario.cases) {
      const auto known = std::find_if(groups.begin(), groups.end(),
                                      [&](const auto& group) { return same_texts(entry, *group.first); });
      if (known == groups.end()) {
        groups.emplace_back(&entry, 0);
      } else {
        ++known->second;
      }
    }
    for (const auto& [entry, others] : groups) {
      std::vector<std::string> axes;
      for (const auto& [axis, value] : entry->axes) axes.push_back(axis + "=" + value);
      std::vector<std::string> items = expectations_of(*entry);
      items.back() += fmt::format(" ({}{})", joined(axes), others == 0 ? "" : fmt::format("; {} more", others));
      write_items("expects", items);
    }
  }

  static std::vector<std::string> expectations_of(const ListedCase& entry) {
    if (entry.expectations.empty()) return {"nothing"};
    std::vector<std::string> subjects = by_subject(entry.expectations);
    if (subjects.size() > kShownSubjects) {
      const std::size_t more = subjects.size() - kShownSubjects;
      subjects.resize(kShownSubjects);
      subjects.push_back(fmt::format("{} more", more));
    }
    if (entry.implied) subjects.back() += " (implied)";
    return subjects;
  }

  // `a: entered` and `a: depth 2`, one after the other, are `a: entered, depth 2`.
  static std::vector<std::string> by_subject(const std::vector<ExpectationText>& expectations) {
    std::vector<std::string> result;
    std::string last;
    for (const ExpectationText& expectation : expectations) {
      const std::size_t colon = expectation.text.find(": ");
      const std::string subject = expectation.text.substr(0, colon);
      if (colon != std::string::npos && subject == last) {
        result.back() += ", " + expectation.text.substr(colon + 2);
      } else {
        result.push_back(expectation.text);
      }
      last = subject;
    }
    return result;
  }

  void write_labelled(std::string_view label, const std::string& text) { write_items(label, {text}); }

  // Broken into lines between the items where that can be, else inside of them.
  void write_items(std::string_view label, const std::vector<std::string>& items) {
    constexpr std::size_t kText = 14;
    const std::size_t room = width_ - kText;
    std::vector<std::string> lines{""};
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string item = style_.text(items[i]) + (i + 1 < items.size() ? ";" : "");
      if (!lines.back().empty() && text_width(lines.back()) + 1 + text_width(item) > room) lines.emplace_back();
      lines.back() += (lines.back().empty() ? "" : " ") + item;
    }
    std::string before = fmt::format("    {:<10}", label);
    for (const std::string& line : lines) {
      for (const std::string& part : wrap(line, room)) {
        out_ << style_.paint(Paint::faint, before) << part << '\n';
        before = std::string(kText, ' ');
      }
    }
  }

  std::ostream& out_;
  Style style_;
  std::size_t width_;
};

}  // namespace

void add_case(ListedFile& file, const Scenario& scenario) {
  if (file.scenarios.empty() || file.scenarios.back().name != scenario.name)
    file.scenarios.push_back({scenario.name, scenario.description, scenario.tags, scenario.span, {}});
  file.scenarios.back().cases.push_back(
      {scenario.axes, to_string(scenario.dapr), describe_expectations(scenario.expect), scenario.expect.implied});
}

void write_listing(std::ostream& out, const Listing& listing, const ReportOptions& options) {
  ListWriter(out, options).write(listing);
}

}  // namespace actorsim
