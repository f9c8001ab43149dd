// Formats that are read as a whole: JSON by nlohmann, XML by expat, and the page by what is foreign in it.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>

#include <expat.h>
#include <nlohmann/json.hpp>

#include "fuzz/support/fuzz.h"
#include "fuzz/support/report_readers.h"

namespace actorsim::fuzz {
namespace {

using Json = nlohmann::json;

// nlohmann's own parser takes the last of several keys.
Json json_of(const std::string& text, std::string_view what) {
  std::vector<std::set<std::string>> open;
  const auto look = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
      fail(std::string(what) + " has the key " + value.dump() + " twice");
    return true;
  };
  try {
    return Json::parse(text, look);
  } catch (const Json::exception& error) {
    fail(std::string(what) + " is no JSON: " + error.what() + "\n" + text);
  }
}

void demand_names(const std::vector<std::string>& found, const Expected& expected) {
  demand(found == expected.names, "the cases have other names than in their file");
}

// ---- JUnit ----------------------------------------------------------------------------------------------------------

// What the schemas of Jenkins (junit-4 to junit-10) and of Maven Surefire 3 have in common.
struct Element {
  std::set<std::string> needed, allowed;
  std::vector<std::string> children;  // in their order
};

const std::map<std::string, Element>& junit() {
  static const std::map<std::string, Element> elements{
      {"testsuites", {{"name", "tests", "failures", "errors", "time"}, {}, {"testsuite"}}},
      {"testsuite", {{"name", "tests", "failures", "errors", "skipped", "time"}, {}, {"testcase"}}},
      {"testcase", {{"name", "classname", "time"}, {}, {"failure", "skipped", "error"}}},
      {"failure", {{"type"}, {"message"}, {}}},
      {"error", {{"type"}, {"message"}, {}}},
      {"skipped", {{}, {}, {}}},
  };
  return elements;
}

class JunitReader {
 public:
  JunitReader() : parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &begin, &end);
    XML_SetCharacterDataHandler(parser_, &characters);
  }
  ~JunitReader() { XML_ParserFree(parser_); }
  JunitReader(const JunitReader&) = delete;
  JunitReader& operator=(const JunitReader&) = delete;

  void read(const std::string& text) {
    if (XML_Parse(parser_, text.data(), static_cast<int>(text.size()), XML_TRUE) == XML_STATUS_OK) return;
    fail(std::string("a JUnit report is no XML: ") + XML_ErrorString(XML_GetErrorCode(parser_)) + "\n" + text);
  }

  std::size_t cases() const { return cases_; }

 private:
  struct Open {
    std::string name;
    std::size_t child = 0;               // the furthest in its order
    std::map<std::string, long> wanted;  // what its attributes count
    std::map<std::string, long> found;
  };

  static JunitReader& of(void* self) { return *static_cast<JunitReader*>(self); }

  static void begin(void* self, const XML_Char* name, const XML_Char** attributes) { of(self).open(name, attributes); }
  static void end(void* self, const XML_Char*) { of(self).close(); }
  static void characters(void* self, const XML_Char* text, int length) {
    of(self).see({text, static_cast<std::size_t>(length)});
  }

  void open(const std::string& name, const XML_Char** attributes) {
    const auto element = junit().find(name);
    if (element == junit().end()) fail("a JUnit report has an element " + name);
    if (open_.empty()) demand(name == "testsuites", "a JUnit report begins with " + name);
    if (!open_.empty()) place(name);
    Open entry{name, 0, {}, {}};
    std::set<std::string> seen;
    for (; *attributes != nullptr; attributes += 2) {
      const std::string key = attributes[0];
      const std::string value = attributes[1];
      seen.insert(key);
      demand(element->second.needed.count(key) + element->second.allowed.count(key) > 0, name + " has " + key);
      if (key == "tests" || key == "failures" || key == "errors" || key == "skipped") entry.wanted[key] = number(value);
      demand_printable(value, "an attribute");
    }
    for (const std::string& key : element->second.needed) demand(seen.count(key) > 0, name + " lacks " + key);
    open_.push_back(std::move(entry));
    if (name == "testcase") ++cases_;
    count(name);
  }

  void place(const std::string& name) {
    const std::vector<std::string>& children = junit().at(open_.back().name).children;
    const auto found = std::find(children.begin(), children.end(), name);
    demand(found != children.end(), open_.back().name + " holds " + name);
    const auto position = static_cast<std::size_t>(found - children.begin());
    demand(position >= open_.back().child, open_.back().name + " holds " + name + " too late");
    open_.back().child = position;
  }

  void count(const std::string& name) {
    static const std::map<std::string, std::string> kCounted{
        {"testcase", "tests"}, {"failure", "failures"}, {"error", "errors"}, {"skipped", "skipped"}};
    const auto counted = kCounted.find(name);
    if (counted == kCounted.end()) return;
    for (Open& entry : open_) ++entry.found[counted->second];
  }

  void close() {
    for (const auto& [key, wanted] : open_.back().wanted)
      demand(open_.back().found[key] == wanted, open_.back().name + " counts its " + key + " wrong");
    open_.pop_back();
  }

  void see(const std::string& text) const {
    demand_printable(text, "the text of an element");
    const bool is_blank = text.find_first_not_of(" \n") == std::string::npos;
    demand(is_blank || junit().at(open_.back().name).children.empty(), open_.back().name + " has text");
  }

  static long number(const std::string& text) {
    demand(!text.empty() && text.find_first_not_of("0123456789") == std::string::npos, "is no number: " + text);
    return std::stol(text);
  }

  XML_Parser parser_;
  std::vector<Open> open_;
  std::size_t cases_ = 0;
};

