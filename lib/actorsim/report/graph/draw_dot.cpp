// Graphviz does the layout; colors are legible on light and on dark paper.
#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/escape/dot.h"
#include "actorsim/report/graph/picture.h"

namespace actorsim {
namespace {

constexpr std::string_view kMarked = "#d1242f";
constexpr std::string_view kPlain = "#57606a";

std::string_view shape_of(Picture::CardKind kind) {
  switch (kind) {
    case Picture::CardKind::outside:
    case Picture::CardKind::actor: return "box";
    case Picture::CardKind::call: return "box";
    case Picture::CardKind::lock: return "octagon";
  }
  return "box";
}

// Cards with several rows, or that stand for somebody, are clusters; others are one node.
bool is_cluster(const Picture::Card& card) {
  return card.kind == Picture::CardKind::actor || card.kind == Picture::CardKind::outside;
}

std::string node_of(const Picture& picture, const Picture::End& end) {
  if (!is_cluster(picture.cards[end.card])) return fmt::format("n{}", end.card);
  return fmt::format("n{}_{}", end.card, end.row == Picture::kNoRow ? 0 : end.row);
}

std::string heading_of(const Picture::Card& card) {
  std::string text = card.title;
  if (!card.note.empty()) text += "\n" + card.note;
  return text;
}

std::string paint_of(bool is_marked) {
  return is_marked ? fmt::format(", color=\"{0}\", fontcolor=\"{0}\", penwidth=2.5", kMarked) : "";
}

void draw_cluster(std::ostream& out, const Picture::Card& card, std::size_t index) {
  out << fmt::format("  subgraph cluster_{} {{\n    label={}\n    style=rounded\n", index,
                     dot_quoted(heading_of(card)));
  if (card.kind == Picture::CardKind::outside) out << "    style=\"rounded,dashed\"\n";
  for (std::size_t row = 0; row < card.rows.size(); ++row)
    out << fmt::format("    n{}_{} [label={}, tooltip={}]\n", index, row, dot_quoted(card.rows[row].text),
                       dot_quoted(card.title + "." + card.rows[row].text));
  out << "  }\n";
}

void draw_node(std::ostream& out, const Picture::Card& card, std::size_t index) {
  std::string text = heading_of(card);
  for (const Picture::Row& row : card.rows) text += "\n" + row.text;
  out << fmt::format("  n{} [label={}, shape={}{}]\n", index, dot_quoted(text), shape_of(card.kind),
                     paint_of(card.is_marked));
}

void draw_arrow(std::ostream& out, const Picture& picture, const Picture::Arrow& arrow) {
  out << fmt::format("  {} -> {} [tooltip={}", node_of(picture, arrow.from), node_of(picture, arrow.to),
                     dot_quoted(arrow.tip));
  if (!arrow.label.empty()) out << ", label=" << dot_quoted(arrow.label);
  if (arrow.kind == Picture::ArrowKind::dashed) out << ", style=dashed, arrowhead=open";
  out << paint_of(arrow.is_marked) << "]\n";
}

}  // namespace

void draw_dot(std::ostream& out, const Picture& picture) {
  std::string heading = picture.title;
  if (!picture.caption.empty()) heading += "\n" + picture.caption;
  for (const std::string& note : picture.notes) heading += "\n" + note;
  out << "digraph actorsim {\n  rankdir=LR\n  labelloc=t\n  fontname=\"Helvetica\"\n  label=" << dot_quoted(heading)
      << fmt::format(
             "\n  node [shape=box, style=rounded, fontname=\"Helvetica\", color=\"{0}\"]\n"
             "  edge [fontname=\"Helvetica\", fontsize=10, color=\"{0}\"]\n",
             kPlain);
  for (std::size_t i = 0; i < picture.cards.size(); ++i) {
    if (is_cluster(picture.cards[i])) {
      draw_cluster(out, picture.cards[i], i);
    } else {
      draw_node(out, picture.cards[i], i);
    }
  }
  for (const Picture::Arrow& arrow : picture.arrows) draw_arrow(out, picture, arrow);
  out << "}\n";
}

}  // namespace actorsim
