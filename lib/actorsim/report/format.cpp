// The table of formats.
#include "actorsim/report/format.h"

#include "actorsim/report/html/html.h"
#include "actorsim/report/json.h"
#include "actorsim/report/pretty.h"

namespace actorsim {

const std::vector<FormatDescription>& report_formats() {
  static const std::vector<FormatDescription> formats{
      {Format::pretty, "pretty", "for people: a line for each case, failures explained"},
      {Format::json, "json", "for programs: everything, versioned (schema 1)"},
      {Format::html, "html", "a page that plays every case like a film, in one file: --report html=FILE"},
  };
  return formats;
}

std::optional<Format> parse_format(std::string_view name) {
  for (const FormatDescription& description : report_formats()) {
    if (description.name == name) return description.format;
  }
  return std::nullopt;
}

bool shows_films(Format format) { return format == Format::html; }

void write_report(std::ostream& out, Format format, const Report& report, const ReportOptions& options) {
  switch (format) {
    case Format::pretty: return write_pretty(out, report, options);
    case Format::json: return write_json(out, report);
    case Format::html: return write_html(out, report);
  }
}

void write_answers(std::ostream& out, const Report& report, const ReportOptions& options) {
  write_pretty_answers(out, report, options);
}

}  // namespace actorsim
