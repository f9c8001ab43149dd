// `actorsim play` as a person at its prompt meets it.
#include <algorithm>
#include <functional>
#include <regex>
#include <sstream>
#include <streambuf>
#include <utility>

#include "actorsim/report/pretty/layout.h"
#include "support/catch.h"
#include "unit/cli/command_line.h"

using namespace actorsim;

namespace {

const std::string kCrossing = "actorsim: 1\nname: crossing\nchains: [A -> B, B -> A]\n";
const std::string kTwoCases = "actorsim: 1\nchains: [A -> A]\nmatrix: {reentrancy.enabled: [false, true]}\n";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

Answer play(const std::string& input, const std::string& scenario = kCrossing,
            const std::vector<std::string>& more = {}) {
  CommandLine line;
  line.write("s.yaml", scenario);
  std::vector<std::string> arguments{"play", "s.yaml"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return line.run(arguments, input);
}

// Asks for a hint, does what it says, and so on: all that was typed.
std::string follow(const std::string& word, const std::string& scenario) {
  std::string typed;
  for (int i = 0; i < 30; ++i) {
    const std::string out = play(typed + word + "\n", scenario).out;
    std::smatch hint;
    const std::string last = out.substr(out.rfind("> " + word));
    if (!std::regex_search(last, hint, std::regex("hint  (\\d+) "))) return typed;
    typed += hint[1].str() + "\n";
  }
  return typed;
}

// Somebody who does something else first when asked to type.
class Typist : public std::stringbuf {
 public:
  Typist(const std::string& text, std::function<void()> first) : text_(text), first_(std::move(first)) {}

 protected:
  int underflow() override {
    if (first_) {
      std::exchange(first_, nullptr)();
      str(text_);
    }
    return std::stringbuf::underflow();
  }

 private:
  std::string text_;
  std::function<void()> first_;
};

// But for commands, which stay whole.
std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!has(line, "actorsim run")) widest = std::max(widest, text_width(line));
  }
  return widest;
}

// Nobody reads any more.
class BrokenBuffer : public std::streambuf {
 protected:
  int overflow(int) override { return traits_type::eof(); }
  std::streamsize xsputn(const char*, std::streamsize) override { return 0; }
};

}  // namespace

TEST_CASE("play: whoever follows the hints comes to the deadlock, and is told why") {
  const std::string typed = follow("h", kCrossing);
  CHECK(count(typed, "\n") == 4);
  const Answer answer = play(typed);
  CHECK(answer.code == 0);
  CHECK(has(answer.out, "deadlock: two chains wait for each other"));
  CHECK(has(answer.out, "wait-for cycle"));
  CHECK(has(answer.out, "why  "));
  CHECK(has(answer.out, "fix  "));
  CHECK(has(answer.out, "Step 2 decided it"));
  CHECK(has(answer.out, "14 orders: 4 deadlock, 10 end well"));
}

TEST_CASE("play: whoever follows the hints the other way comes to a good end, and is praised") {
  const std::string typed = follow("a", kCrossing);
  CHECK(count(typed, "\n") == 8);
  const Answer answer = play(typed);
  CHECK(answer.code == 0);
  CHECK(has(answer.out, "ok: all 4 calls were answered"));
  CHECK(has(answer.out, "Well done!"));
}

TEST_CASE("play: what is shown fits the terminal as it is by then") {
  CommandLine line;
  line.write("s.yaml", kCrossing);
  std::size_t width = 100;
  line.environment.terminal_width = [&] { return width; };
  Typist typist("t1\nt2\nt1\nt2\n", [&] { width = 60; });
  std::istream in(&typist);
  std::ostringstream shown, err;
  REQUIRE(run_cli({"play", "s.yaml"}, in, shown, err, line.environment) == 0);
  const std::string out = shown.str();
  const std::size_t typed = out.find("> t1");
  CHECK(widest_line(out.substr(0, typed)) > 60);
  CHECK(has(out, "deadlock: two chains"));
  CHECK(widest_line(out.substr(typed)) <= 60);
}

TEST_CASE("play: the command that it prints comes to the same end") {
  CommandLine line;
  line.write("s.yaml", kCrossing);
  const std::string out = line.run({"play", "s.yaml"}, "t1.t2.t1.t2\n").out;
  const std::string replay = "actorsim run s.yaml --schedule ";
  const std::size_t begin = out.find(replay) + replay.size();
  const std::string schedule = out.substr(begin, out.find('\n', begin) - begin);
  CHECK(schedule == "t1.t2.t1.t2");
  const Answer run = line.run({"run", "s.yaml", "--schedule", schedule});
  CHECK(run.code == 1);
  CHECK(has(run.out, "deadlock"));
}

