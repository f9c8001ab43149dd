// The only file that knows CLI11. It parses; what is said about errors, and what help looks like, is our own.
#include "cli/options/options.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "actorsim/base/text.h"
#include "actorsim/base/version.h"
#include "cli/examples/examples.h"
#include "cli/options/help.h"
#include "cli/options/raw_options.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

constexpr const char* kWhatRuns = "What runs";
constexpr const char* kHowExplored = "How orders are explored";
constexpr const char* kExamples = "What is printed";
constexpr const char* kWhatIsReported = "What is reported";
constexpr const char* kOther = "Other";

struct CommandDescription {
  Command command;
  std::string_view name;
  std::string_view operands;
  std::string_view summary;
  std::string_view epilogue;  // examples
};

constexpr std::array<CommandDescription, 10> kCommands{{
    {Command::run, "run", "PATH...", "run scenarios and check what they expect",
     "A PATH is a scenario file, a folder (its YAML and JSON files that have 'actorsim:' at the top,\n"
     "at any depth), a pattern such as 'shop/**/*.yaml', or - for standard input.\n\n"
     "Examples:\n"
     "  actorsim run shop.yaml\n"
     "  actorsim run -v scenarios/basics\n"
     "  actorsim run . --dapr 1.14,1.18\n"
     "  actorsim run . --report json=report.json\n"},
    {Command::ask, "ask", "CHAIN...", "one call graph on a line: does it work?",
     "A CHAIN is written 'A -> B -> A'. -> calls and waits, ~> sends without waiting, -/> calls without\n"
     "handing the reentrancy id on, 'A x3' nests three calls, (B & C) calls both at once. Several\n"
     "chains start at the same time. Reentrancy is off unless --set switches it on, as in Dapr.\n\n"
     "Examples:\n"
     "  actorsim ask 'A -> A'\n"
     "  actorsim ask 'A -> B -> A' --set reentrancy.enabled=true\n"
     "  actorsim ask 'A -> B' 'B -> A'\n"
     "  actorsim ask 'A x33' --set reentrancy.enabled=true --dapr 1.14,1.18\n"},
    {Command::explore, "explore", "PATH...", "all orders of a scenario's steps: what can happen, what cannot",
     "PATH is as for run. What a scenario expects is not looked at. Durations mean nothing here: whatever\n"
     "can happen next may happen next (actorsim explain interleavings).\n\n"
     "Exit codes:\n"
     "  0    every order ends well, which is proved\n"
     "  1    something bad is possible: a verdict other than ok\n"
     "  2    the command line or a scenario is wrong\n"
     "  3    nothing bad was found, but not all orders were looked at\n"
     "  70   a bug in actorsim, such as a difference that --audit finds\n"
     "  130  interrupted by Ctrl-C; what was found is reported\n\n"
     "Examples:\n"
     "  actorsim explore shop.yaml\n"
     "  actorsim explore shop.yaml -v\n"
     "  actorsim explore . --goal deadlock --time-limit 5m\n"
     "  actorsim explore large.yaml --random 10000 --pct 3\n"},
    {Command::compare, "compare", "PATH...", "the same scenario on every release: what changes when you upgrade",
     "PATH is as for run. Each scenario runs once for each group of releases that behave alike, or for\n"
     "each release of --dapr; what it says about its release, and what it expects, is not looked at.\n\n"
     "Exit codes: 0, whatever differs, or 2 if a file or the command line is wrong.\n\n"
     "Examples:\n"
     "  actorsim compare shop.yaml\n"
     "  actorsim compare . --dapr 1.14,1.18\n"
     "  actorsim compare . --report json\n"},
    {Command::check, "check", "PATH...", "read scenarios and say what is wrong with them, without running them",
     "PATH is as for run. What is wrong or noteworthy goes to standard error.\n\n"
     "Exit codes: 0, or 2 if there is an error. Warnings are no errors.\n\n"
     "Examples:\n"
     "  actorsim check .\n"
     "  actorsim check shop.yaml --dapr 1.14,1.18\n"},
    {Command::list, "list", "PATH...", "what stands in scenario files: scenarios, cases, expectations",
     "PATH is as for run.\n\n"
     "Exit codes: 0, or 2 if a file is wrong; the others are listed.\n\n"
     "Examples:\n"
     "  actorsim list .\n"
     "  actorsim list . --json | jq '.files[].scenarios[].name'\n"},
    {Command::graph, "graph", "PATH...", "one case as a picture of who calls or waits for whom, or as a model",
     "PATH is as for run; one case must be left.\n\n"
     "Pictures (svg, dot, mermaid) are of the call graph: actors, their handlers, what calls what. Calls that\n"
     "can close a circle of waits are marked; more is marked than can really happen. With --wait-for they\n"
     "are of calls and locks: who waits for whom after the shortest way to a deadlock; in the plain run,\n"
     "where none is found.\n\n"
     "Models (murphi, promela) are for a second opinion. One can be made where all that happens is calls that\n"
     "wait for their answers one after another: no timeouts, retries, branches, sends, errors, timers,\n"
     "reminders, deactivations. A step of it is a call that arrives or a handler that returns; times play\n"
     "no part. How to check it stands at its top.\n\n"
     "Exit codes: 0, or 2 if a file is wrong or the case cannot be exported.\n\n"
     "Examples:\n"
     "  actorsim graph shop.yaml --format svg -o shop.svg\n"
     "  actorsim graph transfers.yaml --format dot --wait-for | dot -Tpng -o waits.png\n"
     "  actorsim graph transfers.yaml --format murphi -o model.m\n"
     "  actorsim graph shop.yaml --format promela --case 'two clients' --dapr 1.16\n"},
    {Command::init, "init", "", "print a commented scenario to start from",
     "Exit codes: 0, or 2 if there is no such example.\n\n"
     "Examples:\n"
     "  actorsim init > order.yaml && actorsim run order.yaml -v\n"
     "  actorsim init --example crossing\n"},
    {Command::explain, "explain", "[WORD]...", "the long text of an outcome, a verdict, an idea or a diagnostic",
     "Without a WORD: which words there are.\n\n"
     "Examples:\n"
     "  actorsim explain deadlock\n"
     "  actorsim explain re-entered\n"},
    {Command::schema, "schema", "[scenario|report]", "the JSON Schema of scenarios, for editors, or of the JSON report",
     "Without a word: that of scenarios. An editor that speaks to yaml-language-server completes and\n"
     "checks a scenario that begins with the line\n\n"
     "  # yaml-language-server: $schema=actorsim.schema.json\n\n"
     "Examples:\n"
     "  actorsim schema > actorsim.schema.json\n"
     "  actorsim schema report > report.schema.json\n"},
}};

