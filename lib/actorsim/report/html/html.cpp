// The template is cut at its marks, and what belongs there is written between the pieces.
#include "actorsim/report/html/html.h"

#include <ostream>

#include <fmt/format.h>

#include "actorsim/base/check.h"
#include "actorsim/report/escape/script.h"
#include "actorsim/report/escape/xml.h"
#include "actorsim/report/html/assets.h"
#include "actorsim/report/html/json_film.h"
#include "actorsim/report/html/json_graph.h"
#include "actorsim/report/html/json_index.h"
#include "actorsim/report/html/page_case.h"
#include "actorsim/report/html/policy.h"

namespace actorsim {
namespace {

void write_block(std::ostream& out, const std::string& name, const std::string& json) {
  out << "<script type=\"application/json\" id=\"" << name << "\">" << json_in_script(json) << "</script>\n";
}

// Each block by itself, so that the page reads a film when it is opened, and all of them never stand in memory here.
void write_data(std::ostream& out, const PageIndex& index) {
  write_block(out, "index", index_json(index));
  const std::vector<PageCase>& cases = *index.cases;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (std::size_t film = 0; film < cases[i].films.size(); ++film) {
      const Run& run = *cases[i].films[film].run;
      if (run.film) write_block(out, film_block(i, film), film_json(run));
    }
    if (cases[i].graph != nullptr) write_block(out, graph_block(i), graph_json(*cases[i].graph));
  }
  for (std::size_t i = 0; i < index.sources->size(); ++i) {
    const Source& source = (*index.sources)[i];
    if (is_shown(source)) write_block(out, source_block(i), source_json(source));
  }
}

void write_page(std::ostream& out, const PageIndex& index) {
  std::string_view rest = html_page();
  for (std::size_t begin = rest.find("{{"); begin != std::string_view::npos; begin = rest.find("{{")) {
    const std::size_t end = rest.find("}}", begin);
    ACTORSIM_CHECK(end != std::string_view::npos);
    const std::string_view mark = rest.substr(begin + 2, end - begin - 2);
    out << rest.substr(0, begin);
    if (mark == "policy") out << xml_text(page_policy(html_style_hash(), html_script_hash()));
    if (mark == "title") out << xml_text(index.title);
    if (mark == "style") out << html_style();
    if (mark == "data") write_data(out, index);
    if (mark == "script") out << html_script();
    rest.remove_prefix(end + 2);
  }
  out << rest;
}

template <typename AnyReport>
void write_any(std::ostream& out, const AnyReport& report) {
  std::vector<PageCase> cases;
  for (const auto& entry : report.cases) cases.push_back(page_case(entry));
  PageIndex index;
  index.title = cases.size() == 1 && !cases[0].name.empty() ? cases[0].name : fmt::format("{} cases", cases.size());
  index.status = report.status();
  index.cases = &cases;
  index.sources = &report.sources;
  index.diagnostics = &report.diagnostics;
  write_page(out, index);
}

}  // namespace

void write_html(std::ostream& out, const Report& report) { write_any(out, report); }
void write_html_explored(std::ostream& out, const ExploredReport& report) { write_any(out, report); }

}  // namespace actorsim
