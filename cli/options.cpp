// The only file that knows CLI11. It parses; what is said about errors, and what help looks like, is our own.
#include "cli/options.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "actorsim/base/text.h"
#include "actorsim/base/version.h"
#include "cli/help.h"
#include "cli/problems.h"

namespace actorsim {
namespace {

constexpr const char* kWhatRuns = "What runs";
constexpr const char* kWhatIsReported = "What is reported";
constexpr const char* kOther = "Other";

// Options as they are written, before they mean anything.
struct RawOptions {
  std::vector<std::string> operands, sets, releases, reports;
  int verbose = 0;
  bool quiet = false;
  bool ascii = false;
  std::string color = "auto";
};

struct CommandDescription {
  Command command;
  std::string_view name;
  std::string_view operands;
  std::string_view summary;
  std::string_view epilogue;  // examples
};

constexpr std::array<CommandDescription, 3> kCommands{{
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
    {Command::explain, "explain", "[WORD]...", "the long text of an outcome, a verdict or a diagnostic",
     "Without a WORD: which words there are.\n\n"
     "Examples:\n"
     "  actorsim explain deadlock\n"
     "  actorsim explain re-entered\n"},
}};

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

void add_running_options(CLI::App& app, RawOptions& raw, Command command) {
  const bool is_run = command == Command::run;
  add_list(app, "-s,--set", raw.sets, "KEY=VALUE",
           fmt::format("set a path of Dapr's config (reentrancy.enabled=true){}; may be repeated",
                       is_run ? " or a variable of the scenario" : ""),
           kWhatRuns);
  add_list(
      app, "--dapr", raw.releases, "RELEASE[,RELEASE]",
      fmt::format("whose lock runs: a release line (1.15), a patch (1.15.3) or docs; several run everything once for "
                  "each (default: {}{})",
                  is_run ? "what the scenario says, else " : "", to_string(kNewestRelease)),
      kWhatRuns);
  add_list(app, "--report", raw.reports, "FORMAT[=FILE]", report_help(), kWhatIsReported);
  app.add_flag("-v,--verbose", raw.verbose,
               "the table of calls for every case; -vv: and what each call carried and saw")
      ->group(kWhatIsReported);
  app.add_flag("-q,--quiet", raw.quiet, "only failures and the sum")->group(kWhatIsReported);
  app.add_option(
         "--color", raw.color,
         "auto, always or never (default: auto: on a terminal, unless NO_COLOR is set; CLICOLOR_FORCE=1 is always)")
      ->type_name("WHEN")
      ->take_last()
      ->group(kWhatIsReported);
  app.add_flag("--ascii", raw.ascii, "write nothing but ASCII")->group(kWhatIsReported);
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
    if (entry.command != Command::explain) add_running_options(sub, raw, entry.command);
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
  page.usage = fmt::format("actorsim {}{} {}", entry.name, entry.command == Command::explain ? "" : " [OPTION]...",
                           entry.operands);
  page.summary = entry.summary;
  for (const char* group : {kWhatRuns, kWhatIsReported, kOther}) {
    HelpGroup options{group, {}};
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group() == group) options.entries.push_back(help_entry(*option));
    }
    if (!options.entries.empty()) page.groups.push_back(std::move(options));
  }
  page.epilogue = entry.epilogue;
  page.shows_exit_codes = entry.command != Command::explain;
  return render_help(page, width);
}

std::string help_of_all(const CLI::App& app, std::size_t width) {
  HelpPage page;
  page.usage = "actorsim COMMAND [OPTION]... OPERAND...";
  page.summary = "what Dapr's actor lock does to your calls: who enters, re-enters, waits, deadlocks";
  HelpGroup commands{"Commands", {}};
  for (const CommandDescription& entry : kCommands) {
    commands.entries.push_back({fmt::format("{} {}", entry.name, entry.operands), std::string(entry.summary)});
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

// ---- from words to values -----------------------------------------------------------------------------------------

class Interpreter {
 public:
  Interpreter(const RawOptions& raw, Command command) : raw_(raw) { options_.command = command; }

  std::variant<Options, Farewell> interpret() {
    options_.operands = raw_.operands;
    for (const std::string& text : raw_.sets) read_override(text);
    for (const std::string& text : raw_.releases) read_releases(text);
    for (const std::string& text : raw_.reports) read_report(text);
    read_looks();
    complete_reports();
    if (!problems_.empty()) return Farewell{kExitBadInput, {}, problems_};
    return options_;
  }

 private:
  void complain(const std::string& message, const std::string& help) {
    problems_ += render_problem(usage_problem(message, help));
  }

  void read_override(const std::string& text) {
    auto change = parse_override(text);
    if (change) {
      options_.overrides.push_back(std::move(*change));
    } else {
      problems_ += render(change.error(), nullptr);
    }
  }

  void read_releases(const std::string& text) {
    const auto releases = parse_releases(text);
    if (!releases) {
      problems_ += render(releases.error(), nullptr);
      return;
    }
    for (const Release& release : *releases) {
      if (std::find(options_.releases.begin(), options_.releases.end(), release) == options_.releases.end())
        options_.releases.push_back(release);
    }
  }

  void read_report(const std::string& text) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const std::optional<Format> format = parse_format(name);
    if (!format) {
      std::vector<std::string> known;
      for (const FormatDescription& description : report_formats()) known.emplace_back(description.name);
      complain("unknown report format " + actorsim::quoted(name), suggestion(name, known));
      return;
    }
    std::string file = equals == std::string::npos ? std::string() : text.substr(equals + 1);
    if (equals != std::string::npos && file.empty())
      complain("a file name is missing in --report " + actorsim::quoted(text),
               fmt::format("--report {0}={0}.txt, or --report {0}", name));
    if (file == "-") file.clear();
    options_.reports.push_back({*format, std::move(file)});
  }

  void read_looks() {
    if (raw_.quiet && raw_.verbose > 0) complain("-q and -v contradict each other", "");
    if (raw_.quiet) options_.verbosity = Verbosity::quiet;
    if (raw_.verbose == 1) options_.verbosity = Verbosity::verbose;
    if (raw_.verbose > 1) options_.verbosity = Verbosity::full;
    options_.ascii = raw_.ascii;
    if (raw_.color == "always") {
      options_.color = ColorChoice::always;
    } else if (raw_.color == "never") {
      options_.color = ColorChoice::never;
    } else if (raw_.color != "auto") {
      complain("unknown value " + actorsim::quoted(raw_.color) + " of --color",
               suggestion(raw_.color, {"auto", "always", "never"}));
    }
  }

  void complete_reports() {
    std::vector<std::string> files;
    for (const ReportRequest& report : options_.reports) files.push_back(report.file);
    std::sort(files.begin(), files.end());
    const auto same = std::adjacent_find(files.begin(), files.end());
    if (same != files.end()) {
      complain(same->empty() ? "only one report can go to standard output"
                             : "two reports go to the file " + actorsim::quoted(*same),
               "--report FORMAT=FILE, with a file for each");
    }
    if (files.empty() || !files.front().empty()) options_.reports.push_back({Format::pretty, {}});
  }

  const RawOptions& raw_;
  Options options_;
  std::string problems_;
};

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
  if (raw.operands.empty() && entry->command == Command::run)
    return refuse("nothing to run", "name files or folders: actorsim run . runs every scenario below this folder");
  if (raw.operands.empty() && entry->command == Command::ask)
    return refuse("nothing to ask", "name a chain: actorsim ask 'A -> A'");
  return Interpreter(raw, entry->command).interpret();
}

}  // namespace actorsim
