// --watch, in process: what makes it run again, and how fast. What it has found out is read from a report file, which
// is replaced as a whole.
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <sstream>
#include <thread>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

// A command with --watch on a thread of its own, until the end of its life.
class Watching {
 public:
  Watching(CommandLine& line, std::vector<std::string> words) : line_(line) {
    line.environment.watch_interrupts = [this] { return &interrupted_; };
    words.insert(words.end(), {"--watch", "--report", "json=report.json"});
    thread_ = std::thread([this, words = std::move(words)] { answer_ = line_.run(words); });
    REQUIRE(waits_for("\"schema\""));
  }
  ~Watching() { end(); }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

  // Does the report come to hold this within 20 s? Machines are slow at times; how fast it was says elapsed().
  bool waits_for(const std::string& text) {
    const auto begin = Clock::now();
    while (Clock::now() - begin < std::chrono::seconds(20)) {
      if (line_.read("report.json").find(text) != std::string::npos) {
        elapsed_ = Clock::now() - begin;
        return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }
  Clock::duration elapsed() const { return elapsed_; }

  Answer end() {
    interrupted_ = true;
    if (thread_.joinable()) thread_.join();
    return answer_;
  }

 private:
  CommandLine& line_;
  std::atomic<bool> interrupted_ = false;
  Answer answer_;
  Clock::duration elapsed_{};
  std::thread thread_;
};

std::string named(const std::string& name) { return "actorsim: 1\nname: " + name + "\nchains: [A -> B]\n"; }

}  // namespace

TEST_CASE("--watch runs again when a file is written, replaced, added or removed, and ends with 130") {
  CommandLine line;
  line.write("d/a.yaml", named("first"));
  fs::create_directories(line.folder() / "d/deep/er");
  Watching watching(line, {"run", "d"});
  CHECK(watching.waits_for("\"first\""));
  line.write("d/a.yaml", named("second"));
  CHECK(watching.waits_for("\"second\""));
  line.write("aside", named("third"));
  fs::rename(line.folder() / "aside", line.folder() / "d/a.yaml");
  CHECK(watching.waits_for("\"third\""));
  line.write("d/deep/er/b.yaml", named("deep"));
  CHECK(watching.waits_for("\"deep\""));
  line.write("d/new/c.yaml", named("new"));
  CHECK(watching.waits_for("\"new\""));
  line.write("d/new/c.yaml", named("newer"));
  CHECK(watching.waits_for("\"newer\""));
  fs::remove_all(line.folder() / "d/new");
  fs::remove_all(line.folder() / "d/deep");
  CHECK(watching.waits_for("\"cases\": 1,"));
  const Answer answer = watching.end();
  CHECK(answer.code == kExitInterrupted);
  CHECK_THAT(answer.err, Contains("actorsim: note: watching 1 file; Ctrl-C ends"));
  CHECK_THAT(answer.err, Contains("actorsim: note: d/a.yaml changed"));
}

TEST_CASE("--watch notices the files that scenarios name and actorsim.toml, also where they were missing") {
  CommandLine line;
  line.write("a.yaml", "actorsim: 1\nconfig: deep/app.json\nchains: [A -> A]\n");
  fs::create_directories(line.folder() / "deep");
  Watching watching(line, {"run", "a.yaml"});
  CHECK(watching.waits_for("\"status\": \"error\""));
  line.write("deep/app.json", "{}");
  CHECK(watching.waits_for("\"status\": \"fail\""));
  line.write("deep/app.json", "{\"reentrancy\": {\"enabled\": true}}");
  CHECK(watching.waits_for("\"status\": \"pass\""));
  line.write("actorsim.toml", "dapr = '1.14'\n");
  CHECK(watching.waits_for("\"dapr\": \"1.14\""));
  line.write("actorsim.toml", "dapr = '1.99'\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  line.write("actorsim.toml", "dapr = '1.16'\n");
  CHECK(watching.waits_for("\"dapr\": \"1.16\""));
  CHECK(watching.end().code == kExitInterrupted);
}

TEST_CASE("--watch does not run again for its own report, nor for what is no scenario") {
  CommandLine line;
  line.write("a.yaml", named("only"));
  Watching watching(line, {"run", "."});
  line.write("notes.txt", "x");
  line.write(".a.yaml.swp", "x");
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  const std::string err = watching.end().err;
  CHECK(err.find("changed") == std::string::npos);
}

TEST_CASE("--watch reacts within 300 ms where the machine lets it") {
  CommandLine line;
  for (int i = 0; i < 50; ++i) line.write("d/f" + std::to_string(i) + ".yaml", named("x"));
  Watching watching(line, {"run", "d"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  std::optional<Clock::duration> best;
  for (int i = 0; i < 5; ++i) {
    const std::string name = "round" + std::to_string(i);
    line.write("d/f7.yaml", named(name));
    REQUIRE(watching.waits_for("\"" + name + "\""));
    if (!best || watching.elapsed() < *best) best = watching.elapsed();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  CHECK(std::chrono::duration_cast<std::chrono::milliseconds>(*best).count() <= 300);
}

TEST_CASE("--watch separates rounds on a terminal by clearing it, and nowhere else") {
  for (const bool is_terminal : {true, false}) {
    CommandLine line;
    line.environment.output_is_terminal = is_terminal;
    line.write("a.yaml", named("first"));
    Watching watching(line, {"run", "a.yaml"});
    line.write("a.yaml", named("second"));
    CHECK(watching.waits_for("\"second\""));
    CHECK((watching.end().out.find("\x1b[2J\x1b[H") != std::string::npos) == is_terminal);
  }
}

TEST_CASE("standard input cannot be watched") {
  const Answer answer = CommandLine().run({"run", "-", "--watch"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("standard input cannot be watched"));
}
