// A flowchart: a node for each card. An arrow between rows says which.
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/report/escape/mermaid.h"
#include "actorsim/report/graph/picture.h"

namespace actorsim {
namespace {

constexpr std::string_view kMarked = "stroke:#d1242f,stroke-width:3px";

// Rows of what calls are labels of arrows; others stand in the node.
bool has_rows_inside(const Picture::Card& card) {
  return card.kind == Picture::CardKind::call || card.kind == Picture::CardKind::lock;
}

void draw_card(std::ostream& out, const Picture::Card& card, std::size_t index) {
  std::string text = mermaid_text(card.title);
  if (!card.note.empty()) text += "<br/>" + mermaid_text(card.note);
  if (has_rows_inside(card)) {
    for (const Picture::Row& row : card.rows) text += "<br/>" + mermaid_text(row.text);
  }
  const bool is_lock = card.kind == Picture::CardKind::lock;
  const bool is_outside = card.kind == Picture::CardKind::outside;
  out << fmt::format("  n{}{}\"{}\"{}\n", index, is_lock ? "{{" : (is_outside ? "([" : "["), text,
                     is_lock ? "}}" : (is_outside ? "])" : "]"));
}

std::string label_of(const Picture& picture, const Picture::Arrow& arrow) {
  std::string label;
  const auto add = [&](const std::string& text, std::string_view before) {
    if (!label.empty()) label += before;
    label += text;
  };
  for (const Picture::End* end : {&arrow.from, &arrow.to}) {
    if (end->row != Picture::kNoRow) add(mermaid_text(picture.cards[end->card].rows[end->row].text), " → ");
  }
  if (!arrow.label.empty()) add(mermaid_text(arrow.label), ", ");
  return label;
}

void draw_arrow(std::ostream& out, const Picture& picture, const Picture::Arrow& arrow) {
  std::string_view line = arrow.kind == Picture::ArrowKind::dashed ? "-.->" : "-->";
  if (arrow.is_marked && arrow.kind == Picture::ArrowKind::solid) line = "==>";
  const std::string label = label_of(picture, arrow);
  out << fmt::format("  n{} {}{} n{}\n", arrow.from.card, line, label.empty() ? "" : "|\"" + label + "\"|",
                     arrow.to.card);
}

// Mermaid has neither captions nor legends.
void draw_notes(std::ostream& out, const Picture& picture) {
  std::string text = mermaid_text(picture.title);
  if (!picture.caption.empty()) text += "<br/>" + mermaid_text(picture.caption);
  for (const Picture::Note& note : picture.notes) text += "<br/>" + mermaid_text(note.text);
  out << "  legend[\"" << text << "\"]\n  style legend fill:none,stroke:none,text-align:left\n";
}

}  // namespace

void draw_mermaid(std::ostream& out, const Picture& picture) {
  out << "flowchart LR\n  accTitle: " << mermaid_text(picture.title) << '\n';
  for (std::size_t i = 0; i < picture.cards.size(); ++i) draw_card(out, picture.cards[i], i);
  std::vector<std::size_t> marked;
  for (std::size_t i = 0; i < picture.arrows.size(); ++i) {
    draw_arrow(out, picture, picture.arrows[i]);
    if (picture.arrows[i].is_marked) marked.push_back(i);
  }
  draw_notes(out, picture);
  if (!marked.empty()) out << fmt::format("  linkStyle {} {}\n", fmt::join(marked, ","), kMarked);
  for (std::size_t i = 0; i < picture.cards.size(); ++i) {
    if (picture.cards[i].is_marked) out << fmt::format("  style n{} {}\n", i, kMarked);
  }
}

}  // namespace actorsim
