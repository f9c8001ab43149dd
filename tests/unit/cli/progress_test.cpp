// The line that says how far a long run has come.
#include "cli/output/progress.h"

#include <sstream>

#include "support/catch.h"

using namespace actorsim;

namespace {

struct Fixture {
  explicit Fixture(bool is_shown = true) : progress(err, is_shown, [this] { return now; }) {}

  void wait(int milliseconds) { now += std::chrono::milliseconds(milliseconds); }

  // What was written since the last time.
  std::string written() {
    const std::string text = err.str();
    err.str("");
    return text;
  }

  std::chrono::steady_clock::time_point now;
  std::ostringstream err;
  Progress progress;
};

}  // namespace

TEST_CASE("nothing is said of a run that takes less than half a second") {
  Fixture fixture;
  fixture.progress.begin_case(0, "short");
  fixture.wait(499);
  fixture.progress.tell(0, 1000, kSecond);
  fixture.progress.end_case(0);
  fixture.progress.clear();
  CHECK(fixture.written().empty());
}

TEST_CASE("a long run says how far it has come, ten times a second at most") {
  Fixture fixture;
  fixture.progress.begin_case(0, "first");
  fixture.progress.end_case(0);
  fixture.progress.begin_case(0, "long");
  fixture.wait(500);
  fixture.progress.tell(0, 1'234'567, 90 * kSecond);
  CHECK(fixture.written() == "\r1 case done · long: 1,234,567 calls, 1m30s of virtual time\x1b[K");
  fixture.wait(99);
  fixture.progress.tell(0, 1'300'000, 91 * kSecond);
  CHECK(fixture.written().empty());
  fixture.wait(1);
  fixture.progress.tell(0, 1'300'001, 91 * kSecond);
  CHECK_FALSE(fixture.written().empty());
}

TEST_CASE("the line is gone when something else is written") {
  Fixture fixture;
  fixture.wait(600);
  fixture.progress.begin_case(0, "long");
  fixture.written();
  fixture.progress.clear();
  CHECK(fixture.written() == "\r\x1b[K");
  fixture.progress.clear();
  CHECK(fixture.written().empty());
}

TEST_CASE("progress that is not shown writes nothing") {
  Fixture fixture(false);
  fixture.progress.begin_case(0, "long");
  fixture.wait(5000);
  fixture.progress.tell(0, 5, 0);
  fixture.progress.clear();
  CHECK(fixture.written().empty());
}

TEST_CASE("a name reaches the terminal printable and shortened") {
  Fixture fixture;
  fixture.wait(600);
  fixture.progress.begin_case(0, "\x1b[31m" + std::string(200, 'x'));
  const std::string text = fixture.written();
  CHECK(text.find("\x1b[31m") == std::string::npos);
  CHECK(text.size() < 100);
}

TEST_CASE("an exploration tells how many states it has, how fast, and how far it may have to go") {
  Fixture fixture;
  fixture.progress.begin_case(0, "large");
  fixture.wait(2000);
  fixture.progress.tell(0, ExploreProgress{5'000'000, 9'000'000, 1'234, 17}, 24);
  CHECK(fixture.written() ==
        "\r0 cases done · large: 5,000,000 states, 2,500,000/s, frontier 1,234, level 17 of about 24\x1b[K");
  fixture.wait(100);
  fixture.progress.tell(0, ExploreProgress{5'000'000, 9'000'000, 1'234, 25}, 24);
  CHECK(fixture.written() == "\r0 cases done · large: 5,000,000 states, 2,380,952/s, frontier 1,234, level 25\x1b[K");
  fixture.wait(100);
  fixture.progress.tell_runs(0, 1'000, 20'000);
  CHECK(fixture.written() == "\r0 cases done · large: run 1,000 of 20,000\x1b[K");
}

TEST_CASE("where several cases are at work, the first of them is told, and how many there are") {
  Fixture fixture;
  fixture.progress.begin_case(3, "later");
  fixture.progress.begin_case(1, "earlier");
  fixture.wait(600);
  fixture.progress.tell(3, 10, 0);
  CHECK(fixture.written().empty());
  fixture.progress.tell(1, 20, 0);
  CHECK(fixture.written() == "\r0 cases done, 2 at work · earlier: 20 calls, 0s of virtual time\x1b[K");
  fixture.wait(100);
  fixture.progress.end_case(1);
  fixture.progress.tell(3, 30, 0);
  CHECK(fixture.written() == "\r1 case done · later: 30 calls, 0s of virtual time\x1b[K");
}

TEST_CASE("nothing is shown between what else is written") {
  Fixture fixture;
  fixture.wait(600);
  fixture.progress.begin_case(0, "long");
  fixture.written();
  fixture.progress.pause([&] { fixture.err << "a warning\n"; });
  CHECK(fixture.written() == "\r\x1b[Ka warning\n");
}
