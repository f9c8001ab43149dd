// About: lib/actorsim/report
// Bytes as the names, ids, labels and messages of scenarios that come to every kind of end: whatever is reported of
// them, in every format and by every command, is read back by a parser of that format, names included, and shows
// nothing that hides or moves.
#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include "actorsim/base/text.h"
#include "actorsim/explore/state_graph.h"
#include "actorsim/model/compile.h"
#include "actorsim/model/release_groups.h"
#include "actorsim/report/compare/compare.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/explored.h"
#include "actorsim/report/graph/graph.h"
#include "actorsim/scenario/loader.h"
#include "cli/cases/replay_command.h"
#include "cli/cases/run_case.h"
#include "fuzz/support/fuzz.h"
#include "fuzz/support/report_readers.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

// ---- a hostile file -------------------------------------------------------------------------------------------------

// As a scalar of YAML in double quotes; what is no UTF-8 stays, and has the file refused.
std::string quoted_scalar(const std::string& text) {
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.valid && (point.value < 0x20 || (point.value >= 0x7f && is_hostile(point.value)))) {
      char escaped[12];
      std::snprintf(escaped, sizeof escaped, "\\U%08x", static_cast<unsigned>(point.value));
      result += escaped;
    } else {
      if (text[at] == '"' || text[at] == '\\') result += '\\';
      result += text.substr(at, point.length);
    }
    at += point.length;
  }
  return result + "\"";
}

// What an id cannot have, and what would begin a variable.
std::string id_of(const std::string& text) {
  std::string id;
  for (const char character : text)
    id += std::string("/. \t\n$").find(character) == std::string::npos ? character : '_';
  return id.empty() ? "x" : id;
}

std::string without_dollars(std::string text) {
  for (char& character : text) {
    if (character == '$') character = 'S';
  }
  return text;
}

// Its first byte chooses what happens, the second what is expected; then come texts with a byte 0 behind each.
Source hostile_file(Bytes& bytes) {
  const std::uint8_t shape = bytes.take();
  const std::uint8_t wish = bytes.take();
  const auto has = [](std::uint8_t bits, unsigned bit) { return ((bits >> bit) & 1U) != 0; };
  const std::string name = bytes.take_text();
  const std::string id = quoted_scalar(id_of(bytes.take_text()));
  const std::string label = without_dollars(bytes.take_text());
  const std::string message = quoted_scalar(without_dollars(bytes.take_text()));
  const std::string header = quoted_scalar(without_dollars(bytes.take_text()));
  const std::string file = bytes.take_text();
  const std::string inner = quoted_scalar("l" + label), outer = quoted_scalar("r" + label);

  std::string text = "actorsim: 1\n";
  text += "name: " + quoted_scalar(name) + "\ndescription: " + message + "\n";
  text += "vars: {id: " + id + "}\nmatrix: {id: [" + id + (has(shape, 0) ? ", plain]}\n" : "]}\n");
  if (has(shape, 1)) text += "dapr: \"1.14\"\n";
  text +=
      std::string("config: {reentrancy: {enabled: ") + (has(shape, 2) ? "true" : "false") + ", maxStackDepth: 3}}\n";
  text += "actors:\n  A: {m: [{call: B/$id.k, as: " + inner + ", on-error: continue}";
  if (has(shape, 3)) text += ", {fail: " + message + "}";
  text += "], k: []}\n  B: {k: [";
  if (has(shape, 4)) text += "{call: A/$id.m, header: drop, timeout: 1s}";
  if (has(shape, 5)) text += (has(shape, 4) ? ", " : "") + std::string("{parallel: [{send: A/$id.k}, {sleep: 1ms}]}");
  text += "]}\nstart:\n  - {call: A/$id.m, header: " + header + ", as: " + outer + "}\n";
  if (has(shape, 6)) text += "  - {call: B/$id.k, at: 0s}\n";
  if (has(shape, 7)) text += "  - {deactivate: B/$id, at: 1ms}\n";
  text += "expect:\n  verdict: " + std::string(has(wish, 0) ? "deadlock" : "ok") + "\n";
  if (has(wish, 1)) text += "  calls: {" + inner + ": {outcome: blocked}}\n";
  if (has(wish, 2)) text += "  never: [deadlock, " + std::string(has(wish, 3) ? "failed" : "overlap") + "]\n";
  if (has(wish, 4)) text += "  possible: [" + inner + ": stranded]\n";
  if (has(wish, 5)) text += "  headers: {" + inner + ": {id: " + header + "}}\n";
  if (has(wish, 6)) text += message + ": 1\n";
  return {file.empty() ? "input.yaml" : file, std::move(text)};
}

