// From words to a command and from its streams to an exit code.
#include "cli/cli.h"

#include <cerrno>
#include <ostream>

#include "cli/commands.h"
#include "cli/problems.h"

namespace actorsim {
namespace {

int run_command(const Options& options, Session& session) {
  switch (options.command) {
    case Command::run: return command_run(options, session);
    case Command::ask: return command_ask(options, session);
    case Command::explain: return command_explain(options, session);
  }
  return kExitBadInput;
}

// What could not be written is an error, unless the reader had enough (`actorsim run … | head`).
int finish(int code, Session& session) {
  errno = 0;
  session.out.flush();
  if (session.out.good() || errno == EPIPE) return code;
  session.err << render_problem(usage_problem("cannot write to standard output", "")) << std::flush;
  return kExitBadInput;
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out, std::ostream& err,
            const Environment& environment) {
  Session session{in, out, err, environment};
  const std::variant<Options, Farewell> parsed = parse_options(arguments, environment);
  if (const Farewell* farewell = std::get_if<Farewell>(&parsed)) {
    out << farewell->out;
    err << farewell->err << std::flush;
    return finish(farewell->exit_code, session);
  }
  const int code = run_command(std::get<Options>(parsed), session);
  err.flush();
  return finish(code, session);
}

}  // namespace actorsim
