// Pictures of calls and of waits, and where things stand in them.
#include <algorithm>
#include <sstream>

#include "actorsim/explore/exploration.h"
#include "actorsim/report/graph/call_picture.h"
#include "actorsim/report/graph/place_cards.h"
#include "actorsim/report/graph/wait_picture.h"
#include "support/catch.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

using namespace actorsim;
using namespace actorsim::testing;
using actorsim::testing::Contains;

namespace {

const GraphTitle kTitle{"shop.yaml", "a shop", "Dapr 1.18"};

Picture picture_of_calls(const std::string& scenario) {
  const Scenario loaded = load_text(scenario);
  return call_picture(compile(loaded, "test.yaml"), kTitle);
}

Picture picture_of_waits(const std::string& scenario) {
  return wait_picture(run_text(scenario).run, kTitle, "the plain run");
}

// `from -> to: label`, marked ones with `=>`.
std::string arrows_of(const Picture& picture) {
  std::string text;
  for (const Picture::Arrow& arrow : picture.arrows) {
    text += picture.cards[arrow.from.card].title + (arrow.is_marked ? " => " : " -> ") +
            picture.cards[arrow.to.card].title + (arrow.label.empty() ? "" : ": " + arrow.label) + "\n";
  }
  return text;
}

std::string notes_of(const Picture& picture) {
  std::string text;
  for (const Picture::Note& note : picture.notes) text += note.text + "\n";
  return text;
}

std::string drawn(void (*draw)(std::ostream&, const Picture&), const Picture& picture) {
  std::ostringstream out;
  draw(out, picture);
  return out.str();
}

std::vector<CardSize> sizes_of(const Picture& picture) {
  constexpr int kColumn = 7, kHead = 48, kRow = 26;
  std::vector<CardSize> sizes;
  for (const Picture::Card& card : picture.cards) {
    CardSize size{std::max(100, static_cast<int>(card.title.size()) * kColumn), kHead, {}};
    for (std::size_t row = 0; row < card.rows.size(); ++row) {
      size.rows.push_back(size.height + kRow / 2);
      size.height += kRow;
    }
    sizes.push_back(std::move(size));
  }
  return sizes;
}

void check_apart(const Placement& placement, const std::vector<CardSize>& sizes) {
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const PicturePoint a = placement.cards[i];
    CHECK((a.x >= 0 && a.y >= 0));
    CHECK((a.x + sizes[i].width <= placement.width && a.y + sizes[i].height <= placement.height));
    for (std::size_t j = 0; j < i; ++j) {
      const PicturePoint b = placement.cards[j];
      const bool overlap = a.x < b.x + sizes[j].width && b.x < a.x + sizes[i].width && a.y < b.y + sizes[j].height &&
                           b.y < a.y + sizes[i].height;
      CHECK_FALSE(overlap);
    }
  }
}

// At its border, give or take what is rounded.
bool touches(const PicturePoint& point, const PicturePoint& corner, const CardSize& size) {
  return point.x >= corner.x - 1 && point.x <= corner.x + size.width + 1 && point.y >= corner.y - 1 &&
         point.y <= corner.y + size.height + 1;
}

void check_ends(const Picture& picture, const Placement& placement, const std::vector<CardSize>& sizes) {
  REQUIRE(placement.arrows.size() == picture.arrows.size());
  for (std::size_t i = 0; i < picture.arrows.size(); ++i) {
    const Picture::Arrow& arrow = picture.arrows[i];
    REQUIRE_FALSE(placement.arrows[i].curves.empty());
    CHECK(touches(placement.arrows[i].start, placement.cards[arrow.from.card], sizes[arrow.from.card]));
    CHECK(touches(placement.arrows[i].curves.back().end, placement.cards[arrow.to.card], sizes[arrow.to.card]));
  }
}

}  // namespace

TEST_CASE("a call graph has a card for each actor, and one for the outside") {
  const Picture picture = picture_of_calls("chains: [A.m -> B.k ~> C.k, B.m -> A.k]");
  CHECK(arrows_of(picture) == "outside -> A/1\noutside -> B/1\nA/1 => B/1\nB/1 => A/1\nB/1 -> C/1\n");
  CHECK(picture.caption == "call graph of shop.yaml, Dapr 1.18");
  CHECK(picture.cards[1].note == "reentrancy off");
  CHECK(picture.cards[1].rows.size() == 2);
  CHECK_THAT(notes_of(picture), Contains("Red and thick: can be part of a deadlock") && Contains("Dashed: sent"));
}

