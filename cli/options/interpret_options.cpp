// From words to values.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/sample.h"
#include "cli/cases/name_pattern.h"
#include "cli/options/option_table.h"
#include "cli/options/raw_options.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

constexpr std::int64_t kMostRuns = 1'000'000'000'000;
constexpr std::int64_t kMostDepth = 1'000;
constexpr std::int64_t kMostJobs = 1'024;
constexpr std::int64_t kMostShards = 1'000'000;

class Interpreter {
 public:
  Interpreter(const RawOptions& raw, Command command, Diagnostics& problems) : raw_(raw), problems_(problems) {
    options_.command = command;
  }

  Options interpret() {
    options_.operands = raw_.operands;
    for (const std::string& text : raw_.sets) read_override(text);
    for (const std::string& text : raw_.releases) read_releases(text);
    for (const std::string& text : raw_.reports) read_report(text);
    read_explore_wishes(raw_, options_.exploring, problems_);
    read_schedule();
    read_ways_of_looking();
    read_rounds();
    options_.example = raw_.example;
    read_selection();
    read_way_of_running();
    if (options_.command == Command::graph) read_graph();
    read_looks();
    complete_reports();
    return std::move(options_);
  }

 private:
  // Where the option stands: on the command line, in a variable, in a file.
  void complain(const std::string& option, std::string message, std::string help) {
    problems_.add(option_problem(raw_, option, std::move(message), std::move(help)));
  }

  void move_in(const std::string& option, const Diagnostics& problems) {
    for (const Diagnostic& problem : problems.items()) {
      const bool is_elsewhere = raw_.places.count(option.substr(2)) > 0;
      problems_.add(is_elsewhere ? option_problem(raw_, option, problem.message, problem.help) : problem);
    }
  }

  void read_override(const std::string& text) {
    auto change = parse_override(text);
    if (change) {
      options_.overrides.push_back(std::move(*change));
    } else {
      move_in("--set", change.error());
    }
  }