bool runs_calls(Command command) { return command == Command::run || command == Command::ask; }

// Has it any of its own?
bool has_options(Command command) { return command != Command::explain && command != Command::schema; }

const CommandDescription& description_of(Command command) {
  return *std::find_if(kCommands.begin(), kCommands.end(),
                       [&](const CommandDescription& entry) { return entry.command == command; });
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandDescription& entry : kCommands) names.emplace_back(entry.name);
  return names;
}

// ---- the option tree ----------------------------------------------------------------------------------------------

void add_list(CLI::App& app, const std::string& names, std::vector<std::string>& values, const std::string& type,
              const std::string& text, const char* group) {
  app.add_option(names, values, text)
      ->type_name(type)
      ->group(group)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

std::string report_help() {
  std::string text = "write a report; may be repeated. Where no report takes standard output, pretty does. Formats:";
  for (const FormatDescription& format : report_formats()) text += fmt::format("\n{}: {}", format.name, format.summary);
  return text;
}

void add_overrides(CLI::App& app, RawOptions& raw, Command command) {
  const bool has_files = command != Command::ask;
  add_list(app, "-s,--set", raw.sets, "KEY=VALUE",
           fmt::format("set a path of Dapr's config (reentrancy.enabled=true){}; may be repeated",
                       has_files ? " or a variable of the scenario" : ""),
           kWhatRuns);
  if (command == Command::compare) {
    add_list(app, "--dapr", raw.releases, "RELEASE[,RELEASE]",
             "which releases: lines (1.15), patches (1.15.3), docs (default: all that differ in anything)", kWhatRuns);
    return;
  }
  add_list(
      app, "--dapr", raw.releases, "RELEASE[,RELEASE]",
      fmt::format("whose lock runs: a release line (1.15), a patch (1.15.3) or docs; several run everything once for "
                  "each (default: {}{})",
                  has_files ? "what the scenario says, else " : "", to_string(kNewestRelease)),
      kWhatRuns);
}

void add_looks(CLI::App& app, RawOptions& raw) {
  app.add_option(
         "--color", raw.color,
         "auto, always or never (default: auto: on a terminal, unless NO_COLOR is set; CLICOLOR_FORCE=1 is always)")
      ->type_name("WHEN")
      ->take_last()
      ->group(kWhatIsReported);
  app.add_flag("--ascii", raw.ascii, "write nothing but ASCII")->group(kWhatIsReported);
}

void add_case(CLI::App& app, RawOptions& raw) {
  app.add_option("--case", raw.case_name, "which case, where there are several: a scenario's name, or a number")
      ->type_name("NAME")
      ->take_last()
      ->group(kWhatRuns);
}

void add_progress(CLI::App& app, RawOptions& raw) {
  app.add_option("--progress", raw.progress,
                 "a line on standard error while a long run goes on: auto, always or never (default: auto: on a "
                 "terminal)")
      ->type_name("WHEN")
      ->take_last()
      ->group(kWhatIsReported);
}

// For every command that explores.
void add_exploring(CLI::App& app, RawOptions& raw) {
  const auto add = [&](const char* name, std::string& value, const char* type, const std::string& text) {
    app.add_option(name, value, text)->type_name(type)->take_last()->group(kHowExplored);
  };
  const ExploreOptions defaults;
  add("--max-states", raw.max_states, "N",
      fmt::format("give up beyond so many states (default: limits.states of the scenario, else {})",
                  defaults.max_states));
  add("--max-memory", raw.max_memory, "SIZE",
      fmt::format("give up beyond so much memory (default: limits.memory of the scenario, else {}GiB)",
                  defaults.max_memory >> 30U));
  add("--time-limit", raw.time_limit, "DURATION",
      "give up after so long, such as 30s (default: limits.time of the scenario, else none)");
  add_list(app, "--reduction", raw.reductions, "WORD[,WORD]",
           "which ways to look at fewer states may be used: all (default), none, or some of movers, stubborn, "
           "symmetry, lock-graph, queue; the answer is the same",
           kHowExplored);
  add("--threads", raw.threads, "N", fmt::format("explore with so many threads (default: {})", defaults.threads));
}

void add_choice_of_run(CLI::App& app, RawOptions& raw) {
  add_case(app, raw);
  add_list(app, "--schedule", raw.schedules, "SCHEDULE",
           "replay this order of steps instead of the plain run; one case must be chosen", kWhatRuns);
}

// For explore alone.
void add_ways_of_looking(CLI::App& app, RawOptions& raw) {
  const auto add = [&](const char* name, std::string& value, const char* type, const std::string& text) {
    app.add_option(name, value, text)->type_name(type)->take_last()->group(kHowExplored);
  };
  add("--goal", raw.goal, "WORD",
      "what is asked: deadlock (can anything get stuck?), verdicts, or outcomes (verdicts, and what can become of "
      "every "
      "call). Less can be answered faster. Default: outcomes where they take few states, else verdicts");
  app.add_flag(
         "--lossy", raw.lossy,
         "know large states by a hash of 63 bits: less memory, and a stated probability that something was missed")
      ->group(kHowExplored);
  app.add_flag("--audit", raw.audit, "explore once more without reductions, and say whether the answer is the same")
      ->group(kHowExplored);
  add("--random", raw.random, "N", "no proof, but N random runs");
  add("--pct", raw.pct, "D",
      "random runs by priorities that change D-1 times: good at finding what takes D things in one order, with a "
      "stated "
      "probability (PCT); 1000 runs unless --random says how many");
  add("--seed", raw.seed, "S", "of random runs (default: 1); the same seed makes the same runs");
  add("--switches", raw.switches, "K", "only the orders in which another chain goes on at most K times");
}

void add_exploring_options(CLI::App& app, RawOptions& raw) {
  add_overrides(app, raw, Command::explore);
  add_case(app, raw);
  add_ways_of_looking(app, raw);
  add_exploring(app, raw);
  add_list(app, "--report", raw.reports, "FORMAT[=FILE]", "pretty (default) or json; may be repeated", kWhatIsReported);
  app.add_flag("-v,--verbose", raw.verbose,
               "the locks after each step, and all interleavings of a tiny scenario as a tree")
      ->group(kWhatIsReported);
  app.add_flag("-q,--quiet", raw.quiet, "only what can go wrong, and the sum")->group(kWhatIsReported);
  add_progress(app, raw);
  add_looks(app, raw);
}

void add_running_options(CLI::App& app, RawOptions& raw, Command command) {
  add_overrides(app, raw, command);
  if (command == Command::run) {
    add_choice_of_run(app, raw);
    add_exploring(app, raw);
  }
  add_list(app, "--report", raw.reports, "FORMAT[=FILE]", report_help(), kWhatIsReported);
  app.add_flag("-v,--verbose", raw.verbose,
               "the table of calls for every case; -vv: and what each call carried and saw")
      ->group(kWhatIsReported);
  app.add_flag("-q,--quiet", raw.quiet, "only failures and the sum")->group(kWhatIsReported);
  app.add_option(
         "--calls", raw.calls,
         fmt::format("how many calls of a case are recorded and listed, or all (default: {})", RunOptions{}.kept_calls))
      ->type_name("N")
      ->take_last()
      ->group(kWhatIsReported);
  if (command == Command::run) add_progress(app, raw);
  add_looks(app, raw);
}

std::string examples_help() {
  std::string text = fmt::format("which one (default: {}):", kDefaultExample);
  for (const Example& example : starting_examples()) text += fmt::format("\n{}: {}", example.name, example.title);
  return text;
}

std::string graph_format_help() {
  std::string text = "which one:";
  for (const GraphFormat& format : graph_formats()) text += fmt::format("\n{}: {}", format.name, format.summary);
  return text;
}

void add_options(CLI::App& app, RawOptions& raw, Command command) {
  switch (command) {
    case Command::run:
    case Command::ask: add_running_options(app, raw, command); return;
    case Command::explore: add_exploring_options(app, raw); return;
    case Command::compare:
      add_overrides(app, raw, command);
      add_list(app, "--report", raw.reports, "FORMAT[=FILE]", "pretty (default) or json; may be repeated",
               kWhatIsReported);
      add_looks(app, raw);
      return;
    case Command::check:
      add_overrides(app, raw, command);
      app.add_flag("-q,--quiet", raw.quiet, "no sum where nothing is wrong")->group(kWhatIsReported);
      return;
    case Command::list:
      add_overrides(app, raw, command);
      app.add_flag("--json", raw.json, "as JSON, schema 1")->group(kWhatIsReported);
      add_looks(app, raw);
      return;
    case Command::graph:
      add_overrides(app, raw, command);
      add_case(app, raw);
      app.add_option("--format", raw.format, graph_format_help())->type_name("FORMAT")->take_last()->group(kExamples);
      app.add_flag("--wait-for", raw.wait_for, "who waits for whom, instead of who calls whom")->group(kExamples);
      app.add_option("-o,--output", raw.output, "a file (default: standard output)")
          ->type_name("FILE")
          ->take_last()
          ->group(kExamples);
      return;
    case Command::init:
      app.add_option("--example", raw.example, examples_help())->type_name("NAME")->take_last()->group(kExamples);
      return;
    case Command::explain:
    case Command::schema: return;
  }
}

bool takes_paths(Command command) {
  return command == Command::run || command == Command::explore || command == Command::check ||
         command == Command::list || command == Command::compare || command == Command::graph;
}

void build(CLI::App& app, RawOptions& raw) {
  const auto add_common = [](CLI::App& to) {
    to.set_help_flag("-h,--help", "this help")->group(kOther);
    to.set_version_flag("--version", fmt::format("actorsim {}", version()), "the version")->group(kOther);
  };
  add_common(app);
  for (const CommandDescription& entry : kCommands) {
    CLI::App& sub = *app.add_subcommand(std::string(entry.name), std::string(entry.summary));
    sub.add_option("operands", raw.operands)->group("");
    add_options(sub, raw, entry.command);
    add_common(sub);
    sub.allow_extras();
  }
}

// ---- help ---------------------------------------------------------------------------------------------------------

HelpEntry help_entry(const CLI::Option& option) {
  HelpEntry entry;
  for (const std::string& name : option.get_snames()) entry.names += "-" + name;
  for (const std::string& name : option.get_lnames()) entry.names += (entry.names.empty() ? "    --" : ", --") + name;
  if (option.get_type_size() != 0) entry.names += " " + option.get_type_name();
  entry.text = option.get_description();
  return entry;
}

std::string help_of(const CLI::App& app, const CommandDescription& entry, std::size_t width) {
  HelpPage page;
  page.usage = fmt::format("actorsim {}{}{}{}", entry.name, has_options(entry.command) ? " [OPTION]..." : "",
                           entry.operands.empty() ? "" : " ", entry.operands);
  page.summary = entry.summary;
  for (const char* group : {kExamples, kWhatRuns, kHowExplored, kWhatIsReported, kOther}) {
    HelpGroup options{group, {}};
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group() == group) options.entries.push_back(help_entry(*option));
    }
    if (!options.entries.empty()) page.groups.push_back(std::move(options));
  }
  page.epilogue = entry.epilogue;
  page.shows_exit_codes = runs_calls(entry.command);
  return render_help(page, width);
}