TEST_CASE("play: numbers, words and several words at once choose the same steps") {
  const std::string end = "after 4 steps  t1.t2.t1.t2";
  CHECK(has(play("1\n2\n1\n1\n").out, end));
  CHECK(has(play("t1\nt2\nt1\nt2\n").out, end));
  CHECK(has(play("T1.T2.t1.t2\n").out, end));
  CHECK(has(play("1\n2\n1\n\n").out, end));  // where there is only one step, an empty line is enough
}

TEST_CASE("play: steps can be taken back, and the beginning is not left") {
  CHECK(has(play("1\n1\nu\n").out, "> u\n\n  after 1 step  t1\n"));
  CHECK(has(play("1\n1\n1\nundo 2\n").out, "> undo 2\n\n  after 1 step  t1\n"));
  CHECK(has(play("1\n1\nr\n2\n").out, "after 1 step  t2"));
  CHECK(has(play("u\n").out, "This is the beginning already."));
  CHECK(has(play("auto\nu\n").out, "> u\n\n  after 3 steps"));
}

TEST_CASE("play: auto plays on from where the game stands") {
  CHECK(has(play("auto\n").out, "after 4 steps  t1.t2.t1.t2"));
  CHECK(has(play("1\n1\nauto\n").out, "ok: all 4 calls were answered"));
  CHECK(has(play("auto\nauto\n").out, "> auto\n  Nothing can move any more"));
}

TEST_CASE("play: what cannot be done is answered with what can") {
  const std::string out = play("9\n0\nfoo\nhitn\nt1.t2.t1\nt1\nt9\n\n1 2\n").out;
  CHECK(has(out, "There is no step 9: 1 to 2, or a word such as t1."));
  CHECK(has(out, "There is no step 0"));
  CHECK(has(out, "'foo' is nothing that can be done here: 1 to 2, or a word such as t1, or ? for help."));
  CHECK(has(out, "'hitn' is nothing that can be done here: did you mean 'hint'?"));
  CHECK(has(out, "t1 cannot move now.\n  call 3 (t1) waits for B/1: call 2 (t2) is inside"));
  CHECK(has(out, "t9 cannot move now.\n"));
}

TEST_CASE("play: of several words those are taken that can be") {
  const std::string out = play("t1.t2.t1.t1.t2\n").out;
  CHECK(has(out, "after 3 steps  t1.t2.t1"));
  CHECK(has(out, "t1 cannot move now."));
}

TEST_CASE("play: the end of the input is as good as leaving, and says how to go on") {
  for (const char* input : {"1\n", "1\nq\n", "1"}) {
    const Answer answer = play(input);
    CHECK(answer.code == 0);
    CHECK(has(answer.out, "go on  actorsim play s.yaml --schedule t1\n"));
    CHECK(answer.err.empty());
  }
  CHECK_FALSE(has(play("").out, "go on"));
  CHECK_FALSE(has(play("auto\nq\n").out, "go on"));
}

TEST_CASE("play: a schedule is where it starts") {
  CHECK(has(play("2\n", kCrossing, {"--schedule", "t1.t2.t1"}).out, "There is no step 2"));
  const Answer misfit = play("", kCrossing, {"--schedule", "t1.t3"});
  CHECK(misfit.code == 2);
  CHECK(has(misfit.err, "t3 is not there"));
  CHECK(misfit.out.empty());
}

TEST_CASE("play: of several cases one is chosen, by an option or at the prompt") {
  const Answer asked = play("3\nx\n2\nauto\n", kTwoCases);
  CHECK(has(asked.out, "1  s (reentrancy.enabled=false)"));
  CHECK(count(asked.out, "A number from 1 to 2, or q to leave.") == 2);
  CHECK(has(asked.out, "1 of them re-entered"));
  CHECK(has(play("auto\n", kTwoCases, {"--case", "1"}).out, "deadlock: A/1 waits for itself"));
  CHECK(play("", kTwoCases).code == 0);
  CHECK(play("q\n", kTwoCases).code == 0);
  const Answer unknown = play("", kTwoCases, {"--case", "3"});
  CHECK(unknown.code == 2);
  CHECK(has(unknown.err, "there is no case '3'"));
}

TEST_CASE("play: a scenario too large to look at all of it is played without hints until little is left") {
  const std::string large = "actorsim: 1\nactors: {A: {m: []}}\nstart: [{call: A/$i.m, count: 80}]\n";
  const std::string out = play("h\nauto\nu 3\nh\n", large).out;
  CHECK(has(out, "in all  too many orders to look at them all"));
  CHECK(has(out, "> h\n  No hint: too much can still happen from here."));
  CHECK(has(out, "and 56 more steps, which a word such as t1#80 chooses"));
  CHECK(has(out, "hint  nothing can go wrong any more"));
}

