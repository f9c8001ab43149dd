// The options, each described once; which command has which.
#include "cli/options/option_table.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/base/release.h"
#include "actorsim/stress/stress.h"
#include "cli/examples/examples.h"
#include "cli/options/command_texts.h"

namespace actorsim {
namespace {

using Raw = RawOptions;

const std::vector<std::string>& when_words() {
  static const std::vector<std::string> words{"auto", "always", "never"};
  return words;
}

// ---- what several commands have -------------------------------------------------------------------------------------

OptionEntry set_option(Command command) {
  return {'s',
          "set",
          &Raw::sets,
          "KEY=VALUE",
          fmt::format("set a path of Dapr's config (reentrancy.enabled=true){}; may be repeated",
                      command == Command::ask ? "" : " or a variable of the scenario"),
          OptionGroup::running};
}

OptionEntry dapr_option(Command command) {
  std::string text = "which releases: lines (1.15), patches (1.15.3), docs (default: all that differ in anything)";
  if (command != Command::compare) {
    text = fmt::format(
        "whose lock runs: a release line (1.15), a patch (1.15.3) or docs; several run everything once for "
        "each (default: {}{})",
        command == Command::ask ? "" : "what the scenario says, else ", to_string(kNewestRelease));
  }
  OptionEntry entry{'\0',
                    "dapr",
                    &Raw::releases,
                    "RELEASE[,RELEASE]",
                    std::move(text),
                    OptionGroup::running,
                    Reach::everywhere,
                    Values::word_list};
  for (const Release& release : release_lines()) entry.words.push_back(to_string(release));
  entry.words.emplace_back("docs");
  return entry;
}

OptionEntry case_option() {
  return {'\0',
          "case",
          &Raw::case_name,
          "NAME",
          "which case, where there are several: a scenario's name, or a number",
          OptionGroup::running,
          Reach::command_line};
}

// Which cases of many.
std::vector<OptionEntry> selecting_options() {
  return {
      {'k', "filter", &Raw::filter, "REGEX",
       "only cases with a match of this regular expression (ECMAScript) in their name, to which those of a matrix have "
       "their values added: 'name (axis=value)'",
       OptionGroup::selecting},
      {'t', "tag", &Raw::tags, "TAG[,TAG]", "only scenarios with one of these tags; may be repeated",
       OptionGroup::selecting},
      {'\0', "skip-tag", &Raw::skipped_tags, "TAG[,TAG]", "no scenario with one of these tags; may be repeated",
       OptionGroup::selecting},
  };
}

OptionEntry shard_option() {
  return {'\0',
          "shard",
          &Raw::shard,
          "I/N",
          "of the cases that are left, every Nth from the Ith on: N machines that count alike run each case once",
          OptionGroup::selecting};
}

OptionEntry jobs_option(std::string_view what) {
  return {
      'j',
      "jobs",
      &Raw::jobs,
      "N",
      fmt::format("so many {} at a time (default: all, which is one for each core); what is printed is the same", what),
      OptionGroup::running};
}

OptionEntry report_option(Command command) {
  OptionEntry entry{'\0',
                    "report",
                    &Raw::reports,
                    "FORMAT[=FILE]",
                    "",
                    OptionGroup::reporting,
                    Reach::everywhere,
                    Values::reports,
                    names_of_formats(command)};
  if (command == Command::run || command == Command::ask) {
    entry.text = "write a report; may be repeated. Where no report takes standard output, pretty does. Formats:";
    for (const FormatDescription& format : report_formats())
      entry.text += fmt::format("\n{}: {}", format.name, format.summary);
  } else {
    entry.text = fmt::format("write a report; may be repeated. Formats: {}", fmt::join(entry.words, ", "));
  }
  return entry;
}

OptionEntry verbose_option(std::string text) {
  return {
      'v', "verbose", &Raw::verbose, "", std::move(text), OptionGroup::reporting, Reach::everywhere, Values::anything,
      {},  {"quiet"}};
}

OptionEntry quiet_option(std::string text) {
  return {
      'q', "quiet",    &Raw::quiet, "", std::move(text), OptionGroup::reporting, Reach::everywhere, Values::anything,
      {},  {"verbose"}};
}

OptionEntry progress_option() {
  return {'\0',
          "progress",
          &Raw::progress,
          "WHEN",
          "a line on standard error while a long run goes on: auto, always or never (default: auto: on a terminal)",
          OptionGroup::reporting,
          Reach::everywhere,
          Values::words,
          when_words()};
}

std::vector<OptionEntry> looks_options() {
  return {
      {'\0', "color", &Raw::color, "WHEN",
       "auto, always or never (default: auto: on a terminal, unless NO_COLOR is set; CLICOLOR_FORCE=1 is always)",
       OptionGroup::reporting, Reach::everywhere, Values::words, when_words()},
      {'\0', "ascii", &Raw::ascii, "", "write nothing but ASCII", OptionGroup::reporting},
  };
}

// How problems are told; and where options come from.
std::vector<OptionEntry> problem_options() {
  return {
      {'W', "warnings-as-errors", &Raw::warnings_as_errors, "", "a warning is an error: exit code 2",
       OptionGroup::reporting},
      {'\0',
       "error-format",
       &Raw::error_format,
       "FORMAT",
       "how errors and warnings look on standard error: long (default), short (a line each) or json (a line each)",
       OptionGroup::reporting,
       Reach::everywhere,
       Values::words,
       {"long", "short", "json"}},
      {'\0', "config", &Raw::config, "FILE",
       "read options from this file, or from none, instead of the actorsim.toml of this folder or one above it",
       OptionGroup::other, Reach::command_line, Values::file},
  };
}

OptionEntry watch_option() {
  return {'\0',
          "watch",
          &Raw::watch,
          "",
          "do it again whenever a file changes; Ctrl-C ends it",
          OptionGroup::running,
          Reach::command_line};
}

// For every command that explores.
std::vector<OptionEntry> exploring_options() {
  const ExploreOptions defaults;
  const auto make = [](const char* name, std::string Raw::*value, const char* type, std::string text) {
    return OptionEntry{'\0', name, value, type, std::move(text), OptionGroup::exploring};
  };
  std::vector<OptionEntry> options{
      make("max-states", &Raw::max_states, "N",
           fmt::format("give up beyond so many states (default: limits.states of the scenario, else {})",
                       defaults.max_states)),
      make("max-memory", &Raw::max_memory, "SIZE",
           fmt::format("give up beyond so much memory (default: limits.memory of the scenario, else {}GiB)",
                       defaults.max_memory >> 30U)),
      make("time-limit", &Raw::time_limit, "DURATION",
           "give up after so long, such as 30s (default: limits.time of the scenario, else none)")};
  OptionEntry reduction{
      '\0',
      "reduction",
      &Raw::reductions,
      "WORD[,WORD]",
      "which ways to look at fewer states may be used: all (default), none, or some of movers, stubborn, "
      "symmetry, lock-graph, queue; the answer is the same",
      OptionGroup::exploring,
      Reach::everywhere,
      Values::word_list,
      {"all", "none", "movers", "stubborn", "symmetry", "lock-graph", "queue"}};
  options.push_back(std::move(reduction));
  options.push_back(make(
      "threads", &Raw::threads, "N",
      fmt::format("explore each case with so many threads (default: {}); without --jobs there are fewer cases at a "
                  "time then, so that all threads together are one for each core",
                  defaults.threads)));
  return options;
}

// ---- of one command -------------------------------------------------------------------------------------------------

std::vector<OptionEntry> ways_of_looking() {
  const auto make = [](const char* name, std::string Raw::*value, const char* type, std::string text,
                       std::vector<std::string> rivals = {}) {
    return OptionEntry{'\0',
                       name,
                       value,
                       type,
                       std::move(text),
                       OptionGroup::exploring,
                       Reach::everywhere,
                       Values::anything,
                       {},
                       std::move(rivals)};
  };
  OptionEntry goal = make("goal", &Raw::goal, "WORD",
                          "what is asked: deadlock (can anything get stuck?), verdicts, or outcomes (verdicts, and "
                          "what can become of every "
                          "call). Less can be answered faster. Default: outcomes where they take few states, else "
                          "verdicts",
                          {"random", "pct", "switches"});
  goal.values = Values::words;
  goal.words = {"deadlock", "verdicts", "outcomes"};
  return {
      std::move(goal),
      {'\0',
       "lossy",
       &Raw::lossy,
       "",
       "know large states by a hash of 63 bits: less memory, and a stated probability that something was missed",
       OptionGroup::exploring,
       Reach::everywhere,
       Values::anything,
       {},
       {"audit"}},
      {'\0',
       "audit",
       &Raw::audit,
       "",
       "explore once more without reductions, and say whether the answer is the same",
       OptionGroup::exploring,
       Reach::everywhere,
       Values::anything,
       {},
       {"lossy", "random", "pct", "switches"}},
      make("random", &Raw::random, "N", "no proof, but N random runs", {"switches", "audit", "goal"}),
      make("pct", &Raw::pct, "D",
           "random runs by priorities that change D-1 times: good at finding what takes D things in one order, with a "
           "stated "
           "probability (PCT); 1000 runs unless --random says how many",
           {"switches", "audit", "goal"}),
      make("seed", &Raw::seed, "S", "of random runs (default: 1); the same seed makes the same runs"),
      make("switches", &Raw::switches, "K", "only the orders in which another chain goes on at most K times",
           {"random", "pct", "audit", "goal"}),
  };
}

std::vector<OptionEntry> stress_options() {
  const auto make = [](const char* name, std::string Raw::*value, const char* type, std::string text) {
    return OptionEntry{'\0', name, value, type, std::move(text), OptionGroup::running};
  };
  return {
      make("threads", &Raw::threads, "N",
           fmt::format("at most so many threads; a scenario that takes more is refused (default: {})",
                       StressOptions{}.threads)),
      make("duration", &Raw::duration, "D",
           "play rounds for so long, such as 1m, for each case (default: 3s, unless --rounds is given)"),
      make("rounds", &Raw::rounds, "N", "play so many rounds of each case"),
      make("seed", &Raw::seed, "S",
           "of the pauses that handlers make by chance (default: 1); what comes of them is the system's to say"),
  };
}

// The bounds among them: how far, and not in which way.
std::vector<OptionEntry> exploring_bounds() {
  std::vector<OptionEntry> options = exploring_options();
  std::erase_if(options,
                [](const OptionEntry& option) { return option.name == "reduction" || option.name == "threads"; });
  for (OptionEntry& option : options) {
    if (option.name == "time-limit")
      option.text = "give up after so long, such as 30s (default: limits.time of the scenario, else 10s)";
  }
  return options;
}

// Which cases `run` leaves out, besides those that others leave out, too.
std::vector<OptionEntry> stopping_options() {
  return {
      shard_option(),
      {'\0', "rerun-failed", &Raw::rerun_failed, "",
       "only the cases that failed when they ran last; all of them, if none did", OptionGroup::selecting,
       Reach::command_line},
      {'x',
       "fail-fast",
       &Raw::fail_fast,
       "",
       "skip the rest after the first case that fails or is wrong",
       OptionGroup::selecting,
       Reach::everywhere,
       Values::anything,
       {},
       {"max-failures"}},
      {'\0',
       "max-failures",
       &Raw::max_failures,
       "N",
       "skip the rest after so many of them",
       OptionGroup::selecting,
       Reach::everywhere,
       Values::anything,
       {},
       {"fail-fast"}},
  };
}

OptionEntry schedule_option(Command command) {
  std::string text = "replay this order of steps instead of the plain run; one case must be chosen";
  if (command == Command::play) text = "start after these steps";
  if (command == Command::graph) text = "with --wait-for: after this order of steps";
  return {'\0', "schedule", &Raw::schedules, "SCHEDULE", std::move(text), OptionGroup::running, Reach::command_line};
}

OptionEntry calls_option() {
  return {
      '\0',
      "calls",
      &Raw::calls,
      "N",
      fmt::format("how many calls of a case are recorded and listed, or all (default: {})", RunOptions{}.kept_calls),
      OptionGroup::reporting};
}

OptionEntry graph_format_option() {
  OptionEntry entry{'\0',
                    "format",
                    &Raw::format,
                    "FORMAT",
                    "which one (default: as the name after -o ends, else mermaid):",
                    OptionGroup::printing,
                    Reach::command_line,
                    Values::words};
  for (const GraphFormat& format : graph_formats()) {
    entry.text += fmt::format("\n{}: {}", format.name, format.summary);
    entry.words.emplace_back(format.name);
  }
  return entry;
}

OptionEntry example_option() {
  OptionEntry entry{'\0',
                    "example",
                    &Raw::example,
                    "NAME",
                    fmt::format("which one (default: {}):", kDefaultExample),
                    OptionGroup::printing,
                    Reach::command_line,
                    Values::words};
  for (const Example& example : starting_examples()) {
    entry.text += fmt::format("\n{}: {}", example.name, example.title);
    entry.words.emplace_back(example.name);
  }
  return entry;
}

// ---- which command has which ----------------------------------------------------------------------------------------

class List {
 public:
  List& add(OptionEntry option) {
    options_.push_back(std::move(option));
    return *this;
  }
  List& add(std::vector<OptionEntry> options) {
    for (OptionEntry& option : options) options_.push_back(std::move(option));
    return *this;
  }
  std::vector<OptionEntry> take() { return std::move(options_); }

