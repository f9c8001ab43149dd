// From words to a command and from its streams to an exit code.
#include "cli/cli.h"

#include <functional>
#include <ostream>
#include <variant>

#include "cli/commands/commands.h"
#include "cli/files/spared_inputs.h"
#include "cli/options/options.h"
#include "cli/session.h"
#include "cli/watch/watch.h"

namespace actorsim {
namespace {

int run_command(const Options& options, Session& session) {
  switch (options.command) {
    case Command::run: return command_run(options, session);
    case Command::ask: return command_ask(options, session);
    case Command::check: return command_check(options, session);
    case Command::list: return command_list(options, session);
    case Command::graph: return command_graph(options, session);
    case Command::init: return command_init(options, session);
    case Command::explore: return command_explore(options, session);
    case Command::stress: return command_stress(options, session);
    case Command::play: return command_play(options, session);
    case Command::compare: return command_compare(options, session);
    case Command::explain: return command_explain(options, session);
    case Command::schema: return command_schema(options, session);
    case Command::completions: return command_completions(options, session);
    case Command::man: return command_man(options, session);
  }
  return kExitBadInput;
}

int say_farewell(const Farewell& farewell, Session& session) {
  session.out << farewell.out;
  session.err << farewell.err;
  std::vector<const Source*> sources;
  for (const Source& source : farewell.sources) sources.push_back(&source);
  tell(session, farewell.problems, sources);
  return farewell.exit_code;
}

// One round from words to an exit code. `watches`: set where the words ask for --watch.
int run_round(const std::vector<std::string>& arguments, Session& session,
              const std::function<void(WatchedPaths)>& depends_on, bool& watches) {
  Diagnostics warnings;
  const std::variant<Options, Farewell> parsed = parse_options(arguments, session.environment, warnings);
  if (const Farewell* farewell = std::get_if<Farewell>(&parsed)) {
    session.telling = farewell->telling;
    return say_farewell(*farewell, session);
  }
  const Options& options = std::get<Options>(parsed);
  session.telling = options.telling;
  if (options.watch && !depends_on) {
    watches = true;
    return kExitOk;
  }
  if (depends_on) depends_on(paths_to_watch(options, session.environment));
  const bool is_well = tell(session, warnings, {});
  if (!spares_inputs(options, session)) return kExitBadInput;
  const int code = run_command(options, session);
  return is_well || code != kExitOk ? code : kExitBadInput;
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out, std::ostream& err,
            const Environment& environment) {
  Session session{in, out, err, environment};
  bool watches = false;
  const int code = run_round(arguments, session, {}, watches);
  if (!watches) return code;
  return watch(session, [&](const std::function<void(WatchedPaths)>& depends_on) {
    return run_round(arguments, session, depends_on, watches);
  });
}

}  // namespace actorsim
