// Escaping, and keeping tags in pairs.
#include "actorsim/report/escape/xml.h"

#include <array>
#include <ostream>

#include "actorsim/base/check.h"
#include "actorsim/report/escape/safe_text.h"

namespace actorsim {
namespace {

constexpr std::array<Replacement, 5> kMarkup{{
    {'&', "&amp;"},
    {'<', "&lt;"},
    {'>', "&gt;"},  // also in `]]>`
    {'"', "&quot;"},
    {'\'', "&#39;"},
}};

// A line end in an attribute's value would be read as a blank.
std::string attribute_text(std::string_view value) {
  constexpr std::array<Replacement, 1> kLineEnd{{{'\n', "&#10;"}}};
  return replace(xml_text(value), kLineEnd);
}

}  // namespace

std::string xml_text(std::string_view text) { return replace(printable_lines(text), kMarkup); }

void XmlWriter::declaration() {
  out_ << R"(<?xml version="1.0" encoding="UTF-8"?>)";
  has_begun_ = true;
}

void XmlWriter::new_line(std::size_t depth) {
  if (has_begun_) out_ << '\n' << std::string(depth * indent_, ' ');
  has_begun_ = true;
}

void XmlWriter::begin_content() {
  if (open_.empty() || open_.back().has_content) return;
  out_ << '>';
  open_.back().has_content = true;
}

XmlWriter& XmlWriter::open(std::string_view name) {
  begin_content();
  if (!open_.empty()) open_.back().has_elements = true;
  new_line(open_.size());
  out_ << '<' << name;
  open_.push_back({std::string(name)});
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  ACTORSIM_CHECK(!open_.empty() && !open_.back().has_content);
  out_ << ' ' << name << "=\"" << attribute_text(value) << '"';
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::uint64_t value) {
  return attribute(name, std::to_string(value));
}

XmlWriter& XmlWriter::text(std::string_view text) {
  ACTORSIM_CHECK(!open_.empty());
  begin_content();
  out_ << xml_text(text);
  return *this;
}

XmlWriter& XmlWriter::style(std::string_view own) {
  ACTORSIM_CHECK(!open_.empty() && own.find_first_of("<&") == std::string_view::npos);
  begin_content();
  out_ << own;
  return *this;
}

XmlWriter& XmlWriter::close() {
  ACTORSIM_CHECK(!open_.empty());
  const Open element = open_.back();
  open_.pop_back();
  if (!element.has_content) {
    out_ << "/>";
  } else {
    if (element.has_elements) new_line(open_.size());
    out_ << "</" << element.name << '>';
  }
  if (open_.empty()) out_ << '\n';
  return *this;
}

void XmlWriter::element(std::string_view name, std::string_view text) { open(name).text(text).close(); }

}  // namespace actorsim
