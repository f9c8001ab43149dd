// `actorsim list`: what stands in scenario files.
#include <optional>
#include <utility>
#include <vector>

#include "actorsim/report/listing.h"
#include "cli/cases/choose_cases.h"
#include "cli/commands/commands.h"
#include "cli/files/load_files.h"
#include "cli/output/output.h"

namespace actorsim {
namespace {

// A file, and its cases with the titles by which they are chosen.
struct Listed {
  ListedFile file;
  std::vector<std::pair<CaseTitle, std::optional<Scenario>>> cases;
};

Listed list_file(LoadedFile& loaded) {
  Listed listed;
  listed.file.name = loaded.name();
  listed.file.is_readable = loaded.file.has_value();
  if (!loaded.file) return listed;
  visit_cases(std::move(*loaded.file), loaded.diagnostics,
              [&](std::optional<Scenario> scenario, const CaseTitle& title) {
                listed.cases.emplace_back(title, std::move(scenario));
              });
  return listed;
}

}  // namespace

int command_list(const Options& options, Session& session) {
  Listing listing;
  CaseChooser chooser(options.selection);
  Told told = for_each_file<Listed>(options, options.releases, session, &list_file, [&](Listed listed) {
    const bool is_empty = listed.cases.empty();
    bool is_wanted = is_empty;
    for (auto& [title, scenario] : listed.cases) {
      if (!chooser.wants(title)) continue;
      is_wanted = true;
      if (scenario) add_case(listed.file, *scenario);
    }
    if (is_wanted) listing.files.push_back(std::move(listed.file));
  });
  if (const std::optional<Diagnostic> problem = chooser.why_none("list"); problem && listing.files.empty()) {
    tell(session, *problem);
    return kExitBadInput;
  }
  listing.diagnostics = std::move(told.diagnostics);
  if (options.json) {
    write_json_listing(session.out, listing);
  } else {
    write_listing(session.out, listing, report_options(options, session.environment));
  }
  return told.has_errors ? kExitBadInput : kExitOk;
}

}  // namespace actorsim