// ---- what commands make of it ---------------------------------------------------------------------------------------

constexpr std::uint64_t kFewStates = 300;

struct Input {
  const Source& source;
  std::optional<ScenarioFile> file;  // nothing: it was refused
  Diagnostics diagnostics;
};

std::string replay_of(const std::string& file, const Scenario& scenario, const Schedule& schedule) {
  return replay_command({file, {scenario.name, scenario.axes}, to_string(scenario.dapr), true}, schedule, Options{});
}

template <typename AnyReport>
void add_to_sources(AnyReport& report, const Input& input) {
  report.sources.push_back(input.source);
  for (const Diagnostic& diagnostic : input.diagnostics.items()) report.diagnostics.push_back(diagnostic);
}

Report run_all(Input input) {
  Report report;
  CaseWishes wishes;
  wishes.run.wants_film = true;
  wishes.exploring.max_states = kFewStates;
  if (!input.file) {
    CaseReport entry;
    entry.file = input.source.name;
    entry.status = Status::error;
    report.cases.push_back(std::move(entry));
  }
  for (std::size_t i = 0; input.file && i < input.file->case_count(); ++i) {
    auto scenario = input.file->load_case(i);
    if (!scenario) {
      input.diagnostics.add_all(scenario.error());
      continue;
    }
    wishes.replay_command = [&, scenario = *scenario](const CaseReport&, const Schedule& schedule) {
      return replay_of(input.source.name, scenario, schedule);
    };
    report.cases.push_back(run_case(*scenario, input.source.name, input.diagnostics, {}, wishes));
  }
  add_to_sources(report, input);
  return report;
}

// The way of command_explore.cpp, without options.
std::optional<Diagnostic> explore_case(const Scenario& scenario, const Program& program, ExploredCase& entry) {
  ExploreOptions options;
  options.max_states = kFewStates;
  auto found = explore(program, options);
  if (!found) return found.error();
  entry.exploration = std::move(*found);
  for (const Witness& witness : entry.witnesses()) {
    if (!is_bad(witness.verdict, entry.goal())) continue;
    RunOptions run_options;
    run_options.wants_film = true;
    auto run = replay(program, witness.schedule, run_options);
    auto steps = tell_steps(program, witness.schedule);
    demand(run && steps, "a schedule that was found does not fit");
    Diagnosis diagnosis = diagnose(scenario, program, *run);
    entry.counterexamples.push_back({witness, std::move(*run), std::move(*steps),
                                     replay_of(entry.file, scenario, witness.schedule), std::move(diagnosis.headline),
                                     std::move(diagnosis.why), std::move(diagnosis.fix)});
  }
  auto run = run_plainly(program);
  if (run) entry.run = std::move(*run);
  if (auto graph = build_state_graph(program, kMostShownSituations); graph && *graph)
    entry.graph = std::make_shared<const StateGraph>(std::move(**graph));
  auto tree = list_interleavings(program, kFewStates);
  if (tree) entry.interleavings = std::move(*tree);
  return std::nullopt;
}

ExploredReport explore_all(Input input) {
  ExploredReport report;
  if (!input.file) {
    ExploredCase entry;
    entry.file = input.source.name;
    report.cases.push_back(std::move(entry));
  }
  for (std::size_t i = 0; input.file && i < input.file->case_count(); ++i) {
    const auto scenario = input.file->load_case(i);
    if (!scenario) continue;
    const Program program = compile(*scenario, input.source.name);
    ExploredCase entry;
    entry.file = input.source.name;
    entry.name = scenario->name;
    entry.axes = scenario->axes;
    entry.dapr = to_string(scenario->dapr);
    entry.setting = describe_setting(program);
    const std::optional<Diagnostic> problem = explore_case(*scenario, program, entry);
    if (problem) input.diagnostics.add(*problem);
    if (!problem) entry.status = status_of(entry);
    report.cases.push_back(std::move(entry));
  }
  add_to_sources(report, input);
  return report;
}