// ---- pictures -------------------------------------------------------------------------------------------------------

void look_at_element(void*, const XML_Char* name, const XML_Char** attributes) {
  for (const std::string_view active : {"script", "foreignObject", "iframe", "image", "use", "animate", "set"})
    demand(name != active, "a picture has an element " + std::string(active));
  for (; *attributes != nullptr; attributes += 2) {
    const std::string_view key = attributes[0];
    demand(key.substr(0, 2) != "on" && key.find("href") == std::string_view::npos,
           "a picture has an attribute " + std::string(key));
  }
}

// ---- the page -------------------------------------------------------------------------------------------------------

constexpr std::string_view kDataBegin = "<script type=\"application/json\" id=\"";

// Text in which nothing means anything to HTML.
void demand_escaped(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kEntities{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  for (std::size_t at = 0; at < text.size(); ++at) {
    demand(text[at] != '<' && text[at] != '>', "a title has markup in it");
    if (text[at] != '&') continue;
    const auto begins = [&](std::string_view entity) { return text.substr(at, entity.size()) == entity; };
    demand(std::any_of(kEntities.begin(), kEntities.end(), begins), "a title has an entity of its own");
  }
}

// What is left of a page without its title and its data, which are looked at here.
std::string frame_of(const std::string& page) {
  std::string frame;
  std::string_view rest = page;
  const std::size_t title = rest.find("<title>") + 7;
  const std::size_t title_end = rest.find("</title>");
  demand(title_end != std::string_view::npos && title <= title_end, "a page has no title");
  demand_escaped(rest.substr(title, title_end - title));
  frame += rest.substr(0, title);
  rest.remove_prefix(title_end);
  for (std::size_t at = rest.find(kDataBegin); at != std::string_view::npos; at = rest.find(kDataBegin)) {
    frame += rest.substr(0, at);
    rest.remove_prefix(at + kDataBegin.size());
    const std::size_t begin = rest.find("\">");
    const std::size_t end = rest.find("</script>\n");
    demand(begin != std::string_view::npos && end != std::string_view::npos && begin < end, "a block does not end");
    demand(rest.substr(0, begin).find_first_not_of("abcdefghijklmnopqrstuvwxyz-0123456789") == std::string_view::npos,
           "a block has an odd name");
    const std::string data(rest.substr(begin + 2, end - begin - 2));
    demand(data.find_first_of("<>&") == std::string::npos, "a block of data has markup in it");
    json_of(data, "a block of a page");
    rest.remove_prefix(end + 10);
  }
  return frame + std::string(rest);
}

std::string empty_page() {
  std::ostringstream out;
  write_report(out, Format::html, Report{});
  return out.str();
}

}  // namespace

void read_svg(const std::string& text) {
  const XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetStartElementHandler(parser, &look_at_element);
  if (XML_Parse(parser, text.data(), static_cast<int>(text.size()), XML_TRUE) != XML_STATUS_OK)
    fail(std::string("a picture is no XML: ") + XML_ErrorString(XML_GetErrorCode(parser)) + "\n" + text);
  XML_ParserFree(parser);
}

void demand_json(const std::string& text) { json_of(text, "a text"); }

void read_json(const std::string& text, const Expected& expected) {
  const Json report = json_of(text, "a JSON report");
  std::vector<std::string> names;
  for (const Json& entry : report.at("cases")) names.push_back(entry.at("name").get<std::string>());
  demand_names(names, expected);
}

void read_jsonl(const std::string& text, const Expected& expected) {
  std::istringstream lines(text);
  std::vector<std::string> names;
  std::string kinds;  // a letter for each line
  for (std::string line; std::getline(lines, line);) {
    const Json entry = json_of(line, "a line of JSON Lines");
    const auto type = entry.at("type").get<std::string>();
    demand(type == "case" || type == "diagnostic" || type == "summary", "a line is of the type " + type);
    kinds += type.front();
    if (type == "case") names.push_back(entry.at("name").get<std::string>());
    if (type == "summary") demand(entry.at("summary").at("cases") == names.size(), "the summary counts other cases");
  }
  demand(kinds == std::string(names.size(), 'c') + std::string(kinds.size() - names.size() - 1, 'd') + "s",
         "lines come as " + kinds);
  demand_names(names, expected);
}

void read_sarif(const std::string& text, const Expected&) {
  const Json run = json_of(text, "a SARIF log").at("runs").at(0);
  const Json& rules = run.at("tool").at("driver").at("rules");
  std::set<std::string> ids;
  for (const Json& rule : rules) demand(ids.insert(rule.at("id")).second, "a rule stands twice");
  for (const Json& result : run.at("results")) {
    demand(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"),
           "a result has the index of another rule");
    const auto message = result.at("message").at("text").get<std::string>();
    demand_printable(message, "a message");
    for (std::size_t at = message.find("]("); at != std::string::npos; at = message.find("](", at + 1))
      demand(at > 0 && message[at - 1] == '\\', "a message has a link in it");
  }
}

void read_junit(const std::string& text, const Expected& expected) {
  JunitReader reader;
  reader.read(text);
  demand(reader.cases() == expected.names.size(), "a JUnit report has other cases");
}

// Whatever a scenario says stands in the data and in the title; all the rest is the page's own.
void read_html(const std::string& text, const Expected&) {
  static const std::string frame = frame_of(empty_page());
  demand(frame_of(text) == frame, "something foreign stands in the page itself");
}

}  // namespace actorsim::fuzz