TEST_CASE("play: calls that are stuck are told as soon as they are, while others go on") {
  const std::string out = play("t1.t1\nt2\n", "actorsim: 1\nchains: [A -> A, B]\n").out;
  CHECK(count(out, "call 2 (t1): deadlocked; others can still go on") == 1);
  CHECK(has(play("h\n", "actorsim: 1\nchains: [A -> A, B]\n", {"--schedule", "t1.t1"}).out,
            "hint  deadlock: it has happened already"));
}

TEST_CASE("play: what fires without end is refused with its place") {
  const Answer answer = play("", "actorsim: 1\nactors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s}]\nuntil: 5s\n");
  CHECK(answer.code == 2);
  CHECK(has(answer.err, "s.yaml:3:9: error: this fires without end"));
  CHECK(has(answer.err, " 3 | start: [{timer: A/1.m, every: 1s}]"));
}

TEST_CASE("play: what is typed is shown where no terminal shows it") {
  CHECK(has(play("1\n").out, "> 1\n"));
  CommandLine line;
  line.environment.input_is_terminal = true;
  line.write("s.yaml", kCrossing);
  CHECK_FALSE(has(line.run({"play", "s.yaml"}, "1\n").out, "> 1\n"));
}

TEST_CASE("play: nothing that is typed or named controls the terminal") {
  const std::string hostile =
      "actorsim: 1\nname: \"n\\e[2J\"\nactors: {A: {m: []}}\n"
      "start: [{call: A/1.m, as: \"x\\e]0;t\\a\\u202e\"}, {call: A/1.m, header: \"h\\e[1m\"}]\n";
  const Answer answer = play("\x1b[31mfoo\x07\n1\n1\nh\ns\nt1\nauto\n", hostile);
  CHECK(answer.code == 0);
  for (const char character : answer.out) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 && character != '\n') FAIL("a control character in: " << answer.out);
  }
  CHECK_FALSE(has(answer.out, "\xe2\x80\xae"));
  CHECK(has(answer.out, "\\x1b[31mfoo"));
}

TEST_CASE("play: endless lines and input without lines do no harm") {
  CHECK(play(std::string(1'000'000, 'x') + "\n1\n").code == 0);
  CHECK(play(std::string(100'000, '\0')).code == 0);
}

TEST_CASE("play: the game ends when nobody can read it any more") {
  CommandLine line;
  line.write("s.yaml", kCrossing);
  BrokenBuffer broken;
  std::ostream out(&broken);
  std::ostringstream err;
  std::string typed;
  for (int i = 0; i < 1'000; ++i) typed += "l\n";
  std::istringstream in(typed);
  CHECK(run_cli({"play", (line.folder() / "s.yaml").string()}, in, out, err, line.environment) == 0);
  CHECK(in.tellg() == std::streampos(0));  // nothing was asked for
}

TEST_CASE("play: one file, and not from standard input") {
  CommandLine line;
  line.write("s.yaml", kCrossing);
  CHECK(has(line.run({"play"}).err, "nothing to play"));
  CHECK(has(line.run({"play", "s.yaml", "s.yaml"}).err, "one file is played at a time"));
  CHECK(has(line.run({"play", "-"}).err, "cannot come from standard input"));
  CHECK(line.run({"play", "-"}).code == 2);
  CHECK(line.run({"play", "t.yaml"}).code == 2);
  line.write("b.yaml", kBroken);
  CHECK(line.run({"play", "b.yaml"}).code == 2);
}

TEST_CASE("play: a warning is told before the game, and fails it afterwards where that was asked for") {
  const std::string unused = "actorsim: 1\nactors: {A: {m: [], n: []}}\nstart: [{call: A/1.m}]\n";
  const Answer answer = play("auto\n", unused);
  CHECK(answer.code == 0);
  CHECK(has(answer.err, "warning"));
  const Answer strict = play("auto\n", unused, {"-W"});
  CHECK(strict.code == 2);
  CHECK(has(strict.out, "ok: the call was answered"));
}

TEST_CASE("play: quietly it shows the locks and the steps") {
  const std::string out = play("1\n2\n1\n", kCrossing, {"-q"}).out;
  CHECK(has(out, "held by"));
  CHECK(has(out, "next "));
  CHECK_FALSE(has(out, "scheduler"));
  CHECK_FALSE(has(out, "blocked"));
}
