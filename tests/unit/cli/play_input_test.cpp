// Lines as they are typed.
#include "cli/play/play_input.h"

#include <sstream>

#include "support/catch.h"

using namespace actorsim;

TEST_CASE("a line is a number, a word, or the words of a schedule") {
  CHECK(read_play_line("12").word == PlayWord::step);
  CHECK(read_play_line("12").number == 12);
  CHECK(read_play_line("  ").word == PlayWord::only);
  CHECK(read_play_line(" Hint\t").word == PlayWord::hint);
  CHECK(read_play_line("?").word == PlayWord::help);
  CHECK(read_play_line("t1.t2/2.d").word == PlayWord::steps);
  CHECK(read_play_line("t1.t2/2.d").steps.size() == 3);
  CHECK(read_play_line("d").steps.front().trigger == kNone);
  CHECK(read_play_line("hh").word == PlayWord::unknown);
  CHECK(read_play_line("99999999999999999999999").word == PlayWord::unknown);
  CHECK(read_play_line("-1").word == PlayWord::unknown);
}

TEST_CASE("every name of a word is known") {
  for (const std::string& name : play_word_names()) {
    INFO(name);
    CHECK(read_play_line(name).word != PlayWord::unknown);
    CHECK(read_play_line(name).word != PlayWord::steps);
  }
}

TEST_CASE("only taking back takes a count") {
  CHECK(read_play_line("u").number == 1);
  CHECK(read_play_line("undo  7").number == 7);
  CHECK(read_play_line("u x").word == PlayWord::unknown);
  CHECK(read_play_line("h 3").word == PlayWord::unknown);
}

TEST_CASE("lines are read to the end of the input, and long ones kept in part") {
  std::istringstream in("a\n\n" + std::string(10'000, 'b') + "\nlast");
  CHECK(read_line(in) == "a");
  CHECK(read_line(in) == "");
  CHECK(read_line(in)->size() < 10'000);
  CHECK(read_line(in) == "last");
  CHECK_FALSE(read_line(in));
}
