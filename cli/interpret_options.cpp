// From words to values.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "cli/problems.h"
#include "cli/raw_options.h"

namespace actorsim {
namespace {

class Interpreter {
 public:
  Interpreter(const RawOptions& raw, Command command) : raw_(raw) { options_.command = command; }

  std::variant<Options, Farewell> interpret() {
    options_.operands = raw_.operands;
    for (const std::string& text : raw_.sets) read_override(text);
    for (const std::string& text : raw_.releases) read_releases(text);
    for (const std::string& text : raw_.reports) read_report(text);
    problems_ += read_explore_wishes(raw_, options_.exploring);
    options_.scenarios = raw_.scenarios;
    read_schedule();
    options_.example = raw_.example;
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
