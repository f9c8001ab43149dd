// From words to values.
#include <algorithm>

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

  void read_looks() {
    if (raw_.quiet && raw_.verbose > 0) complain("-q and -v contradict each other", "");
    if (raw_.quiet) options_.verbosity = Verbosity::quiet;
    if (raw_.verbose == 1) options_.verbosity = Verbosity::verbose;
    if (raw_.verbose > 1) options_.verbosity = Verbosity::full;
    options_.ascii = raw_.ascii;
    options_.json = raw_.json;
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

}  // namespace

std::variant<Options, Farewell> interpret(const RawOptions& raw, Command command) {
  return Interpreter(raw, command).interpret();
}

}  // namespace actorsim
