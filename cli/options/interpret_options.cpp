// From words to values.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/sample.h"
#include "cli/options/raw_options.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

constexpr std::int64_t kMostRuns = 1'000'000'000'000;
constexpr std::int64_t kMostDepth = 1'000;

class Interpreter {
 public:
  Interpreter(const RawOptions& raw, Command command) : raw_(raw) { options_.command = command; }

  std::variant<Options, Farewell> interpret() {
    options_.operands = raw_.operands;
    for (const std::string& text : raw_.sets) read_override(text);
    for (const std::string& text : raw_.releases) read_releases(text);
    for (const std::string& text : raw_.reports) read_report(text);
    problems_ += read_explore_wishes(raw_, options_.exploring);
    read_schedule();
    read_ways_of_looking();
    options_.example = raw_.example;
    options_.case_name = raw_.case_name;
    if (options_.command == Command::graph) read_graph();
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

  void read_schedule() {
    if (raw_.schedules.empty()) return;
    if (raw_.schedules.size() > 1) return complain("only one schedule can be replayed", "");
    if (raw_.schedules.front().empty()) return complain("a schedule is empty", "--schedule t1.t2.t1");
    auto schedule = parse_schedule(raw_.schedules.front(), "--schedule");
    if (schedule) {
      options_.schedule = std::move(*schedule);
    } else {
      problems_ += render(schedule.error(), nullptr);
    }
  }

  void read_graph() {
    options_.output = raw_.output == "-" ? std::string() : raw_.output;
    std::vector<std::string> known;
    for (const GraphFormat& format : graph_formats()) known.emplace_back(format.name);
    options_.graph_format = find_graph_format(raw_.format);
    options_.wait_for = raw_.wait_for;
    if (raw_.wait_for && options_.graph_format != nullptr && options_.graph_format->draw == nullptr)
      complain("--wait-for is a picture, and " + raw_.format + " a format of models", "--format svg, dot or mermaid");
    if (options_.graph_format != nullptr) return;
    if (raw_.format.empty()) {
      complain("which format? None is named", "--format " + known.front() + "; known: " + list_words(known));
    } else {
      complain("unknown graph format " + actorsim::quoted(raw_.format), suggestion(raw_.format, known));
    }
  }

  void read_ways_of_looking() {
    read_goal();
    options_.audit = raw_.audit;
    options_.is_lossy = raw_.lossy;
    if (raw_.audit && raw_.lossy) complain("--audit compares exact answers", "leave --lossy out");
    options_.random_runs = read_count("--random", raw_.random, 1, kMostRuns).value_or(0);
    options_.pct_depth = static_cast<std::uint32_t>(read_count("--pct", raw_.pct, 1, kMostDepth).value_or(0));
    if (options_.pct_depth > 0 && options_.random_runs == 0) options_.random_runs = SampleOptions{}.runs;
    options_.seed = read_count("--seed", raw_.seed, 0, std::numeric_limits<std::int64_t>::max()).value_or(1);
    if (const auto switches = read_count("--switches", raw_.switches, 0, kMostDepth))
      options_.most_switches = static_cast<std::uint32_t>(*switches);
    const bool is_random = options_.random_runs > 0;
    if (is_random && options_.most_switches)
      complain("--switches looks at all orders of a kind, --random and --pct at some of any kind", "one of them");
    if (!raw_.seed.empty() && !is_random) complain("--seed without random runs", "--random N or --pct D");
    const bool is_partial = is_random || options_.most_switches;
    if (is_partial && options_.audit)
      complain("--audit compares two answers about all orders", "leave --random, --pct and --switches out");
    if (is_partial && !raw_.goal.empty())
      complain("--goal is for looking at all orders", "leave --random, --pct and --switches out");
  }

  void read_goal() {
    if (raw_.goal.empty()) return;
    std::vector<std::string> known;
    for (const Goal goal : {Goal::deadlock, Goal::verdicts, Goal::outcomes}) {
      known.emplace_back(to_word(goal));
      if (raw_.goal == known.back()) options_.goal = goal;
    }
    if (std::find(known.begin(), known.end(), raw_.goal) == known.end())
      complain(fmt::format("unknown value {} of --goal", actorsim::quoted(raw_.goal)), suggestion(raw_.goal, known));
  }

  std::optional<std::uint64_t> read_count(const std::string& option, const std::string& text, std::int64_t least,
                                          std::int64_t most) {
    if (text.empty()) return std::nullopt;
    const auto number = parse_integer(text);
    if (number && *number >= least && *number <= most) return static_cast<std::uint64_t>(*number);
    complain(fmt::format("{} is no value of {}", actorsim::quoted(text), option),
             fmt::format("a number from {} on", least));
    return std::nullopt;
  }

  void read_looks() {
    if (raw_.quiet && raw_.verbose > 0) complain("-q and -v contradict each other", "");
    if (raw_.quiet) options_.verbosity = Verbosity::quiet;
    if (raw_.verbose == 1) options_.verbosity = Verbosity::verbose;
    if (raw_.verbose > 1) options_.verbosity = Verbosity::full;
    options_.ascii = raw_.ascii;
    options_.json = raw_.json;
    options_.color = read_choice<ColorChoice>("--color", raw_.color);
    options_.progress = read_choice<ProgressChoice>("--progress", raw_.progress);
    if (raw_.calls == "all") {
      options_.kept_calls = std::numeric_limits<std::size_t>::max();
    } else if (!raw_.calls.empty()) {
      const auto number = parse_integer(raw_.calls);
      if (number && *number >= 0) {
        options_.kept_calls = static_cast<std::size_t>(*number);
      } else {
        complain(actorsim::quoted(raw_.calls) + " is no value of --calls", "a number, or all");
      }
    }
  }

  // auto, always or never.
  template <typename Choice>
  Choice read_choice(const std::string& option, const std::string& word) {
    if (word == "always") return Choice::always;
    if (word == "never") return Choice::never;
    if (word != "auto") {
      complain(fmt::format("unknown value {} of {}", actorsim::quoted(word), option),
               suggestion(word, {"auto", "always", "never"}));
    }
    return Choice::automatic;
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

}  // namespace

std::variant<Options, Farewell> interpret(const RawOptions& raw, Command command) {
  return Interpreter(raw, command).interpret();
}

}  // namespace actorsim
