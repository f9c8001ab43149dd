// Paths name calls and threads of control apart from the order in which they were met.
#include "actorsim/model/paths.h"

#include "support/catch.h"

namespace {

using namespace actorsim;

TEST_CASE("threads of control are ordered by the place of their fork, wherever that is") {
  // The place of a fork is an instruction: its number may be larger than that of any path.
  Paths paths;
  const Index late = paths.child({kNone, 900, 0, 0});
  const Index early = paths.child({kNone, 700, 1, 0});
  const Index inner = paths.child({early, 950, 0, 0});
  CHECK(paths.thread_comes_before(kNone, early));
  CHECK(paths.thread_comes_before(early, late));
  CHECK(paths.thread_comes_before(early, inner));
  CHECK(paths.thread_comes_before(inner, late));
  CHECK_FALSE(paths.thread_comes_before(late, early));
  CHECK_FALSE(paths.thread_comes_before(early, early));
}

TEST_CASE("calls are ordered by who called, not by when they were first met") {
  const auto is_ordered = [](bool late_first) {
    Paths paths;
    const Index fork = paths.child({kNone, 900, 0, 0});
    Index early = kNone, late = kNone;
    for (int i = 0; i < 2; ++i) {
      if ((i == 0) == late_first)
        late = paths.child({kNone, fork, 1, 0});
      else
        early = paths.child({kNone, kNone, 5, 0});
    }
    const Index inner = paths.child({early, kNone, 0, 0});
    return paths.call_comes_before(early, late) && !paths.call_comes_before(late, early) &&
           paths.call_comes_before(early, inner) && paths.call_comes_before(inner, late);
  };
  CHECK(is_ordered(true));
  CHECK(is_ordered(false));
}

TEST_CASE("calls of one place are in the order in which they were made, whenever they were first met") {
  Paths paths;
  const Index second = paths.child({kNone, kNone, 5, 1});
  const Index first = paths.child({kNone, kNone, 5, 0});
  const Index inner = paths.child({first, kNone, 0, 0});
  CHECK(paths.call_comes_before(first, second));
  CHECK_FALSE(paths.call_comes_before(second, first));
  CHECK(paths.call_comes_before(inner, second));
}

}  // namespace