  void read_releases(const std::string& text) {
    const auto releases = parse_releases(text);
    if (!releases) {
      move_in("--dapr", releases.error());
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
    const std::vector<std::string> known = names_of_formats(options_.command);
    if (!format || std::find(known.begin(), known.end(), name) == known.end()) {
      std::string message = "unknown report format " + actorsim::in_quotes(name);
      if (format) message = fmt::format("{} writes no report '{}'", entry_of(options_.command).name, name);
      complain("--report", std::move(message), suggestion(name, known));
      return;
    }
    std::string file = equals == std::string::npos ? std::string() : text.substr(equals + 1);
    if (equals != std::string::npos && file.empty())
      complain("--report", "a file name is missing in --report " + actorsim::in_quotes(text),
               fmt::format("--report {0}=FILE, or --report {0}", name));
    if (file == "-") file.clear();
    options_.reports.push_back({*format, std::move(file)});
  }

  void read_schedule() {
    if (raw_.schedules.empty()) return;
    if (raw_.schedules.size() > 1) return complain("--schedule", "only one schedule can be replayed", "");
    if (raw_.schedules.front().empty()) return complain("--schedule", "a schedule is empty", "--schedule t1.t2.t1");
    auto schedule = parse_schedule(raw_.schedules.front(), "--schedule");
    if (schedule) {
      options_.schedule = std::move(*schedule);
    } else {
      problems_.add_all(Diagnostics(schedule.error()));
    }
  }

  void read_graph() {
    options_.output = raw_.output == "-" ? std::string() : raw_.output;
    read_graph_format();
    options_.wait_for = raw_.wait_for;
    const GraphFormat* format = options_.graph_format;
    if (raw_.wait_for && format != nullptr && format->draw == nullptr)
      complain("--wait-for", fmt::format("--wait-for is a picture, and {} a format of models", format->name),
               "--format svg, dot or mermaid");
    if (!raw_.schedules.empty() && !raw_.wait_for)
      complain("--schedule", "a call graph is the same for all schedules", "--wait-for, or leave --schedule out");
  }

  void read_graph_format() {
    std::vector<std::string> known;
    for (const GraphFormat& format : graph_formats()) known.emplace_back(format.name);
    options_.graph_format =
        raw_.format.empty() ? graph_format_of_file(options_.output) : find_graph_format(raw_.format);
    if (options_.graph_format != nullptr) return;
    if (raw_.format.empty()) {
      complain("--output", "no format has files with names like " + actorsim::in_quotes(options_.output),
               "--format " + known.front() + "; known: " + list_words(known));
    } else {
      complain("--format", "unknown graph format " + actorsim::in_quotes(raw_.format), suggestion(raw_.format, known));
    }
  }

  void read_ways_of_looking() {
    read_goal();
    options_.audit = raw_.audit;
    options_.is_lossy = raw_.lossy;
    if (raw_.audit && raw_.lossy) complain("--audit", "--audit compares exact answers", "leave --lossy out");
    options_.random_runs = read_count("--random", raw_.random, 1, kMostRuns).value_or(0);
    options_.pct_depth = static_cast<std::uint32_t>(read_count("--pct", raw_.pct, 1, kMostDepth).value_or(0));
    if (options_.pct_depth > 0 && options_.random_runs == 0) options_.random_runs = SampleOptions{}.runs;
    options_.seed = read_count("--seed", raw_.seed, 0, std::numeric_limits<std::int64_t>::max()).value_or(1);
    if (const auto switches = read_count("--switches", raw_.switches, 0, kMostDepth))
      options_.most_switches = static_cast<std::uint32_t>(*switches);
    const bool is_random = options_.random_runs > 0;
    if (is_random && options_.most_switches)
      complain("--switches", "--switches looks at all orders of a kind, --random and --pct at some of any kind",
               "one of them");
    if (!raw_.seed.empty() && !is_random && options_.command != Command::stress)
      complain("--seed", "--seed without random runs", "--random N or --pct D");
    const bool is_partial = is_random || options_.most_switches;
    if (is_partial && options_.audit)
      complain("--audit", "--audit compares two answers about all orders", "leave --random, --pct and --switches out");
    if (is_partial && !raw_.goal.empty())
      complain("--goal", "--goal is for looking at all orders", "leave --random, --pct and --switches out");
  }

  void read_rounds() {
    options_.rounds = read_count("--rounds", raw_.rounds, 1, kMostRuns).value_or(0);
    if (raw_.duration.empty()) return;
    const auto time = parse_duration(raw_.duration);
    if (time && *time > 0) {
      options_.duration = *time;
    } else {
      complain("--duration", actorsim::in_quotes(raw_.duration) + " is no value of --duration",
               "a time, such as 10s or 5m");
    }
  }

  void read_goal() {
    if (raw_.goal.empty()) return;
    std::vector<std::string> known;
    for (const Goal goal : {Goal::deadlock, Goal::verdicts, Goal::outcomes}) {
      known.emplace_back(to_word(goal));
      if (raw_.goal == known.back()) options_.goal = goal;
    }
    if (std::find(known.begin(), known.end(), raw_.goal) == known.end())
      complain("--goal", fmt::format("unknown value {} of --goal", actorsim::in_quotes(raw_.goal)),
               suggestion(raw_.goal, known));
  }

  std::optional<std::uint64_t> read_count(const std::string& option, const std::string& text, std::int64_t least,
                                          std::int64_t most) {
    if (text.empty()) return std::nullopt;
    const auto number = parse_integer(text);
    if (number && *number >= least && *number <= most) return static_cast<std::uint64_t>(*number);
    complain(option, fmt::format("{} is no value of {}", actorsim::in_quotes(text), option),
             fmt::format("a number from {} on", least));
    return std::nullopt;
  }

  void read_selection() {
    Selection& selection = options_.selection;
    selection.case_name = raw_.case_name;
    selection.filter = raw_.filter;
    if (const std::optional<std::string> reason = why_no_pattern(raw_.filter))
      complain("--filter", fmt::format("{} is no regular expression: {}", actorsim::in_quotes(raw_.filter), *reason),
               "the patterns of ECMAScript, such as 'transfer|deposit'; '\\(' stands for a bracket");
    selection.tags = split_at_commas(raw_.tags);
    selection.skipped_tags = split_at_commas(raw_.skipped_tags);
    selection.only_failed = raw_.rerun_failed;
    read_shard();
  }

  void read_shard() {
    if (raw_.shard.empty()) return;
    const std::size_t slash = raw_.shard.find('/');
    const auto part = parse_integer(raw_.shard.substr(0, slash));
    const auto parts = parse_integer(slash == std::string::npos ? "" : raw_.shard.substr(slash + 1));
    if (part && parts && *part >= 1 && *parts <= kMostShards && *part <= *parts) {
      options_.selection.shard = static_cast<std::size_t>(*part - 1);
      options_.selection.shards = static_cast<std::size_t>(*parts);
    } else {
      complain("--shard", actorsim::in_quotes(raw_.shard) + " is no value of --shard",
               "I/N, the Ith of N parts: --shard 1/4 to --shard 4/4");
    }
  }

  void read_way_of_running() {
    if (!raw_.jobs.empty() && raw_.jobs != "all") {
      const auto jobs = parse_integer(raw_.jobs);
      if (jobs && *jobs >= 1 && *jobs <= kMostJobs) {
        options_.jobs = static_cast<unsigned>(*jobs);
      } else {
        complain("--jobs", actorsim::in_quotes(raw_.jobs) + " is no value of --jobs",
                 fmt::format("a number from 1 to {}, or all", kMostJobs));
      }
    }
    if (raw_.fail_fast && !raw_.max_failures.empty())
      complain("--fail-fast", "--fail-fast and --max-failures contradict each other",
               "--max-failures 1 is --fail-fast");
    if (raw_.fail_fast) options_.max_failures = 1;
    if (const auto most = read_count("--max-failures", raw_.max_failures, 1, kMostRuns))
      options_.max_failures = static_cast<std::size_t>(*most);
    options_.watch = raw_.watch;
    const std::vector<std::string>& paths = options_.operands;
    if (raw_.watch && std::find(paths.begin(), paths.end(), "-") != paths.end())
      complain("--watch", "standard input cannot be watched", "name files or folders");
  }

  void read_looks() {
    if (raw_.quiet && raw_.verbose > 0) complain("--quiet", "-q and -v contradict each other", "");
    if (raw_.quiet) options_.verbosity = Verbosity::quiet;
    if (raw_.verbose == 1) options_.verbosity = Verbosity::verbose;
    if (raw_.verbose > 1) options_.verbosity = Verbosity::full;
    options_.ascii = raw_.ascii;
    options_.json = raw_.json;
    options_.color = read_choice<ColorChoice>("--color", raw_.color);
    options_.progress = read_choice<ProgressChoice>("--progress", raw_.progress);
    read_telling();
    if (raw_.calls == "all") {
      options_.kept_calls = std::numeric_limits<std::size_t>::max();
    } else if (!raw_.calls.empty()) {
      const auto number = parse_integer(raw_.calls);
      if (number && *number >= 0) {
        options_.kept_calls = static_cast<std::size_t>(*number);
      } else {
        complain("--calls", actorsim::in_quotes(raw_.calls) + " is no value of --calls", "a number, or all");
      }
    }
  }

  void read_telling() {
    const std::vector<std::string>& known = find_option(entry_of(Command::run), "error-format")->words;
    if (std::find(known.begin(), known.end(), raw_.error_format) == known.end())
      complain("--error-format",
               fmt::format("unknown value {} of --error-format", actorsim::in_quotes(raw_.error_format)),
               suggestion(raw_.error_format, known));
    options_.telling = telling_of(raw_);
  }

  // auto, always or never.
  template <typename Choice>
  Choice read_choice(const std::string& option, const std::string& word) {
    if (word == "always") return Choice::always;
    if (word == "never") return Choice::never;
    if (word != "auto") {
      complain(option, fmt::format("unknown value {} of {}", actorsim::in_quotes(word), option),
               suggestion(word, {"auto", "always", "never"}));
    }
    return Choice::automatic;
  }

  void complete_reports() {
    std::vector<std::string> files;
    for (const ReportRequest& report : options_.reports)
      files.push_back(std::filesystem::path(report.file).lexically_normal().string());
    std::sort(files.begin(), files.end());
    const auto same = std::adjacent_find(files.begin(), files.end());
    if (same != files.end()) {
      complain("--report",
               same->empty() ? "only one report can go to standard output"
                             : "two reports go to the file " + actorsim::in_quotes(*same),
               "--report FORMAT=FILE, with a file for each");
    }
    if (files.empty() || !files.front().empty()) options_.reports.push_back({Format::pretty, {}});
  }

  const RawOptions& raw_;
  Diagnostics& problems_;
  Options options_;
};

}  // namespace

