// Any bytes as a scenario file: they load, or are refused with complaints that a terminal can show.
#include <cstddef>
#include <cstdint>
#include <string>

#include "actorsim/base/check.h"
#include "actorsim/base/diagnostic.h"
#include "actorsim/model/compile.h"
#include "actorsim/scenario/loader.h"

namespace {

using namespace actorsim;

void check(const Diagnostics& diagnostics, const Source& source) {
  ACTORSIM_CHECK(diagnostics.shown().size() <= Diagnostics::kShown);
  for (const Diagnostic& diagnostic : diagnostics.shown()) {
    ACTORSIM_CHECK(!diagnostic.message.empty() && !diagnostic.code.empty());
    for (char c : render(diagnostic, &source)) ACTORSIM_CHECK(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source{"input.yaml", std::string(reinterpret_cast<const char*>(data), size)};
  const auto file = load_scenario_file(source);
  if (!file) {
    ACTORSIM_CHECK(file.error().has_errors());
    check(file.error(), source);
    return 0;
  }
  check(file->warnings(), source);
  for (std::size_t index = 0; index < file->case_count(); ++index) {
    const auto scenario = file->load_case(index);
    if (scenario) {
      compile(*scenario, source.name);
    } else {
      check(scenario.error(), source);
    }
  }
  return 0;
}
