// From words to a command and from its streams to an exit code.
#include "cli/cli.h"

#include <ostream>

#include "cli/commands/commands.h"

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
    case Command::play: return command_play(options, session);
    case Command::compare: return command_compare(options, session);
    case Command::explain: return command_explain(options, session);
    case Command::schema: return command_schema(options, session);
  }
  return kExitBadInput;
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out, std::ostream& err,
            const Environment& environment) {
  Session session{in, out, err, environment};
  const std::variant<Options, Farewell> parsed = parse_options(arguments, environment);
  if (const Farewell* farewell = std::get_if<Farewell>(&parsed)) {
    out << farewell->out;
    err << farewell->err;
    return farewell->exit_code;
  }
  return run_command(std::get<Options>(parsed), session);
}

}  // namespace actorsim
