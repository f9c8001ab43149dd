// Case by case.
#include "actorsim/report/html/json_index.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "actorsim/base/text.h"
#include "actorsim/base/version.h"
#include "actorsim/explore/film.h"
#include "actorsim/report/html/phrases.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestSource = 200'000;  // bytes

std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json texts(const std::vector<std::string>& lines) {
  Json result = Json::array();
  for (const std::string& line : lines) result.push_back(printable(line));
  return result;
}

// In the order of the enumerations that a film's rows are made of.
Json words() {
  Json outcomes = Json::array();
  for (std::size_t i = 0; i < kOutcomeCount; ++i) outcomes.push_back(to_word(static_cast<Outcome>(i)));
  return {
      {"outcomes", std::move(outcomes)},
      {"starters", {"a client", "a reminder", "a timer", "a deactivation"}},
      {"movers", {"trigger", "handler", "retry", "timeout", "deadline", "grant", "nobody"}},
      {"whats",
       {"entered", "re-entered", "waits", "held", "admitted", "answered", "ended-badly", "will-retry", "deactivated",
        "moved", "overlapped", "deadlocked", "stranded"}},
      {"reasons",
       {"", "other-chain", "one-at-a-time", "own-chain-off", "own-chain-lost", "own-chain-beside", "nobody-inside"}}};
}

Json all_phrases() {
  Json result = Json::object();
  for (const Phrase& phrase : phrases()) result[std::string(phrase.name)] = {{"say", phrase.say}, {"why", phrase.why}};
  return result;
}

Json to_json(const PageFilm& film, const std::string& block) {
  const Run& run = *film.run;
  return {{"title", printable(film.title)},
          {"note", film.note},
          {"verdict", to_word(run.verdict)},
          {"headline", printable(film.headline)},
          {"why", texts(film.why)},
          {"fix", texts(film.fix)},
          {"schedule", film.schedule},
          {"command", printable(film.command)},
          {"calls", run.counts.calls},
          {"steps", run.film ? run.film->frames.size() : 0},
          {"block", run.film ? Json(block) : Json(nullptr)}};
}

Json to_json(const PageExpectation& expectation) {
  const ExpectationResult& result = *expectation.result;
  std::string status = result.passed ? "pass" : "fail";
  if (result.is_undecided) status = "inconclusive";
  return {{"text", printable(result.text)},
          {"got", printable(result.got)},
          {"line", result.span.line},
          {"status", status},
          {"film", expectation.film}};
}

Json to_json(const PageCase& entry, std::size_t number, const std::vector<Source>& sources) {
  Json axes = Json::array(), films = Json::array(), expectations = Json::array();
  for (const auto& [axis, value] : entry.axes) axes.push_back(printable(axis + "=" + value));
  for (std::size_t i = 0; i < entry.films.size(); ++i) films.push_back(to_json(entry.films[i], film_block(number, i)));
  for (const PageExpectation& expectation : entry.expectations) expectations.push_back(to_json(expectation));
  const auto source = std::find_if(sources.begin(), sources.end(), [&](const Source& candidate) {
    return candidate.name == entry.file && is_shown(candidate);
  });
  return {{"file", printable(entry.file)},
          {"name", printable(entry.name)},
          {"axes", std::move(axes)},
          {"dapr", printable(entry.dapr)},
          {"setting", printable(entry.setting)},
          {"status", to_word(entry.status)},
          {"verdict", entry.verdict},
          {"headline", printable(entry.headline)},
          {"films", std::move(films)},
          {"expectations", std::move(expectations)},
          {"facts", texts(entry.facts)},
          {"graph", entry.graph != nullptr ? Json(graph_block(number)) : Json(nullptr)},
          {"source", source == sources.end() ? Json(nullptr)
                                             : Json(source_block(static_cast<std::size_t>(source - sources.begin())))}};
}

Json to_json(const Diagnostic& diagnostic) {
  return {{"file", printable(diagnostic.file)},
          {"line", diagnostic.span.line},
          {"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
          {"message", printable(diagnostic.message)},
          {"help", printable(diagnostic.help)}};
}

}  // namespace

std::string film_block(std::size_t number, std::size_t film) { return fmt::format("film-{}-{}", number, film); }
std::string graph_block(std::size_t number) { return fmt::format("graph-{}", number); }
std::string source_block(std::size_t number) { return fmt::format("source-{}", number); }

bool is_shown(const Source& source) { return source.text.size() <= kLongestSource; }

std::string index_json(const PageIndex& index) {
  Json cases = Json::array(), diagnostics = Json::array();
  for (std::size_t i = 0; i < index.cases->size(); ++i) cases.push_back(to_json((*index.cases)[i], i, *index.sources));
  for (const Diagnostic& diagnostic : *index.diagnostics) diagnostics.push_back(to_json(diagnostic));
  return dump(Json{{"actorsim", version()},
                   {"title", index.title},
                   {"status", to_word(index.status)},
                   {"words", words()},
                   {"phrases", all_phrases()},
                   {"cases", std::move(cases)},
                   {"diagnostics", std::move(diagnostics)}});
}

std::string source_json(const Source& source) {
  Json lines = Json::array();
  std::size_t begin = 0;
  while (begin < source.text.size()) {
    const std::size_t end = std::min(source.text.find('\n', begin), source.text.size());
    std::string line = source.text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(printable(line));
    begin = end + 1;
  }
  return dump(lines);
}

}  // namespace actorsim