 private:
  std::vector<OptionEntry> options_;
};

void add_report_and_looks(List& list, Command command) {
  switch (command) {
    case Command::explore:
      list.add(report_option(command))
          .add(verbose_option("the locks after each step, and all interleavings of a tiny scenario as a tree"))
          .add(quiet_option("only what can go wrong, and the sum"))
          .add(progress_option());
      break;
    case Command::stress:
      list.add(report_option(command)).add(quiet_option("only what should not have come about, and the sum"));
      list.add(progress_option());
      break;
    case Command::run:
    case Command::ask:
      list.add(report_option(command))
          .add(verbose_option("the table of calls for every case; -vv: and what each call carried and saw"))
          .add(quiet_option("only failures and the sum"))
          .add(calls_option());
      if (command == Command::run) list.add(progress_option());
      break;
    case Command::play: list.add(quiet_option("no greeting, and only the locks and the steps")); break;
    case Command::compare: list.add(report_option(command)); break;
    case Command::check: list.add(quiet_option("no sum where nothing is wrong")).add(problem_options()); return;
    case Command::list:
      list.add({'\0', "json", &Raw::json, "", "as JSON, schema 1", OptionGroup::reporting, Reach::command_line});
      break;
    case Command::graph: list.add(problem_options()); return;
    case Command::init:
    case Command::explain:
    case Command::schema:
    case Command::completions:
    case Command::man: return;
  }
  list.add(looks_options()).add(problem_options());
}

std::vector<OptionEntry> options_of(Command command) {
  List list;
  const bool is_about_dapr = takes_paths(command) || command == Command::ask;
  if (is_about_dapr) list.add(set_option(command)).add(dapr_option(command));
  switch (command) {
    case Command::run:
      list.add(case_option()).add(schedule_option(command)).add(jobs_option("cases")).add(watch_option());
      list.add(selecting_options()).add(stopping_options()).add(exploring_options());
      break;
    case Command::explore:
      list.add(case_option()).add(jobs_option("cases")).add(watch_option());
      list.add(selecting_options()).add(shard_option()).add(ways_of_looking()).add(exploring_options());
      break;
    case Command::stress:
      list.add(case_option()).add(stress_options()).add(selecting_options()).add(exploring_bounds());
      break;
    case Command::play: list.add(case_option()).add(schedule_option(command)); break;
    case Command::compare: list.add(jobs_option("files")).add(watch_option()).add(selecting_options()); break;
    case Command::check: list.add(jobs_option("files")).add(watch_option()); break;
    case Command::list: list.add(jobs_option("files")).add(selecting_options()); break;
    case Command::graph:
      list.add(case_option())
          .add(schedule_option(command))
          .add(graph_format_option())
          .add({'\0', "wait-for", &Raw::wait_for, "", "who waits for whom, instead of who calls whom",
                OptionGroup::printing, Reach::command_line})
          .add({'o', "output", &Raw::output, "FILE", "a file (default: standard output)", OptionGroup::printing,
                Reach::command_line, Values::file});
      break;
    case Command::init: list.add(example_option()); break;
    case Command::ask:
    case Command::explain:
    case Command::schema:
    case Command::completions:
    case Command::man: break;
  }
  add_report_and_looks(list, command);
  list.add({'h', "help", {}, "", "this help", OptionGroup::other, Reach::command_line});
  list.add({'\0', "version", {}, "", "the version", OptionGroup::other, Reach::command_line});
  return list.take();
}

}  // namespace

std::string_view to_title(OptionGroup group) {
  switch (group) {
    case OptionGroup::printing: return "What is printed";
    case OptionGroup::running: return "What runs";
    case OptionGroup::selecting: return "Which cases";
    case OptionGroup::exploring: return "How orders are explored";
    case OptionGroup::reporting: return "What is reported";
    case OptionGroup::other: return "Other";
  }
  return "";
}

const std::vector<CommandEntry>& command_table() {
  static const std::vector<CommandEntry> table = [] {
    std::vector<CommandEntry> commands = command_texts();
    for (CommandEntry& entry : commands) entry.options = options_of(entry.command);
    return commands;
  }();
  return table;
}

const CommandEntry& entry_of(Command command) {
  const std::vector<CommandEntry>& table = command_table();
  return *std::find_if(table.begin(), table.end(), [&](const CommandEntry& entry) { return entry.command == command; });
}

const CommandEntry* find_command(std::string_view name) {
  const std::vector<CommandEntry>& table = command_table();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const CommandEntry& entry) { return entry.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const OptionEntry* find_option(const CommandEntry& command, std::string_view name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(),
                                  [&](const OptionEntry& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

const std::vector<ExitCode>& exit_codes_of_all() {
  static const std::vector<ExitCode> codes{
      {kExitOk, "every expectation holds"},
      {kExitFailed, "an expectation failed"},
      {kExitBadInput, "the command line or a scenario is wrong, or nothing was selected"},
      {kExitInconclusive, "inconclusive: a bound was hit before the answer"},
      {kExitInternal, "a bug in actorsim"},
      {kExitInterrupted, "interrupted by Ctrl-C or SIGTERM; what was found is reported, the rest is skipped"},
  };
  return codes;
}

std::vector<std::string> names_of_formats(Command command) {
  std::vector<std::string> names;
  for (const FormatDescription& format : report_formats()) {
    if (command == Command::compare && format.write_comparison == nullptr) continue;
    if (command == Command::stress && format.write_stressed == nullptr) continue;
    names.emplace_back(format.name);
  }
  return names;
}

bool takes_paths(Command command) {
  return command == Command::run || command == Command::explore || command == Command::check ||
         command == Command::stress || command == Command::play || command == Command::list ||
         command == Command::compare || command == Command::graph;
}

std::string variable_of(const OptionEntry& option) {
  std::string name = "ACTORSIM_";
  for (const char c : option.name) {
    const bool is_letter = c >= 'a' && c <= 'z';
    name += c == '-' ? '_' : static_cast<char>(is_letter ? c - 'a' + 'A' : c);
  }
  return name;
}

}  // namespace actorsim
