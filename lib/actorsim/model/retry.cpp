// Retries: those of the runtime, then those of the scenario.
#include "actorsim/model/retry.h"

#include <algorithm>

namespace actorsim {

std::uint32_t own_attempts(const Call& call) { return call.attempts - call.built_in_retries; }

std::optional<Nanoseconds> retry_delay(const Program& program, Call& call, const CallEnd& end) {
  if (end.how == CallEnd::How::answered || end.by == CallEnd::By::caller) return std::nullopt;
  const RuntimeRules& rules = program.rules;
  const bool is_built_in = (end.how == CallEnd::How::refused_depth && rules.retries_depth_error) ||
                           (end.how == CallEnd::How::refused_closed && rules.retries_closed_error) ||
                           (end.by == CallEnd::By::rebalance && rules.retries_drained_call);
  if (is_built_in && call.built_in_retries < kBuiltInRetries) {
    ++call.built_in_retries;
    return kBuiltInRetryDelay;
  }
  const Boxed<Retry>& retry = program.sites[call.site].retry;
  const std::int64_t done = std::int64_t{own_attempts(call)} - 1;
  if (!retry || done >= retry->max) return std::nullopt;
  if (retry->backoff == Retry::Backoff::constant || retry->delay == 0) return retry->delay;
  const std::int64_t doublings = std::min<std::int64_t>(done, 62);
  return retry->delay > (kForever >> doublings) ? kForever / 2 : retry->delay << doublings;
}

}  // namespace actorsim
