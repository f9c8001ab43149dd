// When to look at the clock, and what a search tells.
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

constexpr std::uint32_t kCallsPerLook = 1024;  // at the clock
constexpr std::chrono::milliseconds kBetweenProgress{200};

}  // namespace

SearchLimits::SearchLimits(const ExploreOptions& options) : options_(options) {
  if (options_.clock) started_ = last_told_ = options_.clock();
}

std::optional<Exploration::End> SearchLimits::reached(const ExploreProgress& progress, std::uint64_t bytes) {
  if (++calls_ % kCallsPerLook == 0) return look(progress, bytes);
  if (progress.states >= options_.max_states) return Exploration::End::max_states;
  if (bytes > options_.max_memory) return Exploration::End::max_memory;
  return std::nullopt;
}

std::optional<Exploration::End> SearchLimits::look(const ExploreProgress& progress, std::uint64_t bytes) {
  if (progress.states >= options_.max_states) return Exploration::End::max_states;
  if (bytes > options_.max_memory) return Exploration::End::max_memory;
  if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return Exploration::End::stopped;
  if (!options_.clock) return std::nullopt;
  const std::chrono::nanoseconds now = options_.clock();
  if (options_.on_progress && now - last_told_ >= kBetweenProgress) {
    last_told_ = now;
    options_.on_progress(progress);
  }
  if (options_.time_limit.count() > 0 && now - started_ >= options_.time_limit) return Exploration::End::time_limit;
  return std::nullopt;
}

bool SearchLimits::is_over() const {
  if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return true;
  return options_.clock && options_.time_limit.count() > 0 && options_.clock() - started_ >= options_.time_limit;
}

void note_outcome(Exploration& exploration, const Walker& walker, const CallOutcome& outcome) {
  exploration.outcomes[walker.label_text(outcome.label)] |=
      static_cast<std::uint16_t>(1U << static_cast<unsigned>(outcome.outcome));
}

}  // namespace actorsim
