// Many cases at a time: the same bytes as one after another. Runs under the thread sanitizer, too.
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "cli/cases/case_stops.h"
#include "cli/cases/worker_pool.h"
#include "cli/options/options.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kMatrix =
    "actorsim: 1\nname: matrix\nvars: {n: 1}\nconfig: app.json\nmatrix: {n: [1, 2, 3, 4, 5, 6], dapr: ['1.14', "
    "'1.18']}\nactors: {A: {m: [{repeat: $n, steps: [{call: B/1.n}]}]}, B: {n: []}}\nstart: [{call: A/1.m}]\n";
const std::string kExplored =
    "actorsim: 1\nname: explored\nconfig: {reentrancy: {enabled: true}}\nchains: [A -> B, B -> A, A -> C]\n"
    "expect: {never: [deadlock, stranded]}\n";
const std::string kWarns = "actorsim: 1\nname: warns\nchains: [A -> B]\nexpect: {}\n";

void write_many(const CommandLine& line, int count) {
  const std::string* const texts[] = {&kPasses, &kFailing, &kBroken, &kMatrix, &kExplored, &kWarns};
  for (int i = 0; i < count; ++i) {
    const std::string folder = "d/" + std::to_string(i % 7) + "/";
    line.write(folder + "case" + std::to_string(i) + ".yaml", *texts[static_cast<std::size_t>(i) % std::size(texts)]);
    line.write(folder + "other" + std::to_string(i) + ".yaml", "kind: Pod\n");
    line.write(folder + "app.json", "{\"reentrancy\": {\"enabled\": true}}");
  }
}

}  // namespace

TEST_CASE("any number of jobs prints the same bytes, on both streams, in every format and command") {
  CommandLine line;
  write_many(line, 60);
  const std::vector<std::vector<std::string>> commands{
      {"run", "d"},
      {"run", "d", "d/1", "d/1/case1.yaml", "-", "nothing.yaml", "-v"},
      {"run", "d", "--report", "json"},
      {"run", "d", "--max-failures", "7", "--report", "json"},
      {"run", "d", "--shard", "2/3", "-k", "a"},
      {"run", "d", "-W", "--error-format", "json"},
      {"explore", "d", "--report", "json"},
      {"explore", "d", "-q"},
      {"compare", "d"},
      {"check", "d"},
      {"list", "d", "--json"},
  };
  for (std::vector<std::string> words : commands) {
    const std::string command = words.front() + " " + words.back();
    INFO(command);
    words.insert(words.end(), {"-j", "1"});
    const Answer one = line.run(words, kPasses);
    CHECK(one.code != kExitInternal);
    words.back() = "4";
    const Answer four = line.run(words, kPasses);
    CHECK(four.code == one.code);
    CHECK(four.out == one.out);
    CHECK(four.err == one.err);
  }
}

TEST_CASE("jobs are a number from 1 on, or all") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  for (const std::string wrong : {"0", "-1", "two", "1025", "1.5"}) {
    const Answer answer = line.run({"run", "a.yaml", "-j", wrong});
    CHECK(answer.code == kExitBadInput);
    CHECK_THAT(answer.err, Contains("is no value of --jobs"));
  }
  for (const std::string right : {"1", "2", "1024", "all"}) CHECK(line.run({"run", "a.yaml", "-j", right}).code == 0);
}

TEST_CASE("jobs and threads share the cores unless both are given") {
  Environment environment;
  environment.cores = 8;
  Options options;
  CHECK(jobs_of(options, environment) == 8);
  options.exploring.threads = 3;
  CHECK(jobs_of(options, environment) == 2);
  options.exploring.threads = 16;
  CHECK(jobs_of(options, environment) == 1);
  options.jobs = 5;
  CHECK(jobs_of(options, environment) == 5);
}

// ---- the pool -------------------------------------------------------------------------------------------------------

