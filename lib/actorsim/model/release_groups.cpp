// The tables of lock and runtime are compared as they are. What is made of settings is code, so it is asked: some
// settings that touch each of its rules are resolved for both releases.
#include "actorsim/model/release_groups.h"

#include "actorsim/lock/lock_rules.h"
#include "actorsim/model/hosting.h"
#include "actorsim/model/runtime_rules.h"

namespace actorsim {
namespace {

HostSettings settings_with(const std::string& duration) {
  HostSettings settings;
  settings.reentrancy = ReentrancySettings{};
  settings.reentrancy->enabled = true;
  settings.reentrancy->max_stack_depth = (std::int64_t{1} << 32) + 2;
  settings.actor_idle_timeout = duration;
  settings.actor_scan_interval = duration;
  settings.drain_ongoing_call_timeout = duration;
  return settings;
}

// A type with settings of its own beside one without; durations that can be read, and such that cannot.
std::vector<HostedType> probe(const Release& release) {
  std::vector<HostedType> result;
  for (const char* duration : {"7s", "unreadable"}) {
    DaprConfig config;
    config.settings = settings_with(duration);
    config.entities_config.push_back({});
    config.entities_config.back().entities = {"Own"};
    std::vector<Diagnostic> warnings;
    const Hosting hosting = resolve_hosting(release, config, std::nullopt, {"Own", "Other"}, {}, warnings);
    result.push_back(hosting.top);
    result.insert(result.end(), hosting.types.begin(), hosting.types.end());
  }
  return result;
}

bool behave_alike(const Release& left, const Release& right) {
  return rules_for(left) == rules_for(right) && runtime_rules_for(left) == runtime_rules_for(right) &&
         probe(left) == probe(right);
}

std::vector<Release> all_releases() {
  std::vector<Release> result;
  for (const Release& line : release_lines()) {
    for (std::uint16_t patch = 0; patch <= line.patch; ++patch) result.push_back({line.minor, patch, false});
  }
  return result;
}

}  // namespace

const std::vector<ReleaseGroup>& release_groups() {
  static const std::vector<ReleaseGroup> groups = [] {
    std::vector<ReleaseGroup> result;
    for (const Release& release : all_releases()) {
      if (!result.empty() && behave_alike(result.back().last, release)) {
        result.back().last = release;
      } else {
        result.push_back({release, release});
      }
    }
    result.push_back({kDocs, kDocs});
    return result;
  }();
  return groups;
}

}  // namespace actorsim
