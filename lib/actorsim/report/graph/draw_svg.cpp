// Sizes from the texts, places from place_cards.h, and one style sheet for light and dark.
#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/xml.h"
#include "actorsim/report/graph/picture.h"
#include "actorsim/report/graph/place_cards.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr int kMargin = 28;
constexpr int kRowHeight = 26;
constexpr int kTitleHeight = 34;
constexpr int kNoteHeight = 18;
constexpr int kPadding = 8;
constexpr int kInset = 14;
constexpr int kLeastWidth = 116;
constexpr int kLeastPicture = 460;
constexpr int kLineHeight = 18;
constexpr int kCorner = 9;
constexpr std::size_t kLongestText = 44;
constexpr std::size_t kLongestTitle = 90;
constexpr std::size_t kLongestCaption = 140;
constexpr int kSample = 30;  // an arrow in the legend
constexpr std::size_t kMostOnRing = 24;

// Columns of a text times this are its width, generously: the reader's fonts are not known.
constexpr double kCodeColumn = 7.3;
constexpr double kBoldColumn = 7.7;
constexpr double kSmallColumn = 6.0;
constexpr double kHeadingColumn = 9.3;

constexpr std::string_view kStyle = R"(
    text { font-family: ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
    .code { font: 12px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .heading { font-size: 15px; font-weight: 600; }
    .title { font-size: 13px; font-weight: 600; }
    .small { font-size: 11px; fill: #59636e; }
    .on { fill: #1a7f37; }
    .paper { fill: #ffffff; }
    .card { fill: #f6f8fa; stroke: #c9d1d9; }
    .head { fill: #ddeafc; }
    .outside .head { fill: #eaeef2; }
    .outside .card { stroke-dasharray: 4 3; }
    .call .head { fill: #dff3e4; }
    .lock .card { fill: #fff5d6; stroke: #d4b106; }
    .marked .card { stroke: #d1242f; stroke-width: 2.5; }
    .row { stroke: #d8dee4; }
    .arrow { fill: none; stroke: #6e7781; stroke-width: 1.5; }
    .dashed { stroke-dasharray: 6 4; }
    .arrow.marked { stroke: #d1242f; stroke-width: 2.5; }
    .tip { fill: #6e7781; }
    .tip.marked { fill: #d1242f; }
    .label { font-size: 11px; fill: #59636e; stroke: #ffffff; stroke-width: 6px; paint-order: stroke; }
    .label.marked { fill: #b3202a; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .small { fill: #9198a1; }
      .on { fill: #57c26d; }
      .paper { fill: #0d1117; }
      .card { fill: #161b22; stroke: #3d444d; }
      .head { fill: #1c2c45; }
      .outside .head { fill: #21262d; }
      .call .head { fill: #17331f; }
      .lock .card { fill: #2b2410; stroke: #9e7c0c; }
      .marked .card { stroke: #ff6b6b; }
      .row { stroke: #262c36; }
      .arrow { stroke: #8b949e; }
      .arrow.marked { stroke: #ff6b6b; }
      .tip { fill: #8b949e; }
      .tip.marked { fill: #ff6b6b; }
      .label { fill: #9198a1; stroke: #0d1117; }
      .label.marked { fill: #ff8c8c; }
    }
  )";

int pixels(std::string_view text, double column) {
  return static_cast<int>(static_cast<double>(text_width(printable(text))) * column) + 1;
}

std::string shortened(std::string_view text) { return shorten_middle(printable(text), kLongestText, "…"); }

std::string_view class_of(Picture::CardKind kind) {
  switch (kind) {
    case Picture::CardKind::outside: return "outside";
    case Picture::CardKind::actor: return "actor";
    case Picture::CardKind::call: return "call";
    case Picture::CardKind::lock: return "lock";
  }
  return "actor";
}

std::string point(const PicturePoint& at) { return fmt::format("{} {}", at.x, at.y); }

class Svg {
 public:
  Svg(std::ostream& out, const Picture& picture) : xml_(out), picture_(picture) {}

  void draw() {
    for (const Picture::Card& card : picture_.cards) sizes_.push_back(size_of(card));
    int label_width = 0;
    for (const Picture::Arrow& arrow : picture_.arrows)
      label_width = std::max(label_width, pixels(arrow.label, kSmallColumn));
    const bool is_ring = !picture_.ring.empty() && picture_.cards.size() <= kMostOnRing;
    placement_ = is_ring ? place_on_ring(picture_, sizes_) : place_in_layers(picture_, sizes_, label_width);
    fit(placement_, sizes_, kMargin);
    const int heading = std::max(pixels(title(), kHeadingColumn), pixels(caption(), kSmallColumn));
    width_ = std::max({placement_.width, kLeastPicture, heading + 2 * kMargin});
    wrap_notes();
    top_ = kMargin + kLineHeight + (picture_.caption.empty() ? 0 : kLineHeight);
    left_ = (width_ - placement_.width) / 2;
    const int height = top_ + placement_.height + static_cast<int>(lines_.size()) * kLineHeight + kMargin / 2;
    open(height);
    draw_heading();
    xml_.open("g").attribute("transform", fmt::format("translate({} {})", left_, top_));
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i) draw_arrow(i);
    for (std::size_t i = 0; i < picture_.cards.size(); ++i) draw_card(i);
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i) draw_label(i);
    xml_.close();
    draw_notes(top_ + placement_.height + kLineHeight / 2);
    xml_.close();
  }

 private:
  // ---- sizes ----

  std::string title() const { return shorten_middle(printable(picture_.title), kLongestTitle, "…"); }

  std::string caption() const { return shorten_middle(printable(picture_.caption), kLongestCaption, "…"); }

  static int head_of(const Picture::Card& card) { return kTitleHeight + (card.note.empty() ? 0 : kNoteHeight - 4); }

  static CardSize size_of(const Picture::Card& card) {
    CardSize size;
    int width = std::max(pixels(shortened(card.title), kBoldColumn), pixels(shortened(card.note), kSmallColumn));
    size.height = head_of(card);
    for (const Picture::Row& row : card.rows) {
      width = std::max(width, pixels(shortened(row.text), kCodeColumn));
      size.rows.push_back(size.height + kPadding / 2 + kRowHeight / 2);
      size.height += kRowHeight;
    }
    if (!card.rows.empty()) size.height += kPadding;
    size.width = std::max(kLeastWidth, width + 2 * kInset);
    return size;
  }

  // ---- the page ----

  void open(int height) {
    xml_.open("svg").attribute("xmlns", "http://www.w3.org/2000/svg").attribute("role", "img");
    xml_.attribute("viewBox", fmt::format("0 0 {} {}", width_, height));
    xml_.attribute("width", std::to_string(width_)).attribute("height", std::to_string(height));
    xml_.element("title", printable(picture_.title));
    std::string description = picture_.caption.empty() ? "" : picture_.caption + ".";
    for (const Picture::Note& note : picture_.notes) description += (description.empty() ? "" : " ") + note.text;
    xml_.element("desc", description);
    xml_.open("style").style(kStyle).close();
    xml_.open("defs");
    draw_tip("tip", "tip");
    draw_tip("marked-tip", "tip marked");
    xml_.close();
    xml_.open("rect").attribute("class", "paper").attribute("width", "100%").attribute("height", "100%");
    xml_.attribute("rx", "10").close();
  }

  void draw_tip(std::string_view id, std::string_view classes) {
    xml_.open("marker").attribute("id", id).attribute("viewBox", "0 0 10 10").attribute("refX", "9");
    xml_.attribute("refY", "5").attribute("markerWidth", "9").attribute("markerHeight", "9");
    xml_.attribute("markerUnits", "userSpaceOnUse").attribute("orient", "auto");
    xml_.open("path").attribute("class", classes).attribute("d", "M0 0.8 10 5 0 9.2 2.4 5z").close();
    xml_.close();
  }

  void write(int x, int y, std::string_view classes, std::string_view text, std::string_view anchor = "start") {
    xml_.open("text").attribute("x", std::to_string(x)).attribute("y", std::to_string(y)).attribute("class", classes);
    if (anchor != "start") xml_.attribute("text-anchor", anchor);
    xml_.text(text).close();
  }

  void draw_heading() {
    write(kMargin, kMargin + kLineHeight / 2, "heading", title());
    if (!picture_.caption.empty()) write(kMargin, kMargin + kLineHeight + kLineHeight / 2, "small", caption());
  }

  void wrap_notes() {
    const auto columns = static_cast<std::size_t>((width_ - 2 * kMargin - text_inset()) / kSmallColumn);
    for (const Picture::Note& note : picture_.notes) {
      const Picture::Note* first = &note;
      for (std::string& line : wrap(printable(note.text), columns))
        lines_.push_back({std::move(line), std::exchange(first, nullptr)});
    }
  }

  // The texts of all notes begin where those with a sample do.
  int text_inset() const {
    const bool has_sample = std::any_of(picture_.notes.begin(), picture_.notes.end(),
                                        [](const Picture::Note& note) { return note.sample.has_value(); });
    return has_sample ? kSample + kPadding : 0;
  }

  void draw_notes(int y) {
    const int inset = text_inset();
    for (const Line& line : lines_) {
      if (line.begins != nullptr && line.begins->sample)
        draw_line(*line.begins->sample, fmt::format("M{} {}h{}", kMargin, y - 4, kSample));
      write(kMargin + inset, y, "small", line.text);
      y += kLineHeight;
    }
  }

  // ---- cards ----

  void draw_card(std::size_t index) {
    const Picture::Card& card = picture_.cards[index];
    const CardSize& size = sizes_[index];
    xml_.open("g").attribute("class", std::string(class_of(card.kind)) + (card.is_marked ? " marked" : ""));
    xml_.attribute("transform", fmt::format("translate({})", point(placement_.cards[index])));
    xml_.element("title", card.note.empty() ? card.title : card.title + ", " + card.note);
    const int head = head_of(card);
    if (!card.rows.empty()) {
      draw_box("card", 0, size.width, size.height);
      xml_.open("path").attribute("class", "head");
      xml_.attribute("d", fmt::format("M1 {0}V{1}A{2} {2} 0 0 1 {1} 1H{3}A{2} {2} 0 0 1 {4} {1}V{0}z", head, kCorner,
                                      kCorner - 1, size.width - kCorner, size.width - 1));
      xml_.close();
    } else {
      draw_box("card", 0, size.width, size.height);
    }
    write(kInset, kTitleHeight - 13, "title", shortened(card.title));
    if (!card.note.empty())
      write(kInset, kTitleHeight + 3, card.note_is_on ? "small on" : "small", shortened(card.note));
    for (std::size_t row = 0; row < card.rows.size(); ++row) draw_row(card, size, row);
    xml_.close();
  }

  void draw_box(std::string_view classes, int y, int width, int height) {
    xml_.open("rect").attribute("class", classes).attribute("y", std::to_string(y));
    xml_.attribute("width", std::to_string(width)).attribute("height", std::to_string(height));
    xml_.attribute("rx", std::to_string(kCorner)).close();
  }

  void draw_row(const Picture::Card& card, const CardSize& size, std::size_t row) {
    const int middle = size.rows[row];
    if (row > 0) {
      xml_.open("path").attribute("class", "row");
      xml_.attribute("d", fmt::format("M{} {}H{}", kInset, middle - kRowHeight / 2, size.width - kInset)).close();
    }
    write(kInset, middle + 4, "code", shortened(card.rows[row].text));
  }

  // ---- arrows ----

  void draw_arrow(std::size_t index) {
    const Picture::Arrow& arrow = picture_.arrows[index];
    const ArrowRoute& route = placement_.arrows[index];
    std::string way = "M" + point(route.start);
    for (const ArrowRoute::Curve& curve : route.curves)
      way += fmt::format(" C{} {} {}", point(curve.leave), point(curve.arrive), point(curve.end));
    draw_line(arrow, way);
  }

  void draw_line(const Picture::Arrow& arrow, const std::string& way) {
    std::string classes = "arrow";
    if (arrow.kind == Picture::ArrowKind::dashed) classes += " dashed";
    if (arrow.is_marked) classes += " marked";
    xml_.open("path").attribute("class", classes).attribute("d", way);
    xml_.attribute("marker-end", arrow.is_marked ? "url(#marked-tip)" : "url(#tip)");
    if (!arrow.tip.empty()) xml_.element("title", arrow.tip);
    xml_.close();
  }

  void draw_label(std::size_t index) {
    const Picture::Arrow& arrow = picture_.arrows[index];
    if (arrow.label.empty()) return;
    const PicturePoint at = placement_.arrows[index].label;
    write(at.x, at.y + 4, arrow.is_marked ? "label marked" : "label", shortened(arrow.label), "middle");
  }

  XmlWriter xml_;
  const Picture& picture_;
  std::vector<CardSize> sizes_;
  Placement placement_;
  struct Line {
    std::string text;
    const Picture::Note* begins = nullptr;
  };
  std::vector<Line> lines_;  // of the notes
  int width_ = 0, top_ = 0, left_ = 0;
};

}  // namespace

void draw_svg(std::ostream& out, const Picture& picture) { Svg(out, picture).draw(); }

}  // namespace actorsim