std::string help_of_all(const CLI::App& app, std::size_t width) {
  HelpPage page;
  page.usage = "actorsim COMMAND [OPTION]... OPERAND...";
  page.summary = "what Dapr's actor lock does to your calls: who enters, re-enters, waits, deadlocks";
  HelpGroup commands{"Commands", {}};
  for (const CommandDescription& entry : kCommands) {
    commands.entries.push_back({fmt::format("{}{}{}", entry.name, entry.operands.empty() ? "" : " ", entry.operands),
                                std::string(entry.summary)});
  }
  page.groups.push_back(std::move(commands));
  HelpGroup other{kOther, {}};
  for (const CLI::Option* option : app.get_options()) other.entries.push_back(help_entry(*option));
  page.groups.push_back(std::move(other));
  page.epilogue =
      "Examples:\n"
      "  actorsim ask 'A -> A'\n"
      "  actorsim run scenarios\n"
      "  actorsim run --help\n";
  page.shows_exit_codes = true;
  return render_help(page, width);
}

// ---- what is wrong with a command line ----------------------------------------------------------------------------

Farewell refuse(const std::string& message, const std::string& help) {
  return {kExitBadInput, {}, render_problem(usage_problem(message, help))};
}

bool looks_like_path(const std::string& word) {
  const auto ends_with = [&](std::string_view end) {
    return word.size() > end.size() && word.compare(word.size() - end.size(), end.size(), end) == 0;
  };
  return ends_with(".yaml") || ends_with(".yml") || ends_with(".json") ||
         word.find_first_of("/*") != std::string::npos || word == "-" || word == ".";
}

