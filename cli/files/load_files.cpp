// Reading and loading are the same on any thread; telling happens on one.
#include "cli/files/load_files.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "cli/output/problems.h"

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

using StandardInput = std::optional<tl::expected<Source, Diagnostic>>;

LoadedFile read_chosen(ChosenFile chosen, const StandardInput& standard_input) {
  LoadedFile loaded;
  loaded.chosen = std::move(chosen);
  if (loaded.chosen.problem) {
    loaded.diagnostics.add(*loaded.chosen.problem);
    return loaded;
  }
  auto source = loaded.chosen.path.empty() ? *standard_input : read_file_source(loaded.chosen);
  if (source) {
    loaded.source = std::move(*source);
    loaded.is_passed_over = loaded.chosen.in_folder > 0 && !looks_like_scenario(loaded.source.text);
  } else {
    loaded.chosen.problem = std::move(source.error());
    loaded.diagnostics.add(*loaded.chosen.problem);
  }
  return loaded;
}

std::shared_ptr<LoadedFile> load(ChosenFile chosen, const StandardInput& standard_input, LoadOptions options) {
  auto loaded = std::make_shared<LoadedFile>(read_chosen(std::move(chosen), standard_input));
  if (loaded->chosen.problem || loaded->is_passed_over) return loaded;
  loaded->named_files = std::make_unique<NamedFiles>(loaded->chosen);
  options.read_file = [files = loaded->named_files.get()](const std::string& path) { return files->read(path); };
  auto file = load_scenario_file(loaded->source, options);
  loaded->diagnostics.add_all(file ? file->warnings() : file.error());
  if (!file) return loaded;
  loaded->file_warnings = file->warnings();
  loaded->file = std::move(*file);
  return loaded;
}

// How much memory it may take to load, about: unknown sizes count as small.
std::size_t size_of(const ChosenFile& file) {
  if (file.problem || file.path.empty()) return 0;
  std::error_code error;
  const auto size = std::filesystem::file_size(file.path, error);
  return error ? 0 : static_cast<std::size_t>(size);
}

}  // namespace

void note_named_files(Session& session, const LoadedFile& loaded) {
  if (!loaded.named_files) return;
  const std::vector<std::filesystem::path> paths = loaded.named_files->paths();
  session.named_files.insert(paths.begin(), paths.end());
}

void Told::tell(Session& session, LoadedFile& loaded, const Diagnostics& said) {
  note_named_files(session, loaded);
  std::vector<Source> others;
  if (loaded.named_files) others = loaded.named_files->sources();
  std::vector<const Source*> all{&loaded.source};
  for (const Source& other : others) all.push_back(&other);
  has_errors = !actorsim::tell(session, fold_warnings(said), all) || has_errors;
  const Diagnostics judged_ones = judged(said, session.telling);
  for (const Diagnostic& diagnostic : judged_ones.items()) diagnostics.push_back(diagnostic);
  if (said.empty() || loaded.chosen.problem) return;
  sources.insert(sources.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
  sources.push_back(std::move(loaded.source));
}

void read_standard_input(const Options& options, Session& session) {
  const auto names_it = [](const std::string& operand) { return operand == "-"; };
  if (!session.standard_input && std::any_of(options.operands.begin(), options.operands.end(), names_it))
    session.standard_input = read_standard_input(session.in);
}

std::string absolute_path(const ChosenFile& file, const Environment& environment) {
  if (file.path.empty()) return {};
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(environment.current_folder, error) / file.path;
  return error ? std::string() : path.lexically_normal().string();
}

void load_in_order(const Options& options, const std::vector<Release>& releases, Session& session, WorkerPool& pool,
                   const std::function<void(LoadedFile&)>& work,
                   const std::function<void(std::shared_ptr<LoadedFile>)>& take) {
  LoadOptions load_options;
  load_options.overrides = options.overrides;
  load_options.releases = releases;
  read_standard_input(options, session);
  FileFilter filter;
  struct Numbered {
    ChosenFile file;
    std::size_t number;
  };
  std::size_t found = 0;
  InOrder<Numbered, std::shared_ptr<LoadedFile>> loading(
      pool,
      [&](Numbered chosen) {
        auto loaded = load(std::move(chosen.file), session.standard_input, load_options);
        loaded->number = chosen.number;
        if (work && !loaded->is_passed_over) work(*loaded);
        return loaded;
      },
      [&](std::shared_ptr<LoadedFile> loaded) {
        if (filter.counts(loaded->chosen, !loaded->is_passed_over)) take(std::move(loaded));
      });
  find_files(options.operands, session.environment, [&](ChosenFile file) {
    const std::size_t cost = size_of(file);
    loading.push({std::move(file), found++}, cost);
  });
  loading.finish();
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
