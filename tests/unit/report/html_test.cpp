// The page's data, its words, and how text gets into it.
#include "actorsim/report/html/html.h"

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "actorsim/explore/film.h"
#include "actorsim/report/escape/script.h"
#include "actorsim/report/html/assets.h"
#include "actorsim/report/html/json_film.h"
#include "actorsim/report/html/json_graph.h"
#include "actorsim/report/html/phrases.h"
#include "actorsim/report/html/policy.h"
#include "actorsim/report/json/json_state_graph.h"
#include "support/catch.h"
#include "support/run_text.h"
#include "unit/report/ran.h"

namespace {

using namespace actorsim;
using nlohmann::json;

CaseReport filmed_case(const std::string& text, const std::string& name = "test.yaml") {
  CaseReport report = run_text(text, name);
  RunOptions options;
  options.wants_film = true;
  report.run->film = testing::run_text(text, {}, options).run.film;
  return report;
}

std::string page_of(Report report) {
  std::ostringstream out;
  write_html(out, report);
  return out.str();
}

std::string page_of(CaseReport entry) {
  Report report;
  report.cases.push_back(std::move(entry));
  return page_of(std::move(report));
}

// The text of a block of data, as a browser would find it: up to the first end tag.
std::string block_of(const std::string& page, const std::string& id) {
  const std::string start = "<script type=\"application/json\" id=\"" + id + "\">";
  const std::size_t begin = page.find(start);
  if (begin == std::string::npos) return "";
  return page.substr(begin + start.size(), page.find("</script", begin) - begin - start.size());
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string content_of(const std::string& file) {
  std::ifstream stream(std::string(ACTORSIM_REPOSITORY) + "/lib/actorsim/report/html/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

// ---- escaping -------------------------------------------------------------------------------------------------------

TEST_CASE("JSON for a script element cannot end it, begin a comment, or turn the direction of writing") {
  const std::string hostile =
      "</script><!-- & ]]> \xe2\x80\xa8 \xe2\x80\xa9 \xe2\x80\xae \xf3\xa0\x80\x81 ä \xf0\x9f\x98\x80";
  const std::string escaped = json_in_script(json(hostile).dump());
  CHECK(escaped ==
        "\"\\u003c/script\\u003e\\u003c!-- \\u0026 ]]\\u003e \\u2028 \\u2029 \\u202e \\udb40\\udc01 ä "
        "\xf0\x9f\x98\x80\"");
  CHECK(json::parse(escaped) == hostile);
}

TEST_CASE("a policy names hashes in base64") {
  CHECK(policy_hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") ==
        "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  CHECK(policy_hash("ff") == "sha256-/w==");
  CHECK(policy_hash("ffff") == "sha256-//8=");
  CHECK(policy_hash("ffffff") == "sha256-////");
}

TEST_CASE("names that want to be markup stay data in the page") {
  const std::string name = "</script><script>alert(1)</script><!--";
  CaseReport entry = filmed_case("name: " + json(name).dump() + "\nactors: {A: {m: []}}\nstart: [{call: A/1.m, as: " +
                                     json("<b>\xe2\x80\xae" + name).dump() + "}]\n",
                                 "<i>.yaml");
  Report report;
  report.cases.push_back(std::move(entry));
  report.sources.push_back({"<i>.yaml", "name: " + name + "\n"});
  const std::string page = page_of(std::move(report));
  CHECK(count(page, "alert(1)") == count(page, "\\u003cscript\\u003ealert(1)") + 1);  // and the title
  CHECK(page.find("<title>&lt;/script&gt;&lt;script&gt;alert(1)") != std::string::npos);
  CHECK(count(page, "<script") == count(page, "</script>"));
  CHECK(page.find("\xe2\x80\xae") == std::string::npos);
  const json index = json::parse(block_of(page, "index"));
  CHECK(index["cases"][0]["name"] == name);
  CHECK(index["cases"][0]["file"] == "<i>.yaml");
  const json film = json::parse(block_of(page, "film-0-0"));
  CHECK(film["labels"][0] == "<b>\\u202e" + name);
  CHECK(json::parse(block_of(page, "source-0"))[0] == "name: " + name);
}

// ---- the page -------------------------------------------------------------------------------------------------------

TEST_CASE("the page allows its own style and script by their hashes, and nothing else") {
  const std::string page = page_of(filmed_case("chains: [A -> B]\n"));
  const std::string policy = "default-src &#39;none&#39;; style-src &#39;" + policy_hash(html_style_hash()) +
                             "&#39;; script-src &#39;" + policy_hash(html_script_hash()) + "&#39;;";
  CHECK(page.find(policy) != std::string::npos);
  CHECK(page.find("<style>" + std::string(html_style()) + "</style>") != std::string::npos);
  CHECK(page.find("<script>" + std::string(html_script()) + "</script>") != std::string::npos);
  CHECK(page.find("{{") == std::string::npos);
  CHECK(std::regex_search(page, std::regex("\\s(style|on[a-z]+)=\"")) == false);
  CHECK(count(page, "http") - count(std::string(html_script()), "http") == 1);  // http-equiv
  CHECK(count(std::string(html_script()), "http") == 1);                        // the name of SVG
}

TEST_CASE("what the program carries is what stands in the files of the page") {
  CHECK(html_page() == content_of("page.html"));
  for (const char* file : {"base.css", "film.css", "game.css", "layout.css", "panels.css"})
    CHECK(html_style().find(content_of(file)) != std::string_view::npos);
  for (const char* file : {"film.js", "game.js", "lanes.js", "main.js", "waits.js"})
    CHECK(html_script().find(content_of(file)) != std::string_view::npos);
  CHECK(html_script().find("film.js") == std::string_view::npos);
}

TEST_CASE("a case that was not run has no film, and stands in the page all the same") {
  CaseReport broken;
  broken.file = "broken.yaml";
  broken.status = Status::error;
  const json index = json::parse(block_of(page_of(std::move(broken)), "index"));
  CHECK(index["cases"][0]["status"] == "error");
  CHECK(index["cases"][0]["films"].empty());
  CHECK(index["cases"][0]["source"].is_null());
}

TEST_CASE("the same report gives the same page") {
  const std::string text = "chains: [A -> B -> A, B -> A]\n";
  CHECK(page_of(filmed_case(text)) == page_of(filmed_case(text)));
}

// ---- a film ---------------------------------------------------------------------------------------------------------

TEST_CASE("a film is rows of numbers") {
  const CaseReport entry = filmed_case("config: {reentrancy: {enabled: true}}\nchains: [A -> B, B.x -> A]\n");
  const json film = json::parse(film_json(*entry.run));
  CHECK(film["actors"] == json({"A/1", "B/1"}));
  CHECK(film["methods"] == json({"m1", "x", "m2"}));
  CHECK(film["ids"] == json({"r1", "r2"}));
  CHECK(film["labels"].empty());
  CHECK(film["choices"] == json({"t1", "t2"}));
  CHECK(film["locks"] == json({{0, 1, 32}, {1, 1, 32}}));
  const json calls = film["calls"];
  REQUIRE(calls.size() == 4);
  CHECK(calls[0] == json({-1, 0, 0, -1, 0, 0, 0, 3, 10, 0, 1, 0}));
  CHECK(calls[2] == json({-1, 1, 2, 0, 0, 0, 0, 3, 3, 0, 0, 1}));
  CHECK(film["times"] == json({0, 0, 0, 0, 0}));
  const json frames = film["frames"];
  REQUIRE(frames.size() == 5);
  CHECK(frames[0] == json({0, -1, 0, {{0, 0, 1}}, {{0, 0, 0, 1, {0}}}}));
  CHECK(frames[2] == json({1, 0, 0, {{2, 2, 1, 1}}, {json({1, 0, 1, 1, {1}, json::array(), {0, 2}})}}));
  CHECK(frames[4] == json({6, -1, -1, {{11, 2}, {11, 3}}, json::array()}));
  CHECK(
      film["circles"] ==
      json({{{"calls", {{2, 1}, {1, 0}, {3, 1}, {0, 0}}}, {"actors", {"B/1", "A/1"}}, {"closed", 3}, {"broken", -1}}}));
}

TEST_CASE("a film ends before the first call that is not kept") {
  const std::string text = "actors: {A: {m: []}}\nstart: [{call: A/1.m, count: 10, every: 1ms, as: $i}]\n";
  RunOptions options;
  options.wants_film = true;
  options.kept_calls = 3;
  options.wanted_labels = {"7"};
  const json film = json::parse(film_json(testing::run_text(text, {}, options).run));
  CHECK(film["calls"].size() == 3);
  CHECK(film["frames"].size() == 6);
  CHECK(film["left_out"] == 14);
}

// ---- a graph --------------------------------------------------------------------------------------------------------

TEST_CASE("a graph in the page says the same as its long form, in less room") {
  const Program program = compile(testing::load_text("chains: [A -> B, B -> A]\n"), "test.yaml");
  auto graph = build_state_graph(program);
  REQUIRE(graph);
  REQUIRE(*graph);
  const std::string text = graph_json(**graph), long_text = state_graph_json(**graph);
  CHECK(text.size() < long_text.size());
  const json small = json::parse(text), large = json::parse(long_text);
  REQUIRE(small["states"].size() == large["states"].size());
  for (std::size_t i = 0; i < small["states"].size(); ++i) {
    json state = small["states"][i];
    for (const char* list : {"blocked", "locks"}) {
      for (json& entry : state[list]) entry = small[list][entry.get<std::size_t>()];
    }
    state["prospects"] = small["prospects"][state["prospects"].get<std::size_t>()];
    CHECK(state == large["states"][i]);
  }
}

TEST_CASE("a graph without a choice is not shown") {
  const auto graph_of = [](const std::string& text) {
    return *build_state_graph(compile(testing::load_text(text), "test.yaml"));
  };
  CHECK_FALSE(leaves_a_choice(*graph_of("chains: [A -> B -> A]\n")));
  CHECK(leaves_a_choice(*graph_of("chains: [A, B]\n")));
}

// ---- words ----------------------------------------------------------------------------------------------------------

TEST_CASE("every phrase has a name of its own, and only marks that the page knows") {
  const std::set<std::string> known{"from", "calls", "call", "actor", "other", "depth", "limit", "id", "outcome"};
  std::set<std::string_view> names;
  static const std::regex kMark("\\{([^}]*)\\}");
  for (const Phrase& phrase : phrases()) {
    CHECK(names.insert(phrase.name).second);
    CHECK_FALSE(phrase.say.empty());
    for (const std::string& text : {std::string(phrase.say), std::string(phrase.why)}) {
      for (std::sregex_iterator mark(text.begin(), text.end(), kMark); mark != std::sregex_iterator(); ++mark)
        CHECK(known.count((*mark)[1]) == 1);
    }
  }
}

TEST_CASE("there are words for everything that a film can tell") {
  std::set<std::string> names;
  for (const Phrase& phrase : phrases()) names.insert(std::string(phrase.name));
  const json words = json::parse(block_of(page_of(filmed_case("chains: [A]\n")), "index"))["words"];
  CHECK(words["whats"].size() == static_cast<std::size_t>(Film::What::stranded) + 1);
  CHECK(words["reasons"].size() == static_cast<std::size_t>(Film::Reason::nobody_inside) + 1);
  CHECK(words["movers"].size() == static_cast<std::size_t>(Film::Mover::nobody) + 1);
  CHECK(words["starters"].size() == static_cast<std::size_t>(Starter::deactivation) + 1);
  for (const std::string what : words["whats"]) {
    if (what != "waits") CHECK(names.count(what) == 1);
  }
  for (const std::string reason : words["reasons"]) {
    if (!reason.empty()) CHECK(names.count("waits." + reason) == 1);
  }
  for (const std::string mover : words["movers"]) CHECK(names.count("nothing." + mover) == 1);
  for (const Outcome outcome : {Outcome::exceeded, Outcome::closed, Outcome::not_hosted, Outcome::timed_out,
                                Outcome::cancelled, Outcome::failed})
    CHECK(names.count("ended-badly." + std::string(to_word(outcome))) == 1);
}
