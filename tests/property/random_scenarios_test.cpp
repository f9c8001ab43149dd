// The random scenarios that other tests are fed with.
#include "support/random_scenarios.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "actorsim/base/random.h"
#include "actorsim/model/model.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

std::uint64_t fingerprint(const RandomScenarioOptions& options) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (const char c : random_scenario(seed, options)) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
  }
  return hash;
}

// A change of the generator or a new release changes these numbers; another compiler or machine must not.
TEST_CASE("a seed gives the same scenario everywhere") {
  CHECK(fingerprint({}) == 0xcf0acd05bb30dfc4ULL);
  CHECK(fingerprint(every_feature()) == 0x826317a942e8487cULL);
}

void check_that_all_run(int seeds, const RandomScenarioOptions& options, std::set<std::string>& words) {
  for (int seed = 0; seed < seeds; ++seed) {
    const std::string text = random_scenario(static_cast<std::uint64_t>(seed), options);
    try {
      const Ran ran = run_text(text);
      words.insert(ran.verdict());
      if (!ran.run.skipped.empty()) words.insert("skipped");
      for (const CallRecord& call : ran.run.calls) words.insert(std::string(to_word(call.outcome)));
    } catch (const std::exception& error) {
      FAIL_CHECK("seed " << seed << ": " << error.what() << "\n" << text);
    }
  }
}

std::string missing(const std::set<std::string>& words, const std::vector<std::string>& wanted) {
  std::string text;
  for (const std::string& word : wanted) {
    if (words.count(word) == 0) text += word + " ";
  }
  return text;
}

TEST_CASE("random scenarios load, and their plain runs end in every way there is") {
  std::set<std::string> words;
  check_that_all_run(2000, {}, words);
  CHECK(missing(words, {"ok", "deadlock", "exceeded", "failed", "stranded", "timeout", "overlap", "entered", "blocked",
                        "re-entered", "timed-out", "cancelled", "skipped"}) == "");
  RandomScenarioOptions options = every_feature();
  check_that_all_run(1000, options, words);
  options.orders_at_most = 0;
  options.depth = 4;
  options.steps_at_most = 3;
  check_that_all_run(1000, options, words);
  CHECK(missing(words, {"closed", "not-hosted"}) == "");
}

TEST_CASE("bytes make scenarios that load and run, or are too large") {
  std::set<std::string> texts;
  int too_large = 0;
  Random random(1);
  for (int i = 0; i < 500; ++i) {
    std::string bytes;
    for (std::uint64_t left = random.below(200); left > 0; --left) bytes += static_cast<char>(random.below(256));
    const auto text = scenario_of_bytes(bytes, every_feature());
    CHECK(text == scenario_of_bytes(bytes, every_feature()));
    if (text) {
      INFO(*text);
      texts.insert(*text);
      CHECK_NOTHROW(run_text(*text));
    } else {
      ++too_large;
    }
  }
  CHECK(texts.size() > 50);
  CHECK(too_large > 0);
}

struct Feature {
  bool RandomScenarioOptions::*option;
  std::vector<std::string> words;  // each comes with it, and none without it
};

const std::vector<Feature> kFeatures{
    {&RandomScenarioOptions::sends, {"send: ", "~>"}},
    {&RandomScenarioOptions::parallel, {"parallel: "}},
    {&RandomScenarioOptions::join_any, {"join: any"}},
    {&RandomScenarioOptions::replies, {"reply"}},
    {&RandomScenarioOptions::sleeps, {"sleep: "}},
    {&RandomScenarioOptions::loops, {"repeat: ", "recurse: "}},
    {&RandomScenarioOptions::failures, {"fail: "}},
    {&RandomScenarioOptions::headers, {"header: drop", "header: new", "-/>", "sdk: java"}},
    {&RandomScenarioOptions::literal_headers, {"header: x", "header: {id: x}", "header: \"\""}},
    {&RandomScenarioOptions::per_type, {"entitiesConfig: "}},
    {&RandomScenarioOptions::unhosted, {", entities: "}},
    {&RandomScenarioOptions::chains, {"chains:"}},
    {&RandomScenarioOptions::after, {"after: "}},
    {&RandomScenarioOptions::loads, {"clients: 1", "count: 2, at"}},
    {&RandomScenarioOptions::timeouts, {"timeout: "}},
    {&RandomScenarioOptions::retries, {"retry: "}},
    {&RandomScenarioOptions::callbacks, {"timer: ", "reminder: ", "every: "}},
    {&RandomScenarioOptions::deactivations, {"{deactivate: "}},
    {&RandomScenarioOptions::rebalances, {"{rebalance: "}},
};

std::string many_scenarios(const RandomScenarioOptions& options) {
  std::string text;
  for (std::uint64_t seed = 0; seed < 300; ++seed) text += random_scenario(seed, options);
  return text;
}

TEST_CASE("each feature of random scenarios can be switched off by itself") {
  RandomScenarioOptions every = every_feature();
  every.orders_at_most = 0;
  const std::string all = many_scenarios(every);
  for (const Feature& feature : kFeatures) {
    RandomScenarioOptions options = every;
    options.*feature.option = false;
    const std::string rest = many_scenarios(options);
    for (const std::string& word : feature.words) {
      INFO(word);
      CHECK(all.find(word) != std::string::npos);
      CHECK(rest.find(word) == std::string::npos);
    }
  }
}

// ---- how many orders -----------------------------------------------------------------------------------------------

// Every order of steps, one by one: whatever is ready may move next, whenever it would be due.
class OrderCount {
 public:
  explicit OrderCount(const Program& program) : model_(program) {
    World world = model_.initial();
    StepEffects effects;
    model_.begin(world, effects);
    count(world, movers_of(effects, {}));
  }

  std::uint64_t orders() const { return orders_; }

 private:
  static std::vector<Mover> movers_of(const StepEffects& effects, std::vector<Mover> others) {
    for (const StepEffects::Ready& ready : effects.ready) {
      if (ready.mover.kind != Mover::Kind::idle) others.push_back(ready.mover);
    }
    return others;
  }

  void count(const World& world, const std::vector<Mover>& movers) {
    bool is_over = true;
    for (std::size_t i = 0; i < movers.size(); ++i) {
      const auto here = movers.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(movers.begin(), here, movers[i]) != here) continue;  // the next call of the same load
      World next = world;
      StepEffects effects;
      model_.apply(next, movers[i], effects, nullptr);
      if (effects.is_stale) continue;
      is_over = false;
      std::vector<Mover> others = movers;
      if (!effects.again) others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      count(next, movers_of(effects, std::move(others)));
    }
    if (is_over) ++orders_;
  }

  Model model_;
  std::uint64_t orders_ = 0;
};

std::uint64_t most_orders(std::uint64_t seeds, const RandomScenarioOptions& options) {
  std::uint64_t most = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Ran ran = run_text(random_scenario(seed, options));
    most = std::max(most, OrderCount(*ran.program).orders());
  }
  return most;
}

TEST_CASE("a random scenario has no more orders of steps than allowed") {
  RandomScenarioOptions options;
  options.orders_at_most = 500;
  const std::uint64_t few = most_orders(300, options);
  CHECK(few <= 500);
  CHECK(few > 250);
  options = every_feature();
  options.orders_at_most = 200;
  CHECK(most_orders(300, options) <= 200);
}

TEST_CASE("no random scenario has more than 20,000 orders of steps", "[.slow]") {
  CHECK(most_orders(3000, {}) <= 20'000);
  CHECK(most_orders(3000, every_feature()) <= 20'000);
}

}  // namespace
