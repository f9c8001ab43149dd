// `actorsim list`: what stands in scenario files.
#include "actorsim/report/listing.h"
#include "cli/commands/commands.h"
#include "cli/files/load_files.h"
#include "cli/output/output.h"

namespace actorsim {

int command_list(const Options& options, Session& session) {
  Listing listing;
  Told told = load_files(options, options.releases, session,
                         [&](const std::string& name, std::optional<ScenarioFile> file, Diagnostics& diagnostics) {
                           ListedFile listed;
                           listed.name = name;
                           listed.is_readable = file.has_value();
                           if (file) {
                             visit_cases(std::move(*file), diagnostics,
                                         [&](const std::optional<Scenario>& scenario, const CaseTitle&) {
                                           if (scenario) add_case(listed, *scenario);
                                         });
                           }
                           listing.files.push_back(std::move(listed));
                         });
  listing.diagnostics = std::move(told.diagnostics);
  if (options.json) {
    write_json_listing(session.out, listing);
  } else {
    write_listing(session.out, listing, report_options(options, session.environment));
  }
  return told.has_errors ? kExitBadInput : kExitOk;
}

}  // namespace actorsim
