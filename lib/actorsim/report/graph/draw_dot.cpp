// Graphviz does the layout; each card is a table with a port for each of its rows.
#include <ostream>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/dot.h"
#include "actorsim/report/graph/picture.h"

namespace actorsim {
namespace {

constexpr std::string_view kMarked = "#d1242f";
constexpr std::string_view kPlain = "#57606a";

std::string_view head_color(Picture::CardKind kind) {
  switch (kind) {
    case Picture::CardKind::outside: return "#eaeef2";
    case Picture::CardKind::actor: return "#ddeafc";
    case Picture::CardKind::call: return "#dff3e4";
    case Picture::CardKind::lock: return "#fff5d6";
  }
  return "";
}

// The card as a whole is joined at its edge.
std::string place_of(const Picture::End& end) {
  return end.row == Picture::kNoRow ? fmt::format("n{}", end.card) : fmt::format("n{}:r{}", end.card, end.row);
}

void draw_card(std::ostream& out, const Picture::Card& card, std::size_t index) {
  out << fmt::format(
      "  n{} [tooltip={}, label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"6\" "
      "color=\"{}\">\n    <tr><td bgcolor=\"{}\"{}><b>{}</b>",
      index, dot_quoted(card.title), card.is_marked ? kMarked : kPlain, head_color(card.kind),
      card.is_marked ? " border=\"2\"" : "", dot_html(card.title));
  if (!card.note.empty()) out << fmt::format("<br/><font point-size=\"10\">{}</font>", dot_html(card.note));
  out << "</td></tr>\n";
  for (std::size_t row = 0; row < card.rows.size(); ++row)
    out << fmt::format("    <tr><td port=\"r{}\" align=\"left\">{}</td></tr>\n", row, dot_html(card.rows[row].text));
  out << "  </table>>]\n";
}

void draw_arrow(std::ostream& out, const Picture::Arrow& arrow) {
  out << fmt::format("  {} -> {} [tooltip={}", place_of(arrow.from), place_of(arrow.to), dot_quoted(arrow.tip));
  if (!arrow.label.empty()) out << ", label=" << dot_quoted(arrow.label);
  if (arrow.kind == Picture::ArrowKind::dashed) out << ", style=dashed, arrowhead=open";
  if (arrow.is_marked) out << fmt::format(", color=\"{0}\", fontcolor=\"{0}\", penwidth=2.5", kMarked);
  out << "]\n";
}

}  // namespace

void draw_dot(std::ostream& out, const Picture& picture) {
  std::string heading = printable(picture.title);
  if (!picture.caption.empty()) heading += "\n" + picture.caption;
  for (const Picture::Note& note : picture.notes) heading += "\n" + note.text;
  out << "digraph actorsim {\n  rankdir=LR\n  ranksep=0.8\n  labelloc=t\n  labeljust=l\n  fontname=\"Helvetica\"\n"
      << "  label=" << dot_quoted_left(heading)
      << fmt::format(
             "\n  node [shape=plain, fontname=\"Helvetica\", fontsize=12]\n"
             "  edge [fontname=\"Helvetica\", fontsize=10, color=\"{}\"]\n",
             kPlain);
  for (std::size_t i = 0; i < picture.cards.size(); ++i) draw_card(out, picture.cards[i], i);
  for (const Picture::Arrow& arrow : picture.arrows) draw_arrow(out, arrow);
  out << "}\n";
}

}  // namespace actorsim