TEST_CASE("a call graph says what it has no arrows for") {
  CHECK_THAT(notes_of(picture_of_calls("chains: [A -> B]")), Contains("No calls can come to wait for each other"));
  const std::string dropped =
      "config: {reentrancy: {enabled: true}}\nactors: {A: {m: [{call: B/1.m, header: drop}]}, B: {m: []}}\n"
      "start: [{call: A/1.m}]";
  CHECK_THAT(arrows_of(picture_of_calls(dropped)), Contains("A/1 -> B/1: without id"));
  CHECK_THAT(notes_of(picture_of_calls(dropped)), Contains("Without id: Dapr-Reentrancy-Id is not handed on."));
}

TEST_CASE("a wait-for graph goes round from call to lock to call") {
  const Picture picture = picture_of_waits("chains: [A.m -> B.k, B.m -> A.k]");
  CHECK(arrows_of(picture) ==
        "lock B/1 => call 2: held by\ncall 3 => lock B/1: waits for\ncall 1 => call 3: awaits reply\n"
        "lock A/1 => call 1: held by\ncall 4 => lock A/1: waits for\ncall 2 => call 4: awaits reply\n");
  CHECK(picture.ring.size() == 6);
  CHECK(picture.caption == "wait-for graph of shop.yaml, Dapr 1.18, the plain run");
}

TEST_CASE("whoever waits behind a deadlock is drawn, and not marked") {
  const Picture picture = picture_of_waits("chains: [A.m -> A.k, A.k]");
  CHECK(arrows_of(picture) ==
        "lock A/1 => call 1: held by\ncall 2 -> lock A/1: waits for\ncall 3 => lock A/1: waits for\n"
        "call 1 => call 3: awaits reply\n");
}

TEST_CASE("without a deadlock the moment is drawn when the most calls wait") {
  const Picture picture = picture_of_waits("actors: {A: {m: [sleep: 1ms]}}\nstart: [{call: A/1.m, count: 3}]");
  CHECK(arrows_of(picture) ==
        "lock A/1 -> call 1: held by\ncall 2 -> lock A/1: waits for\ncall 3 -> lock A/1: waits for\n");
  CHECK_THAT(notes_of(picture), Contains("No deadlock."));
  CHECK_THAT(notes_of(picture_of_waits("chains: [A -> B]")), Contains("Nobody ever waits for a lock."));
}

TEST_CASE("cards never lie upon each other, and arrows begin and end at cards") {
  RandomScenarioOptions options;
  options.orders_at_most = 0;
  options.triggers_at_most = 8;
  options.actors_at_most = 8;
  options.depth = 4;
  std::size_t rings = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    INFO(seed);
    const Scenario scenario = load_text(random_scenario(seed, options));
    const Program program = compile(scenario, "test.yaml");
    const Picture calls = call_picture(program, kTitle);
    const std::vector<CardSize> sizes = sizes_of(calls);
    Placement placement = place_in_layers(calls, sizes, 40);
    fit(placement, sizes, 10);
    check_apart(placement, sizes);
    check_ends(calls, placement, sizes);
    const auto run = run_plainly(program);
    if (!run || run->deadlocks.empty()) continue;
    const Picture waits = wait_picture(*run, kTitle, "");
    if (waits.ring.empty()) continue;
    ++rings;
    const std::vector<CardSize> wait_sizes = sizes_of(waits);
    Placement ring = place_on_ring(waits, wait_sizes);
    fit(ring, wait_sizes, 10);
    check_apart(ring, wait_sizes);
    check_ends(waits, ring, wait_sizes);
  }
  CHECK(rings > 20);
}

TEST_CASE("cards without arrows, and no cards at all, have places, too") {
  Picture picture;
  check_apart(place_in_layers(picture, {}, 0), {});
  picture.cards.resize(3);
  const std::vector<CardSize> sizes(3, CardSize{100, 40, {}});
  Placement placement = place_in_layers(picture, sizes, 0);
  fit(placement, sizes, 10);
  check_apart(placement, sizes);
}

TEST_CASE("every format shows texts as they are, and is the same each time") {
  const Picture picture = picture_of_calls(R"(chains: ['A/"<b>&#1;]"'])");
  CHECK_THAT(drawn(&draw_svg, picture), Contains("A/&lt;b&gt;&amp;#1;]") && !Contains("<b>"));
  CHECK_THAT(drawn(&draw_dot, picture), Contains("<b>A/&lt;b&gt;&amp;#1;]</b>"));
  CHECK_THAT(drawn(&draw_mermaid, picture), Contains("A/#60;b#62;#38;#35;1#59;#93;"));
  for (const auto draw : {&draw_svg, &draw_dot, &draw_mermaid}) CHECK(drawn(draw, picture) == drawn(draw, picture));
}
