// Choosing the steps one by one, going back, and asking for the way.
#include "actorsim/explore/player.h"

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/guide.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

const std::string kCrossing = "chains: [A -> B, B -> A]\n";

Program program_of(const std::string& text) { return compile(load_text(text), "test.yaml"); }

Choice choice(const std::string& word) {
  const auto schedule = parse_schedule(word, "test");
  REQUIRE(schedule);
  return schedule->front();
}

void take(Player& player, const std::string& word) {
  const auto number = player.find(choice(word));
  REQUIRE(number);
  REQUIRE(player.take(*number));
}

std::string play_on(Player& player) {
  while (!player.is_over()) REQUIRE(player.take(player.first_come()));
  return schedule_text(player.schedule());
}

StateGraphOptions bounds(std::uint32_t states) {
  StateGraphOptions options;
  options.views = StateGraphOptions::Views::none;
  options.most_states = states;
  return options;
}

}  // namespace

TEST_CASE("what a player has chosen replays to where the player is") {
  const Program program = program_of(kCrossing);
  Player player(program);
  for (const char* word : {"t1", "t2", "t1", "t2"}) take(player, word);
  CHECK(player.is_over());
  CHECK(schedule_text(player.schedule()) == "t1.t2.t1.t2");
  const auto run = replay(program, player.schedule());
  REQUIRE(run);
  CHECK(run->verdict == Verdict::deadlock);
}

TEST_CASE("a step that cannot be taken now is not found") {
  const Program program = program_of(kCrossing);
  Player player(program);
  take(player, "t1");
  CHECK(player.find(choice("t2")));
  CHECK_FALSE(player.find(choice("t3")));
  CHECK_FALSE(player.find(choice("t1/2")));
}

TEST_CASE("taking steps back leads to where the player was") {
  const Program program = program_of(kCrossing);
  Player player(program);
  for (const char* word : {"t1", "t2", "t1"}) take(player, word);
  REQUIRE_FALSE(player.undo(2));
  CHECK(schedule_text(player.schedule()) == "t1");
  CHECK(player.way().size() == 1);
  CHECK(player.moves().size() == 2);
  take(player, "t1");
  CHECK(schedule_text(player.schedule()) == "t1.t1");
  REQUIRE_FALSE(player.undo(100));
  CHECK(player.schedule().empty());
}

TEST_CASE("first come, first served is the order of the plain run where nothing takes time") {
  for (const std::string& text :
       {kCrossing, std::string("chains: [A -> B -> A, B]\n"), std::string("chains: [A ~> B, A, B -> C]\n"),
        std::string("actors: {A: {m: []}}\nstart: [{call: A/1.m, count: 3}, {call: A/2.m}]\n")}) {
    INFO(text);
    const Program program = program_of(text);
    Player player(program);
    const std::string chosen = play_on(player);
    RunOptions options;
    options.wants_schedule = true;
    const auto run = run_plainly(program, options);
    REQUIRE(run);
    CHECK(chosen == schedule_text(run->schedule));
  }
}

TEST_CASE("by first come, first served a timeout comes last") {
  const Program program =
      program_of("actors: {A: {m: []}}\nstart: [{call: A/1.m, timeout: 1s}, {call: A/1.m, timeout: 1s}]\n");
  Player player(program);
  play_on(player);
  const auto run = replay(program, player.schedule());
  REQUIRE(run);
  CHECK(run->verdict == Verdict::ok);
}

TEST_CASE("a guide leads to the deadlock and around it") {
  const Program program = program_of(kCrossing);
  for (const Verdict verdict : {Verdict::deadlock, Verdict::ok}) {
    Player player(program);
    Guide guide(player, bounds(1'000));
    while (const auto step = guide.step_to(verdict)) REQUIRE(player.take(*step));
    const auto run = replay(program, player.schedule());
    REQUIRE(run);
    CHECK(run->verdict == verdict);
  }
}

TEST_CASE("a guide says how many orders are left, after every step and back") {
  const Program program = program_of(kCrossing);
  Player player(program);
  Guide guide(player, bounds(1'000));
  REQUIRE(guide.here() != nullptr);
  CHECK(guide.here()->prospect(Verdict::deadlock).orders == 4);
  for (const char* word : {"t1", "t2", "t1"}) take(player, word);
  CHECK(guide.here()->prospect(Verdict::deadlock).orders == 1);
  CHECK_FALSE(guide.here()->can_end(Verdict::ok));
  CHECK(guide.after(1)->can_end(Verdict::ok));
  REQUIRE_FALSE(player.undo(3));
  CHECK(guide.here() == guide.after(0));
}

TEST_CASE("of a scenario that is too large a guide knows what is left as soon as that is not too large") {
  const Program program = program_of(kCrossing);
  Player player(program);
  Guide guide(player, bounds(12));
  CHECK(guide.after(0) == nullptr);
  CHECK(guide.here() == nullptr);
  CHECK_FALSE(guide.step_to(Verdict::deadlock));
  take(player, "t1");
  take(player, "t2");
  REQUIRE(guide.here() != nullptr);
  CHECK(guide.here()->can_end(Verdict::deadlock));
  const auto step = guide.step_to(Verdict::deadlock);
  REQUIRE(step);
  CHECK(schedule_text({player.moves()[*step].choice}) == "t1");
  REQUIRE_FALSE(player.undo(2));
  CHECK(guide.here() == nullptr);
}

TEST_CASE("from afar a guide knows one way from the beginning, and when it has been left") {
  const Program program = program_of(kCrossing);
  Player player(program);
  Guide guide(player, bounds(2));
  using What = Guide::FarHint::What;
  std::size_t taken = 0;
  for (Guide::FarHint hint = guide.far_hint(); hint.what == What::step; hint = guide.far_hint()) {
    CHECK(hint.verdict == Verdict::deadlock);
    CHECK(hint.steps == 3 - taken);
    REQUIRE(player.take(hint.number));
    ++taken;
  }
  CHECK(taken == 4);
  REQUIRE_FALSE(player.undo(4));
  take(player, "t1");
  take(player, "t1");
  CHECK(guide.far_hint().what == What::elsewhere);
}

TEST_CASE("from afar a guide knows that nothing can go wrong, or nothing at all") {
  const Program program = program_of("chains: [A, A]\n");
  Player player(program);
  Guide guide(player, bounds(2));
  CHECK(guide.far_hint().what == Guide::FarHint::What::harmless);
  const Program large = program_of("actors: {A: {m: []}}\nstart: [{call: A/$i.m, count: 100}]\n");
  Player far(large);
  CHECK(Guide(far, bounds(2)).far_hint().what == Guide::FarHint::What::nothing);
}

TEST_CASE("what fires without end cannot be played") {
  const auto problem =
      find_unplayable(program_of("actors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s}]\nuntil: 5s\n"));
  REQUIRE(problem);
  CHECK(problem->code == "unbounded");
  CHECK_FALSE(find_unplayable(program_of(kCrossing)));
}
