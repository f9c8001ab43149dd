// What a command works with besides its options.
#pragma once

#include <atomic>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "cli/cli.h"
#include "cli/output/problems.h"

namespace actorsim {

/// The streams and surroundings of one command, and how it tells problems.
struct Session {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  const Environment& environment;
  Telling telling = {};
  /// What has been read from standard input, which can be done once.
  std::optional<tl::expected<Source, Diagnostic>> standard_input = {};
  /// Files that the scenarios of this command have named, whether or not they are there.
  std::set<std::filesystem::path> named_files = {};
};

/// From now on interrupts are ours; null: they are nobody's.
const std::atomic<bool>* interrupts_of(const Environment& environment);

/// Tells on standard error. False: it was an error.
bool tell(Session& session, const Diagnostic& problem);

/// Those of one input; excerpts come from the source of the same name. False: one of them was an error.
bool tell(Session& session, const Diagnostics& problems, const std::vector<const Source*>& sources);

/// Says something that is neither an error nor a warning, to people.
void note(Session& session, std::string_view text);

}  // namespace actorsim
