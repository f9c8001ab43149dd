// One log with one run of one tool.
#include "actorsim/report/json/sarif.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "actorsim/base/text.h"
#include "actorsim/base/version.h"
#include "actorsim/report/escape/safe_text.h"
#include "actorsim/report/explain/explain.h"
#include "actorsim/report/formats/findings.h"
#include "actorsim/report/json/json.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostFlow = 200;  // calls of a code flow
constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

// Shown to people. `[words](1)` would be a link to a related place.
Json text(std::string_view shown) {
  constexpr std::array<Replacement, 2> kLink{{{'[', "\\["}, {']', "\\]"}}};
  const std::string safe = printable_lines(shown);
  return {{"text", safe.find("](") == std::string::npos ? safe : replace(safe, kLink)}};
}

// ---- rules ----

// The first paragraph of what `explain` says, which speaks for itself, and the whole.
struct RuleText {
  std::string brief, full;
};

RuleText text_of(std::string_view word) {
  std::string full;
  for (const Explanation& explanation : explanations()) {
    const bool is_rule = explanation.kind == WordKind::verdict || explanation.kind == WordKind::diagnostic;
    if (explanation.word != word || !is_rule) continue;
    full += (full.empty() ? "" : "\n\n") + std::string(explanation.text);
  }
  if (full.empty()) full = word;
  return {full.substr(0, full.find("\n\n")), full};
}

Json rule_of(std::string_view word) {
  const RuleText texts = text_of(word);
  return {{"id", word},
          {"shortDescription", text(texts.brief)},
          {"fullDescription", text(texts.full)},
          {"help", text(fmt::format("{}\n\nactorsim explain {}", texts.full, word))}};
}

// ---- places ----

bool is_file(std::string_view name) { return !name.empty() && name.front() != '<'; }  // `<stdin>`, `<ask>`

// A path as part of a URI: RFC 3986, with the slashes left.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  std::string uri = path.substr(0, 1) == "/" ? "file://" : "";
  while (path.substr(0, 2) == "./") path.remove_prefix(2);
  for (const char character : path) {
    const auto byte = static_cast<unsigned char>(character);
    const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= 'a' && byte <= 'z') || kPlain.find(character) != std::string_view::npos;
    uri += is_plain ? std::string(1, character) : fmt::format("%{:02X}", byte);
  }
  return uri;
}

// Columns are counted in characters there, in bytes here.
class Columns {
 public:
  explicit Columns(const Report& report) : report_(report) {}

  Json region(std::string_view file, const Span& span) {
    const std::string_view line = line_of(file, span.line);
    const std::size_t begin = span.column - 1;
    const std::size_t end = begin + std::max<std::uint32_t>(1, span.length);
    return {{"startLine", span.line}, {"startColumn", column(line, begin)}, {"endColumn", column(line, end)}};
  }

 private:
  // Empty where the text of the file is not known.
  std::string_view line_of(std::string_view file, std::uint32_t line) {
    const Source* source = report_.find_source(file);
    if (source == nullptr) return {};
    if (source != indexed_) index(*source);
    if (line == 0 || line > starts_.size()) return {};
    const std::size_t start = starts_[line - 1];
    const std::size_t end = line < starts_.size() ? starts_[line] - 1 : source->text.size();
    return std::string_view(source->text).substr(start, end - start);
  }

