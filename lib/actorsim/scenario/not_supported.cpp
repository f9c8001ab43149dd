// The one table of refusals. A feature is switched on by deleting its line.
#include "actorsim/scenario/not_supported.h"

namespace actorsim {
namespace {

struct Refusal {
  std::string_view feature;
  std::string_view name;
};

constexpr Refusal kRefusals[] = {
    {"vars", "'vars'"},
    {"matrix", "'matrix'"},
    {"exclude", "'exclude'"},
    {"until", "'until'"},
    {"config-path", "'config' as a path"},
    {"configuration-path", "'configuration' as a path"},
    {"start.reminder", "'reminder'"},
    {"start.timer", "'timer'"},
    {"start.deactivate", "'deactivate'"},
    {"start.rebalance", "'rebalance'"},
    {"start.every", "'every'"},
    {"start.count", "'count'"},
    {"start.rate", "'rate'"},
    {"start.clients", "'clients'"},
    {"timeout", "'timeout'"},
    {"retry", "'retry'"},
    {"on-error", "'on-error'"},
    {"with", "'with'"},
    {"when", "'when'"},
    {"on-deactivate", "'on-deactivate'"},
    {"expect.list", "'expect' as a list"},
    {"expect.never", "'never'"},
    {"expect.possible", "'possible'"},
    {"expect.always", "'always'"},
    {"expect.error", "'error'"},
    {"expect.deactivated", "'deactivated'"},
    {"expect.warnings", "'warnings'"},
    {"expect.deadlock.broken-up-at", "'broken-up-at'"},
};

}  // namespace

std::optional<std::string_view> find_not_supported(std::string_view feature) {
  for (const Refusal& refusal : kRefusals) {
    if (refusal.feature == feature) return refusal.name;
  }
  return std::nullopt;
}

}  // namespace actorsim
