// Names of Dapr releases.
#include "actorsim/base/release.h"

#include "support/catch.h"

using namespace actorsim;

TEST_CASE("a release line means its newest patch") {
  REQUIRE(parse_release("1.15") == Release{15, 14, false});
  REQUIRE(to_string(Release{15, 14, false}) == "1.15");
  REQUIRE(to_string(Release{15, 3, false}) == "1.15.3");
  REQUIRE(parse_release("v1.15.3") == Release{15, 3, false});
}

TEST_CASE("a release that does not exist is refused") {
  for (const char* text :
       {"", "1", "1.", "1.1", "1.19", "1.15.15", "1.15.", "1.015", "2.0", "1.15.3.1", "1.15 ", "latest", "1.15.-1"}) {
    INFO(text);
    REQUIRE_FALSE(parse_release(text).has_value());
  }
}

TEST_CASE("docs is neither before nor after any release") {
  REQUIRE(parse_release("docs") == kDocs);
  REQUIRE_FALSE(at_least(kDocs, 2));
  REQUIRE_FALSE(before(kDocs, 19));
  REQUIRE(at_least(kNewestRelease, 18, 3));
  REQUIRE(before(Release{15, 5, false}, 15, 6));
}
