// A flowchart: a box around the rows of each card, and arrows between the rows.
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/report/escape/mermaid.h"
#include "actorsim/report/graph/picture.h"

namespace actorsim {
namespace {

std::string quoted_label(std::string_view text) { return "\"" + mermaid_text(text) + "\""; }

bool is_group(const Picture::Card& card) {
  return card.kind == Picture::CardKind::actor || card.kind == Picture::CardKind::outside;
}

std::string node_of(const Picture& picture, const Picture::End& end) {
  if (!is_group(picture.cards[end.card])) return fmt::format("n{}", end.card);
  return fmt::format("n{}_{}", end.card, end.row == Picture::kNoRow ? 0 : end.row);
}

void draw_card(std::ostream& out, const Picture::Card& card, std::size_t index) {
  if (is_group(card)) {
    out << fmt::format("  subgraph g{}[{}]\n", index,
                       quoted_label(card.note.empty() ? card.title : card.title + ", " + card.note));
    for (std::size_t row = 0; row < card.rows.size(); ++row)
      out << fmt::format("    n{}_{}({})\n", index, row, quoted_label(card.rows[row].text));
    out << "  end\n";
    return;
  }
  std::string text = mermaid_text(card.title);
  if (!card.note.empty()) text += "<br/>" + mermaid_text(card.note);
  for (const Picture::Row& row : card.rows) text += "<br/>" + mermaid_text(row.text);
  const bool is_lock = card.kind == Picture::CardKind::lock;
  out << fmt::format("  n{}{}\"{}\"{}\n", index, is_lock ? "{{" : "(", text, is_lock ? "}}" : ")");
}

void draw_arrow(std::ostream& out, const Picture& picture, const Picture::Arrow& arrow) {
  std::string_view line = arrow.kind == Picture::ArrowKind::dashed ? "-.->" : "-->";
  if (arrow.is_marked && arrow.kind == Picture::ArrowKind::solid) line = "==>";
  const std::string label = arrow.label.empty() ? "" : fmt::format("|{}|", quoted_label(arrow.label));
  out << fmt::format("  {} {}{} {}\n", node_of(picture, arrow.from), line, label, node_of(picture, arrow.to));
}

}  // namespace

void draw_mermaid(std::ostream& out, const Picture& picture) {
  out << "flowchart LR\n  accTitle: " << mermaid_text(picture.title) << '\n';
  for (const std::string& note : picture.notes) out << "  %% " << mermaid_text(note) << '\n';
  for (std::size_t i = 0; i < picture.cards.size(); ++i) draw_card(out, picture.cards[i], i);
  if (picture.cards.empty()) {
    for (std::size_t i = 0; i < picture.notes.size(); ++i)
      out << fmt::format("  note{}({})\n", i, quoted_label(picture.notes[i]));
  }
  std::vector<std::size_t> marked;
  for (std::size_t i = 0; i < picture.arrows.size(); ++i) {
    draw_arrow(out, picture, picture.arrows[i]);
    if (picture.arrows[i].is_marked) marked.push_back(i);
  }
  if (!marked.empty()) out << fmt::format("  linkStyle {} stroke:#d1242f,stroke-width:3px\n", fmt::join(marked, ","));
  for (std::size_t i = 0; i < picture.cards.size(); ++i) {
    if (picture.cards[i].is_marked) out << fmt::format("  style n{} stroke:#d1242f,stroke-width:3px\n", i);
  }
}

}  // namespace actorsim
