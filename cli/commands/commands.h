// The commands, one function each; their files are named after them.
#pragma once

#include "cli/options/options.h"
#include "cli/session.h"

namespace actorsim {

int command_run(const Options& options, Session& session);
int command_ask(const Options& options, Session& session);
int command_check(const Options& options, Session& session);
int command_list(const Options& options, Session& session);
int command_graph(const Options& options, Session& session);
int command_init(const Options& options, Session& session);
int command_explore(const Options& options, Session& session);
int command_stress(const Options& options, Session& session);
int command_play(const Options& options, Session& session);
int command_compare(const Options& options, Session& session);
int command_explain(const Options& options, Session& session);
int command_schema(const Options& options, Session& session);
int command_completions(const Options& options, Session& session);
int command_man(const Options& options, Session& session);

}  // namespace actorsim