TEST_CASE("results are taken in order, whichever is done first") {
  for (const unsigned jobs : {1U, 4U}) {
    WorkerPool pool(jobs);
    std::vector<int> taken;
    InOrder<int, int> queue(
        pool,
        [](int item) {
          if (item % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
          return item * 2;
        },
        [&](int result) { taken.push_back(result); });
    for (int i = 0; i < 200; ++i) queue.push(i, 1);
    queue.finish();
    REQUIRE(taken.size() == 200);
    for (int i = 0; i < 200; ++i) CHECK(taken[static_cast<std::size_t>(i)] == 2 * i);
  }
}

TEST_CASE("with one job nothing runs before it is asked for") {
  WorkerPool pool(1);
  int count = 0;
  auto first = pool.submit([&] { return ++count; });
  auto second = pool.submit([&] { return ++count; });
  CHECK(count == 0);
  CHECK(second.get() == 1);
  CHECK(first.get() == 2);
}

TEST_CASE("what is large waits until there is room, and is done all the same") {
  WorkerPool pool(4);
  std::atomic<int> at_work = 0, most = 0;
  int taken = 0;
  InOrder<int, int> queue(
      pool,
      [&](int item) {
        const int now = ++at_work;
        if (now > most) most = now;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        --at_work;
        return item;
      },
      [&](int) { ++taken; });
  for (int i = 0; i < 20; ++i) queue.push(i, std::size_t{1} << 30U);
  queue.finish();
  CHECK(taken == 20);
  CHECK(most == 1);
}

TEST_CASE("what a worker throws arrives where the result is asked for") {
  for (const unsigned jobs : {1U, 3U}) {
    WorkerPool pool(jobs);
    auto result = pool.submit([]() -> int { throw std::runtime_error("a bug"); });
    CHECK_THROWS_AS(result.get(), std::runtime_error);
  }
}

// ---- stopping -------------------------------------------------------------------------------------------------------

TEST_CASE("what lies behind the last failure that counts is stopped, whichever failure is known first") {
  CaseStops stops(nullptr, 2, true);
  const std::atomic<bool>* fifth = stops.begin(5);
  const std::atomic<bool>* third = stops.begin(3);
  stops.add_failure(4);
  CHECK_FALSE(stops.is_unwanted(9));
  stops.add_failure(7);
  CHECK(stops.is_unwanted(8));
  CHECK_FALSE(stops.is_unwanted(7));
  CHECK_FALSE(*fifth);
  stops.add_failure(1);
  CHECK(stops.is_unwanted(5));
  CHECK(*fifth);
  CHECK_FALSE(*third);
  stops.end(5);
  CHECK(*stops.begin(6));
}

TEST_CASE("an interrupt reaches every case that runs") {
  std::atomic<bool> interrupted = false;
  CaseStops stops(&interrupted, std::nullopt, true);
  const std::atomic<bool>* flag = stops.begin(0);
  CHECK_FALSE(*flag);
  interrupted = true;
  for (int i = 0; i < 1'000 && !*flag; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(*flag);
  CHECK(stops.is_unwanted(0));
}

namespace {

// Interrupts `milliseconds` after somebody begins to listen.
struct Interrupter {
  explicit Interrupter(CommandLine& line, int milliseconds) {
    line.environment.watch_interrupts = [this, milliseconds] {
      if (!thread.joinable()) {
        thread = std::thread([this, milliseconds] {
          std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
          flag = true;
        });
      }
      return &flag;
    };
  }
  ~Interrupter() {
    if (thread.joinable()) thread.join();
  }

  std::atomic<bool> flag = false;
  std::thread thread;
};

const std::string kLong =
    "actorsim: 1\nname: long\nchains: [A -> B]\nuntil: 1000000h\n"
    "start: [{timer: A/1.m1, every: 1ms}]\nlimits: {calls: 1000000000000}\n";
const std::string kLarge =
    "actorsim: 1\nname: large\nconfig: {reentrancy: {enabled: true}}\nactors:\n  A: {m: [{repeat: 50, steps: [{call: "
    "B/$i.n}]}]}\n  B: {n: [{repeat: 30, steps: [{call: C/$i.n}]}]}\n  C: {n: []}\nstart:\n  - {call: A/1.m}\n  - "
    "{call: A/2.m}\n  - {call: A/3.m}\n  - {call: A/4.m}\n  - {call: A/5.m}\nexpect: {always: deadlock}\n";

}  // namespace

TEST_CASE("an interrupt ends a run and skips the rest; what there is, is reported") {
  for (const std::string jobs : {"1", "2"}) {
    CommandLine line;
    line.write("d/a.yaml", kPasses);
    line.write("d/b.yaml", kLong);
    line.write("d/c.yaml", kLong);
    line.write("d/d.yaml", kPasses);
    const Interrupter interrupter(line, 300);
    const Answer answer = line.run({"run", "d", "-j", jobs, "--report", "json"});
    CHECK(answer.code == kExitInterrupted);
    CHECK_THAT(answer.out, Contains("\"status\": \"inconclusive\""));
    CHECK_THAT(answer.out, Contains("\"passed\": 1"));
    CHECK_THAT(answer.out, Contains("\"skipped\": 3"));
  }
}

TEST_CASE("an interrupt ends an exploration with what it has found") {
  for (const std::string jobs : {"1", "2"}) {
    CommandLine line;
    line.write("d/a.yaml", kLarge);
    line.write("d/b.yaml", kLarge);
    line.write("d/c.yaml", kPasses);
    const Interrupter interrupter(line, 300);
    const Answer answer =
        line.run({"run", "d", "-j", jobs, "--reduction", "none", "--max-states", "1000000000", "--report", "json"});
    CHECK(answer.code == kExitInterrupted);
    CHECK_THAT(answer.out, Contains("\"skipped\": " + std::string(jobs == "1" ? "2" : "1")));
    CHECK_THAT(answer.out, Contains("\"inconclusive\": " + jobs));
  }
}