Options interpret(const RawOptions& raw, Command command, Diagnostics& problems) {
  return Interpreter(raw, command, problems).interpret();
}

std::vector<std::string> split_at_commas(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const std::string& text : texts) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(',', begin), text.size());
      words.emplace_back(trim(std::string_view(text).substr(begin, end - begin)));
      begin = end + 1;
    }
  }
  return words;
}

unsigned jobs_of(const Options& options, const Environment& environment) {
  const unsigned threads = options.exploring.threads.value_or(ExploreOptions{}.threads);
  return options.jobs.value_or(std::max(1U, environment.cores / std::max(1U, threads)));
}

Telling telling_of(const RawOptions& raw) {
  Telling telling;
  if (raw.error_format == "short") telling.format = ErrorFormat::brief;
  if (raw.error_format == "json") telling.format = ErrorFormat::json;
  telling.warnings_are_errors = raw.warnings_as_errors;
  return telling;
}

Diagnostic option_problem(const RawOptions& raw, const std::string& option, std::string message, std::string help) {
  Diagnostic problem = usage_problem(std::move(message), std::move(help));
  const auto place = raw.places.find(option.substr(option.find_first_not_of('-')));
  if (place == raw.places.end()) return problem;
  problem.file = place->second.file;
  problem.span = place->second.span;
  return problem;
}

}  // namespace actorsim