Farewell refuse_command(const std::string& word, const Environment& environment) {
  std::error_code ignored;
  const bool is_chain = word.find("->") != std::string::npos || word.find("~>") != std::string::npos;
  if (is_chain)
    return refuse("no command " + actorsim::quoted(word),
                  fmt::format("a chain is asked about: actorsim ask {}", actorsim::quoted(word)));
  if (looks_like_path(word) || std::filesystem::exists(environment.current_folder / word, ignored)) {
    return refuse("no command " + actorsim::quoted(word), "a scenario is run with: actorsim run " + printable(word));
  }
  return refuse("no command " + actorsim::quoted(word), suggestion(word, command_names()));
}

Farewell refuse_option(const std::string& word, const CLI::App& app) {
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  const std::string name = word.substr(0, word.find('='));
  const std::optional<std::string> nearest = nearest_word(name, known);
  return refuse(fmt::format("unknown option {} of '{}'", actorsim::quoted(name), app.get_name()),
                nearest ? fmt::format("did you mean '{}'?", *nearest)
                        : fmt::format("actorsim {} --help lists them", app.get_name()));
}

// What CLI11 has to say, in our words.
Farewell farewell_of(const CLI::ParseError& error, const CLI::App& app, Command command) {
  const std::string help = fmt::format("actorsim {} --help", description_of(command).name);
  std::string message = error.what();
  for (const CLI::Option* option : app.get_options()) {  // "--set: 1 required KEY=VALUE missing"
    if (message.rfind(option->get_name() + ":", 0) == 0)
      return refuse(fmt::format("{} needs a value: {}", option->get_name(), option->get_type_name()), help);
  }
  return refuse(printable(message), help);
}

}  // namespace

