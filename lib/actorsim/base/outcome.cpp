// Words of outcomes and verdicts.
#include "actorsim/base/outcome.h"

namespace actorsim {
namespace {

constexpr std::array<std::string_view, kOutcomeCount> kOutcomeWords{
    "exceeded",  "closed", "not-hosted", "deadlocked", "stranded", "timed-out",
    "cancelled", "failed", "blocked",    "re-entered", "entered",  "skipped"};

constexpr std::array<std::string_view, kVerdictCount> kVerdictWords{"ok",     "failed",   "timeout", "exceeded",
                                                                    "closed", "stranded", "overlap", "deadlock"};

template <typename Word, std::size_t Size>
std::optional<Word> find_word(const std::array<std::string_view, Size>& words, std::string_view word) {
  for (std::size_t i = 0; i < Size; ++i) {
    if (words[i] == word) return static_cast<Word>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_word(Outcome outcome) { return kOutcomeWords[static_cast<std::size_t>(outcome)]; }
std::string_view to_word(Verdict verdict) { return kVerdictWords[static_cast<std::size_t>(verdict)]; }

std::optional<Outcome> parse_outcome(std::string_view word) { return find_word<Outcome>(kOutcomeWords, word); }
std::optional<Verdict> parse_verdict(std::string_view word) { return find_word<Verdict>(kVerdictWords, word); }

Verdict verdict_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::exceeded: return Verdict::exceeded;
    case Outcome::closed: return Verdict::closed;
    case Outcome::not_hosted: return Verdict::failed;
    case Outcome::deadlocked: return Verdict::deadlock;
    case Outcome::stranded: return Verdict::stranded;
    case Outcome::timed_out: return Verdict::timeout;
    case Outcome::cancelled: return Verdict::timeout;
    case Outcome::failed: return Verdict::failed;
    case Outcome::blocked:
    case Outcome::re_entered:
    case Outcome::entered:
    case Outcome::skipped: return Verdict::ok;
  }
  return Verdict::ok;
}

}  // namespace actorsim
