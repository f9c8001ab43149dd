// About: lib/actorsim/scenario/read_config.cpp lib/actorsim/model/hosting.cpp
// Any two texts, with a byte 0 between them, as the body of GET /dapr/config and as a Configuration resource: every
// release makes settings of them that a run takes, or they are refused with complaints that a terminal can show. What
// one file says of settings stands above what the other says of features, so each is tried alone as well.
#include <algorithm>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/model/hosting.h"
#include "actorsim/model/release_groups.h"
#include "actorsim/scenario/loader.h"
#include "fuzz/support/fuzz.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

struct Texts {
  Source config, configuration;
};

tl::expected<Source, FileProblem> read(const Texts& texts, const std::string& path) {
  return path == texts.config.name ? texts.config : texts.configuration;
}

// No complaint may be about a file that there is not.
void check(const Diagnostics& diagnostics, const Texts& texts, const Source& scenario) {
  for (const Source* source : {&texts.config, &texts.configuration, &scenario})
    demand_good_complaints(diagnostics, *source);
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    demand(diagnostic.file == scenario.name || diagnostic.file == texts.config.name ||
               diagnostic.file == texts.configuration.name,
           "a complaint is about the file " + diagnostic.file);
  }
}

void check_hosting(const Scenario& scenario, const Texts& texts, const Source& source) {
  const std::vector<std::string> types{"A", "B"};
  std::vector<Diagnostic> warnings;
  const Hosting hosting =
      resolve_hosting(scenario.dapr, scenario.config, scenario.configuration, types, source.name, warnings);
  demand(hosting.types.size() == types.size(), "a type has no settings");
  for (const HostedType& type : hosting.types) {
    demand(type.scan_interval > 0 && type.drain_timeout >= 0, "a sidecar cannot run with such times");
    demand(!type.lock.enabled || type.wanted_reentrancy, "reentrancy is on where nobody asked for it");
  }
  for (const Diagnostic& warning : warnings) check(Diagnostics(warning), texts, source);
  const auto run = run_plainly(compile(scenario, source.name));
  if (!run) check(Diagnostics(run.error()), texts, source);
}

void check_scenario(const std::string& settings, const Texts& texts) {
  const Source source{"scenario.yaml", "actorsim: 1\n" + settings + "chains: [A -> B -> A, B]\n"};
  LoadOptions options;
  for (const ReleaseGroup& group : release_groups()) options.releases.push_back(group.last);
  options.read_file = [&](const std::string& path) { return read(texts, path); };
  const auto file = load_scenario_file(source, options);
  if (!file) return check(file.error(), texts, source);
  check(file->warnings(), texts, source);
  for (std::size_t index = 0; index < file->case_count(); ++index) {
    const auto scenario = file->load_case(index);
    if (!scenario) {
      check(scenario.error(), texts, source);
    } else {
      check_hosting(*scenario, texts, source);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  Texts texts{{"app.json", bytes.take_text()}, {"configuration.yaml", bytes.rest()}};
  check_scenario("config: app.json\n", texts);
  if (texts.configuration.text.empty()) return 0;
  check_scenario("configuration: configuration.yaml\n", texts);
  check_scenario("config: app.json\nconfiguration: configuration.yaml\n", texts);
  return 0;
}
