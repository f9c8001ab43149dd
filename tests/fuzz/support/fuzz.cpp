// Failing, and looking at complaints.
#include "fuzz/support/fuzz.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "actorsim/base/text.h"

namespace actorsim::fuzz {

void fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

std::string Bytes::take_text() {
  const std::uint8_t* const begin = data_ + at_;
  const std::uint8_t* const end = std::find(begin, data_ + size_, std::uint8_t{0});
  at_ = std::min(size_, at_ + static_cast<std::size_t>(end - begin) + 1);
  return text_of(begin, static_cast<std::size_t>(end - begin));
}

void demand_printable(std::string_view text, std::string_view what) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid || (point.value != U'\n' && is_hostile(point.value)))
      fail(std::string(what) + " has " + escape(point) + " in it:\n" + printable(text));
    at += point.length;
  }
}

void demand_good_complaints(const Diagnostics& diagnostics, const Source& source) {
  demand(diagnostics.shown().size() <= Diagnostics::kShown, "more complaints are shown than a screen holds");
  const auto& codes = diagnostic_codes();
  for (const Diagnostic& diagnostic : diagnostics.shown()) {
    demand(!diagnostic.message.empty(), "a complaint says nothing");
    if (std::find(codes.begin(), codes.end(), diagnostic.code) == codes.end())
      fail("a complaint has the unknown code " + std::string(diagnostic.code));
  }
  for (const DiagnosticStyle style : {DiagnosticStyle::with_excerpt, DiagnosticStyle::one_line})
    demand_printable(render(diagnostics, &source, style), "a rendered complaint");
}

}  // namespace actorsim::fuzz