ComparisonReport compare_all(const Source& source) {
  ComparisonReport report;
  LoadOptions options;
  for (const ReleaseGroup& group : release_groups()) options.releases.push_back(group.last);
  const auto file = load_scenario_file(source, options);
  if (!file) {
    for (const Diagnostic& diagnostic : file.error().items()) report.diagnostics.push_back(diagnostic);
    return report;
  }
  std::vector<ReleaseRun> runs;
  for (std::size_t i = 0; i < std::min(file->case_count(), release_groups().size()); ++i) {
    const auto scenario = file->load_case(i);
    if (!scenario) return report;
    Program program = compile(*scenario, source.name);
    auto run = run_plainly(program, options_for(scenario->expect));
    if (!run) return report;
    std::string headline = diagnose(*scenario, program, *run).headline;
    runs.push_back({{scenario->dapr, scenario->dapr}, std::move(program), std::move(*run), std::move(headline)});
  }
  ReleaseComparison compared = compare_runs(runs);
  compared.file = source.name;
  compared.name = file->title(0).name;
  report.comparisons.push_back(std::move(compared));
  return report;
}

// ---- every format ---------------------------------------------------------------------------------------------------

template <typename AnyReport>
Expected names_of(const AnyReport& report) {
  Expected expected;
  for (const auto& entry : report.cases) expected.names.push_back(entry.name);
  return expected;
}

// In every way in which people can look at it.
template <typename Write>
void check_for_people(Write write, const ReportOptions& plain) {
  std::ostringstream out;
  write(out, plain);
  demand_printable(out.str(), "a report for people");
  std::ostringstream coloured;
  ReportOptions options = plain;
  options.color = true;
  write(coloured, options);
  const std::string uncoloured = without_colours(coloured.str());
  if (uncoloured != out.str()) fail("colours change what a report says:\n" + out.str() + "\n" + uncoloured);
  std::ostringstream ascii;
  options.color = false;
  options.ascii = true;
  write(ascii, options);
  for (const char character : ascii.str())
    demand(character == '\n' || (character >= ' ' && character <= '~'), "a report in ASCII has something else in it");
}

template <typename AnyReport>
void check_formats(const AnyReport& report, const ReportOptions& options) {
  const Expected expected = names_of(report);
  for (const FormatDescription& format : report_formats()) {
    std::ostringstream out;
    write_report(out, format.format, report, options);
    read_report(format.format, out.str(), expected);
  }
  check_for_people(
      [&](std::ostream& out, const ReportOptions& wish) { write_report(out, Format::pretty, report, wish); }, options);
}

void check_comparison(const ComparisonReport& report, const ReportOptions& options) {
  std::ostringstream out;
  write_json_comparison(out, report);
  demand_json(out.str());
  check_for_people([&](std::ostream& stream, const ReportOptions& wish) { write_comparison(stream, report, wish); },
                   options);
}

void check_models(const Input& input) {
  if (!input.file || input.file->case_count() == 0) return;
  const auto scenario = input.file->load_case(0);
  if (!scenario) return;
  const Program program = compile(*scenario, input.source.name);
  for (const GraphFormat& format : graph_formats()) {
    std::ostringstream out;
    const auto problem = format.write(out, program, {input.source.name, scenario->name, to_string(scenario->dapr)});
    if (problem) {
      demand_good_complaints(Diagnostics(*problem), input.source);
    } else {
      demand_printable(out.str(), format.name);
      if (format.name == "svg") read_svg(out.str());
    }
  }
}

Input load(const Source& source) {
  Input input{source, std::nullopt, {}};
  auto file = load_scenario_file(source);
  if (!file) {
    input.diagnostics = file.error();
    return input;
  }
  input.diagnostics = file->warnings();
  input.file = std::move(*file);
  return input;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  ReportOptions options;
  const std::uint8_t looks = bytes.take();
  options.verbosity = static_cast<Verbosity>(looks % 4);
  options.width = 20 + looks / 4 * std::size_t{3};
  const std::uint32_t command = bytes.below(4);
  const Source source = hostile_file(bytes);
  if (command == 0) check_formats(run_all(load(source)), options);
  if (command == 1) check_formats(explore_all(load(source)), options);
  if (command == 2) check_comparison(compare_all(source), options);
  if (command == 3) check_models(load(source));
  return 0;
}
