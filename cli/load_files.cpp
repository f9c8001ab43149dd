// File by file, so that only one is in memory at a time.
#include "cli/load_files.h"

#include <map>
#include <ostream>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/files.h"
#include "cli/output.h"
#include "cli/problems.h"

namespace actorsim {
namespace {

// Warnings of one place differ from case to case only in the release that they speak of: the first is shown.
Diagnostics fold_warnings(const Diagnostics& diagnostics) {
  using Place = std::tuple<std::string, std::uint32_t, std::uint32_t, std::string_view>;
  std::map<Place, std::size_t> seen;
  const auto place = [](const Diagnostic& item) {
    return Place{item.file, item.span.line, item.span.column, item.severity == Severity::warning ? item.code : ""};
  };
  for (const Diagnostic& item : diagnostics.items()) ++seen[place(item)];
  Diagnostics result;
  for (const Diagnostic& item : diagnostics.items()) {
    std::size_t& count = seen[place(item)];
    if (item.severity != Severity::warning || count == 1) {
      result.add(item);
    } else if (count > 1) {
      Diagnostic folded = item;
      const std::string others = fmt::format("{} more like this for other cases", count - 1);
      folded.help += (folded.help.empty() ? "" : "; ") + others;
      result.add(std::move(folded));
      count = 0;
    }
  }
  return result;
}

class FileLoader {
 public:
  FileLoader(const Options& options, const std::vector<Release>& releases, Session& session, const VisitFile& visit)
      : session_(session), visit_(visit), keeps_sources_(wants_films(options)) {
    load_options_.overrides = options.overrides;
    load_options_.releases = releases;
  }

  Told load(const std::vector<std::string>& arguments) {
    for (const ChosenFile& chosen : choose_files(arguments, session_.environment)) {
      ++told_.files;
      load_file(chosen);
    }
    return std::move(told_);
  }

 private:
  void load_file(const ChosenFile& chosen) {
    if (chosen.problem) {
      pass_over(*chosen.problem);
      return;
    }
    auto source = read_source(chosen, session_.in);
    if (!source) {
      pass_over(source.error());
      return;
    }
    Diagnostics diagnostics;
    NamedFiles named_files(chosen);
    load_options_.read_file = [&](const std::string& path) { return named_files.read(path); };
    auto file = load_scenario_file(*source, load_options_);
    diagnostics.add_all(file ? file->warnings() : file.error());
    visit_(chosen.name, file ? std::optional(std::move(*file)) : std::nullopt, diagnostics);
    tell(diagnostics, std::move(*source), named_files.sources());
  }

  void pass_over(const Diagnostic& problem) {
    session_.err << render_problem(problem);
    told_.diagnostics.push_back(problem);
    told_.has_errors = true;
    Diagnostics none;
    visit_(problem.file, std::nullopt, none);
  }

  void tell(const Diagnostics& diagnostics, Source source, const std::vector<Source>& others) {
    std::vector<const Source*> sources{&source};
    for (const Source& other : others) sources.push_back(&other);
    session_.err << render(fold_warnings(diagnostics), sources);
    for (const Diagnostic& diagnostic : diagnostics.items()) told_.diagnostics.push_back(diagnostic);
    told_.has_errors = told_.has_errors || diagnostics.has_errors();
    if (diagnostics.empty() && !keeps_sources_) return;
    told_.sources.insert(told_.sources.end(), others.begin(), others.end());
    told_.sources.push_back(std::move(source));
  }

  Session& session_;
  const VisitFile& visit_;
  const bool keeps_sources_;  // also where nothing is wrong
  LoadOptions load_options_;
  Told told_;
};

}  // namespace

Told load_files(const Options& options, const std::vector<Release>& releases, Session& session,
                const VisitFile& visit) {
  return FileLoader(options, releases, session, visit).load(options.operands);
}

std::string text_of(const CaseTitle& title) {
  std::vector<std::string> axes;
  for (const auto& [axis, value] : title.axes) axes.push_back(axis + "=" + value);
  return title.name + (axes.empty() ? "" : fmt::format(" ({})", fmt::join(axes, ", ")));
}

bool is_wanted(const std::string& wanted, const CaseTitle& title, std::size_t number) {
  return wanted.empty() || wanted == title.name || wanted == text_of(title) || wanted == std::to_string(number);
}

void visit_cases(ScenarioFile loaded, Diagnostics& diagnostics,
                 const std::function<void(std::optional<Scenario> scenario, const CaseTitle& title)>& visit) {
  std::optional<ScenarioFile> file(std::move(loaded));
  const std::size_t count = file->case_count();
  for (std::size_t i = 0; i < count; ++i) {
    auto scenario = file->load_case(i);
    const CaseTitle title = file->title(i);
    if (i + 1 == count) file.reset();
    if (!scenario) diagnostics.add_all(scenario.error());
    visit(scenario ? std::optional(std::move(*scenario)) : std::nullopt, title);
  }
}

}  // namespace actorsim
