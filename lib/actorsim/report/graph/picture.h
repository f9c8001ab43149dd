// A graph to be drawn, whatever it is of: cards, each with rows, and arrows between them. What draws it knows nothing
// of calls and locks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

/// Texts are foreign: who draws them escapes them.
struct Picture {
  static constexpr std::size_t kNoRow = std::numeric_limits<std::size_t>::max();

  enum class CardKind : std::uint8_t { outside, actor, call, lock };
  struct Row {
    std::string text;
    std::string tip;  ///< told where somebody points at it; may be empty
  };
  struct Card {
    CardKind kind = CardKind::actor;
    std::string title;
    std::string note;         ///< below the title; may be empty
    bool note_is_on = false;  ///< it says that something is switched on
    std::vector<Row> rows;
    bool is_marked = false;
  };

  enum class ArrowKind : std::uint8_t {
    solid,   ///< somebody waits
    dashed,  ///< nobody waits
  };
  struct End {
    std::size_t card = 0;
    std::size_t row = kNoRow;  ///< kNoRow: the card as a whole

    friend bool operator==(const End&, const End&) = default;
  };
  struct Arrow {
    End from, to;
    ArrowKind kind = ArrowKind::solid;
    std::string label;  ///< may be empty
    std::string tip;
    bool is_marked = false;
  };

  /// What the reader must know, in a sentence or two that need no sample.
  struct Note {
    std::string text;
    std::optional<Arrow> sample;  ///< an arrow of the kind that it is about: where there is room, it is drawn
  };

  std::string title;
  std::string caption;  ///< under what circumstances; may be empty
  std::vector<Note> notes;
  std::vector<Card> cards;
  std::vector<Arrow> arrows;
  std::vector<std::size_t> ring;  ///< cards that stand on a circle, in order; empty: there is none
};

/// In DOT, for Graphviz: a table for each card.
void draw_dot(std::ostream& out, const Picture& picture);

/// As a flowchart of Mermaid: a node for each card, and rows as labels of arrows, since boxes around boxes come to
/// lie upon each other there.
void draw_mermaid(std::ostream& out, const Picture& picture);

/// As SVG that needs nothing else: laid out here, light or dark as the reader's screen is.
void draw_svg(std::ostream& out, const Picture& picture);

}  // namespace actorsim
