// A situation in words: why a call cannot move, and who is in a lock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/explore/situation_view.h"
#include "actorsim/report/pretty/style.h"

namespace actorsim {

/// How a call is named: `call 3 (t1)`, with the number that the report of a run gives it; or `t1's A/1.m`, which means
/// the same on every way.
enum class CallNaming : std::uint8_t { by_number, by_chain };

/// Refers to the view and the style, which must outlive it.
class SituationText {
 public:
  SituationText(const SituationView& view, CallNaming naming, const Style& style)
      : view_(view), naming_(naming), style_(style) {}

  std::string call(std::uint32_t number) const;
  std::string calls(const std::vector<std::uint32_t>& numbers) const;  ///< `call 1 (t1), call 3 (t1) and call 4 (t2)`

  /// A sentence without its full stop, whose subject is the call: `t2's A/1.m waits for A/1: …`.
  std::string why_blocked(const BlockedCall& blocked) const;

  /// `held by call 1 (id r1, depth 2 of 32); call 3 (id r2) waits`
  std::string lock(const LockView& lock) const;

 private:
  std::string why_not_let_in(const BlockedCall& blocked) const;
  std::string seat(const LockSeat& seat, const LockView& lock) const;

  const SituationView& view_;
  CallNaming naming_;
  const Style& style_;
};

/// `open`, `deadlocked`, `stranded`, `behind`.
std::string_view to_word(BlockedCall::Outlook outlook);
/// `lock`, `held`, `answer`.
std::string_view to_word(BlockedCall::By by);

}  // namespace actorsim
