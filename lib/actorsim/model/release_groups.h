// Which releases behave alike in everything that the model looks at.
#pragma once

#include <vector>

#include "actorsim/base/release.h"

namespace actorsim {

/// Consecutive releases with the same rules. `docs` is a group of its own.
struct ReleaseGroup {
  Release first, last;

  friend bool operator==(const ReleaseGroup&, const ReleaseGroup&) = default;
};

/// Every release that there is in one group, oldest first, `docs` last: cut wherever the rules of the lock, those of
/// the runtime, or what is made of an application's settings change.
const std::vector<ReleaseGroup>& release_groups();

}  // namespace actorsim
