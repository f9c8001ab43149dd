// The one table of refusals. A feature is switched on by deleting its line.
#include "actorsim/scenario/not_supported.h"

namespace actorsim {
namespace {

struct Refusal {
  std::string_view feature;
  std::string_view name;
};

constexpr Refusal kRefusals[] = {
    {"expect.never", "'never'"},
    {"expect.possible", "'possible'"},
    {"expect.always", "'always'"},
};

}  // namespace

std::optional<std::string_view> find_not_supported(std::string_view feature) {
  for (const Refusal& refusal : kRefusals) {
    if (refusal.feature == feature) return refusal.name;
  }
  return std::nullopt;
}

}  // namespace actorsim
