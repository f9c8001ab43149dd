// Each call of a load becomes a trigger with a site of its own, so that everything downstream can tell them apart.
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

bool is_open_load(const StartTrigger& trigger) {
  return trigger.kind == Trigger::Kind::call && trigger.count > 1 && trigger.clients == 0;
}

}  // namespace

std::uint64_t unrolled_size(const Program& program) {
  std::uint64_t size = 0;
  for (const StartTrigger& trigger : program.triggers) size += is_open_load(trigger) ? trigger.count : 1;
  return size;
}

// The first call of a load keeps the trigger's place and site; the others come behind all triggers.
Program unroll_loads(const Program& program) {
  Program result = program;
  const auto count = static_cast<Index>(program.triggers.size());
  std::vector<std::vector<Index>> parts(count);
  for (Index index = 0; index < count; ++index) {
    const StartTrigger original = program.triggers[index];
    parts[index] = {index};
    if (!is_open_load(original)) continue;
    StartTrigger& first = result.triggers[index];
    first.count = 1;
    first.origin = index;
    first.counted_by = index;
    first.awaited = original.count;
    for (std::uint32_t number = 1; number < original.count; ++number) {
      const auto part = static_cast<Index>(result.triggers.size());
      StartTrigger trigger = result.triggers[index];
      CallSite site = program.sites[original.site];
      trigger.first_number = number;
      trigger.site = static_cast<Index>(result.sites.size());
      site.trigger = part;
      result.sites.push_back(std::move(site));
      result.triggers.push_back(std::move(trigger));
      parts[index].push_back(part);
    }
  }
  for (StartTrigger& trigger : result.triggers) {
    if (!trigger.followers) continue;
    std::vector<Index> followers;
    for (const Index follower : *trigger.followers) {
      followers.insert(followers.end(), parts[follower].begin(), parts[follower].end());
    }
    trigger.followers = std::move(followers);
  }
  return result;
}

}  // namespace actorsim