std::variant<Options, Farewell> parse_options(const std::vector<std::string>& arguments,
                                              const Environment& environment) {
  RawOptions raw;
  CLI::App app("", "actorsim");
  build(app, raw);
  const std::size_t width = environment.output_width;
  if (arguments.empty()) return Farewell{kExitBadInput, {}, help_of_all(app, width)};
  std::vector<std::string> words = arguments;
  if (words.front() == "help") {
    words.erase(words.begin());
    words.push_back("--help");
  }
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") return Farewell{kExitOk, help_of_all(app, width), {}};
  if (first == "--version") return Farewell{kExitOk, fmt::format("actorsim {}\n", version()), {}};
  const auto entry = std::find_if(kCommands.begin(), kCommands.end(),
                                  [&](const CommandDescription& known) { return known.name == first; });
  if (entry == kCommands.end()) {
    if (first.size() > 1 && first.front() == '-')
      return refuse("unknown option " + actorsim::quoted(first), "options stand behind a command: actorsim run --help");
    return refuse_command(first, environment);
  }
  const CLI::App& sub = *app.get_subcommand(first);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return Farewell{kExitOk, help_of(sub, *entry, width), {}};
  } catch (const CLI::CallForVersion&) {
    return Farewell{kExitOk, fmt::format("actorsim {}\n", version()), {}};
  } catch (const CLI::ParseError& error) {
    return farewell_of(error, sub, entry->command);
  }
  std::vector<std::string> unknown = sub.remaining();
  unknown.erase(std::remove(unknown.begin(), unknown.end(), "--"), unknown.end());
  if (!unknown.empty()) return refuse_option(unknown.front(), sub);
  if (raw.operands.empty() && entry->command == Command::graph)
    return refuse("nothing to graph", "name a scenario file: actorsim graph shop.yaml --format svg");
  if (raw.operands.empty() && takes_paths(entry->command))
    return refuse(
        fmt::format("nothing to {}", entry->name),
        fmt::format("name files or folders: actorsim {0} . {0}s every scenario below this folder", entry->name));
  if (!raw.operands.empty() && entry->command == Command::init)
    return refuse("init takes no operand: " + actorsim::quoted(raw.operands.front()),
                  "an example is named with: actorsim init --example NAME");
  if (raw.operands.empty() && entry->command == Command::ask)
    return refuse("nothing to ask", "name a chain: actorsim ask 'A -> A'");
  return interpret(raw, entry->command);
}

}  // namespace actorsim