  void index(const Source& source) {
    indexed_ = &source;
    starts_ = {0};
    for (std::size_t i = 0; i < source.text.size(); ++i) {
      if (source.text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  // From 1.
  static std::size_t column(std::string_view line, std::size_t bytes) {
    std::size_t characters = 0, i = 0;
    for (; i < std::min(bytes, line.size()); ++characters) i += decode_utf8(line, i).length;
    return characters + (bytes > i ? bytes - i : 0) + 1;
  }

  const Report& report_;
  const Source* indexed_ = nullptr;
  std::vector<std::size_t> starts_;  // of the lines of `indexed_`
};

Json location_of(std::string_view file, const Span& span, Columns& columns) {
  Json location = Json::object();
  if (!is_file(file)) return location;
  Json& physical = location["physicalLocation"];
  physical["artifactLocation"] = {{"uri", uri_of(file)}};
  if (file.front() != '/') physical["artifactLocation"]["uriBaseId"] = "%SRCROOT%";
  if (span.line > 0) physical["region"] = columns.region(file, span);
  return location;
}

// ---- results ----

std::string call_text(const CallRecord& call) {
  const std::string target = call.actor + "." + call.method;
  return fmt::format("call {}: {}{}, {}", std::uint64_t{call.serial} + 1, target,
                     call.label == target ? "" : " (" + call.label + ")", to_word(call.outcome));
}

Json flow_of(const Run& run, std::string_view file, Columns& columns) {
  Json places = Json::array();
  for (const CallRecord& call : run.calls) {
    if (places.size() == kMostFlow) break;
    if (call.span.line == 0) continue;
    Json place = location_of(file, call.span, columns);
    place["message"] = text(call_text(call));
    places.push_back({{"location", std::move(place)}});
  }
  return places;
}

Json related_of(const Run& run, std::string_view file, Columns& columns) {
  Json places = Json::array();
  for (const DeadlockCycle& cycle : run.deadlocks) {
    for (const DeadlockCycle::Hop& hop : cycle.hops) {
      const CallRecord* call = run.find(hop.call);
      if (call == nullptr || call->span.line == 0 || places.size() == kMostFlow) continue;
      Json place = location_of(file, call->span, columns);
      place["id"] = places.size() + 1;
      place["message"] = text(fmt::format("call {} waits for {}", std::uint64_t{hop.call} + 1,
                                          hop.waits_for_lock ? "the lock of " + call->actor : "an answer"));
      places.push_back(std::move(place));
    }
  }
  return places;
}

std::string message_of(const Finding& finding) {
  std::string message;
  if (finding.entry != nullptr) message = case_title(*finding.entry) + ": ";
  message += finding.message + ".";
  if (!finding.headline().empty()) message += fmt::format(" {}.", finding.headline());
  for (const std::string& sentence : finding.why()) message += " " + sentence;
  for (const std::string& way : finding.fix()) message += fmt::format("\nFix: {}.", way);
  if (!finding.help.empty()) message += fmt::format("\nHelp: {}.", finding.help);
  if (finding.replay != nullptr && !finding.replay->command.empty())
    message += fmt::format("\nReplay: {}", finding.replay->command);
  return message;
}

// The same finding in another run of the tool, also where lines have moved.
std::string fingerprint_of(const Finding& finding) {
  if (finding.entry == nullptr) return fmt::format("{}: {}: {}", finding.file, finding.rule, finding.message);
  return fmt::format("{}: {}: {}", finding.file, case_title(*finding.entry), finding.message);
}

Json result_of(const Finding& finding, std::size_t rule, Columns& columns) {
  Json result{{"ruleId", finding.rule},
              {"ruleIndex", rule},
              {"level", to_word(finding.severity)},
              {"message", text(message_of(finding))}};
  Json location = location_of(finding.file, finding.span, columns);
  if (finding.entry != nullptr) location["logicalLocations"] = Json::array({{{"name", case_title(*finding.entry)}}});
  result["locations"] = location.empty() ? Json::array() : Json::array({std::move(location)});
  result["partialFingerprints"] = {{"finding/v1", printable(fingerprint_of(finding))}};
  const Run* run = finding.run();
  if (run == nullptr || !is_file(finding.file)) return result;
  if (Json related = related_of(*run, finding.file, columns); !related.empty())
    result["relatedLocations"] = std::move(related);
  if (Json flow = flow_of(*run, finding.file, columns); !flow.empty())
    result["codeFlows"] = Json::array({{{"threadFlows", Json::array({{{"locations", std::move(flow)}}})}}});
  return result;
}

// ---- the log ----

void write_value(std::ostream& out, const Json& value, std::size_t indent) {
  out << indent_json(value.dump(2, ' ', false, Json::error_handler_t::replace), indent);
}

Json tool_of(const std::vector<std::string_view>& rules) {
  Json described = Json::array();
  for (const std::string_view rule : rules) described.push_back(rule_of(rule));
  return {{"driver", {{"name", "actorsim"}, {"semanticVersion", version()}, {"rules", std::move(described)}}}};
}

}  // namespace

void write_sarif(std::ostream& out, const Report& report, const ReportOptions&) {
  const std::vector<Finding> findings = all_findings(report);
  std::set<std::string_view> occurring;
  for (const Finding& finding : findings) occurring.insert(finding.rule);
  const std::vector<std::string_view> rules(occurring.begin(), occurring.end());
  out << "{\n  \"$schema\": \"" << kSchema << "\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n      \"tool\": ";
  write_value(out, tool_of(rules), 6);
  out << ",\n      \"columnKind\": \"unicodeCodePoints\",\n      \"originalUriBaseIds\": {\"%SRCROOT%\": {}},\n";
  out << "      \"invocations\": [{\"executionSuccessful\": " << (report.status() == Status::error ? "false" : "true")
      << "}],\n      \"results\": [";
  std::string_view before = "\n        ";
  Columns columns(report);
  for (const Finding& finding : findings) {  // one by one: a run may have thousands of calls
    const auto rule =
        static_cast<std::size_t>(std::lower_bound(rules.begin(), rules.end(), finding.rule) - rules.begin());
    out << before;
    write_value(out, result_of(finding, rule, columns), 8);
    before = ",\n        ";
  }
  out << (findings.empty() ? "" : "\n      ") << "]\n    }\n  ]\n}\n";
}

}  // namespace actorsim
