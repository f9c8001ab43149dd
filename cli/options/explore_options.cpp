// From words to bounds and reductions.
#include "cli/options/explore_options.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "cli/options/raw_options.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

constexpr std::int64_t kMostThreads = 1024;

struct ReductionWord {
  std::string_view word;
  bool Reductions::*field;
};
constexpr std::array<ReductionWord, 5> kReductionWords{{{"movers", &Reductions::movers},
                                                        {"stubborn", &Reductions::stubborn},
                                                        {"symmetry", &Reductions::symmetry},
                                                        {"lock-graph", &Reductions::lock_graph},
                                                        {"queue", &Reductions::queue}}};

std::vector<std::string> known_reductions() {
  std::vector<std::string> words{"none", "all"};
  for (const ReductionWord& entry : kReductionWords) words.emplace_back(entry.word);
  return words;
}

// The milliseconds of a time, rounded up: the shortest limit is still one.
std::chrono::milliseconds milliseconds_of(Nanoseconds time) {
  return std::chrono::milliseconds(time / kMillisecond + (time % kMillisecond > 0 ? 1 : 0));
}

class WishReader {
 public:
  WishReader(const RawOptions& raw, ExploreWishes& wishes, Diagnostics& problems)
      : raw_(raw), wishes_(wishes), problems_(problems) {}

  void read() {
    read_number("--max-states", raw_.max_states, std::numeric_limits<std::int64_t>::max(), wishes_.max_states);
    read_number("--threads", raw_.threads, kMostThreads, wishes_.threads);
    read_memory();
    read_time();
    read_reductions();
  }

 private:
  void complain(const std::string& option, std::string message, std::string help) {
    problems_.add(option_problem(raw_, option, std::move(message), std::move(help)));
  }

  template <typename Number>
  void read_number(const std::string& option, const std::string& text, std::int64_t most,
                   std::optional<Number>& number) {
    if (text.empty()) return;
    const auto value = parse_integer(text);
    if (value && *value >= 1 && *value <= most) {
      number = static_cast<Number>(*value);
    } else {
      complain(option, fmt::format("{} is no value of {}", actorsim::in_quotes(text), option),
               most == kMostThreads ? fmt::format("a number from 1 to {}", most) : "a number from 1 on, such as 2e6");
    }
  }

  void read_memory() {
    if (raw_.max_memory.empty()) return;
    const auto size = parse_size(raw_.max_memory);
    if (size && *size >= 1) {
      wishes_.max_memory = static_cast<std::uint64_t>(*size);
    } else {
      complain("--max-memory", actorsim::in_quotes(raw_.max_memory) + " is no value of --max-memory",
               "a size, such as 512MiB or 4GiB");
    }
  }

  void read_time() {
    if (raw_.time_limit.empty()) return;
    const auto time = parse_duration(raw_.time_limit);
    if (time && *time > 0) {
      wishes_.time_limit = milliseconds_of(*time);
    } else {
      complain("--time-limit", actorsim::in_quotes(raw_.time_limit) + " is no value of --time-limit",
               "a time, such as 30s or 5m");
    }
  }

  void read_reductions() {
    if (raw_.reductions.empty()) return;
    const std::vector<std::string> words = split_at_commas(raw_.reductions);
    if (words.size() == 1 && words.front() == "all") return;
    wishes_.reductions = Reductions::none();
    if (words.size() == 1 && words.front() == "none") return;
    for (const std::string& word : words) read_reduction(word);
  }

  void read_reduction(const std::string& word) {
    if (word == "none" || word == "all") {
      complain("--reduction", fmt::format("{} stands alone in --reduction", actorsim::in_quotes(word)), "");
      return;
    }
    const auto found = std::find_if(kReductionWords.begin(), kReductionWords.end(),
                                    [&](const ReductionWord& entry) { return entry.word == word; });
    if (found == kReductionWords.end()) {
      const std::optional<std::string> nearest = nearest_word(word, known_reductions());
      complain(
          "--reduction", "unknown reduction " + actorsim::in_quotes(word),
          nearest ? fmt::format("did you mean '{}'?", *nearest) : "known: " + list_words(known_reductions(), "and"));
      return;
    }
    wishes_.reductions.*(found->field) = true;
  }

  const RawOptions& raw_;
  ExploreWishes& wishes_;
  Diagnostics& problems_;
};

}  // namespace

void read_explore_wishes(const RawOptions& raw, ExploreWishes& wishes, Diagnostics& problems) {
  WishReader(raw, wishes, problems).read();
}

ExploreOptions explore_options(const ExploreWishes& wishes, const Limits& limits) {
  ExploreOptions options;
  options.reductions = wishes.reductions;
  if (limits.states) options.max_states = static_cast<std::uint64_t>(*limits.states);
  if (limits.memory_bytes) options.max_memory = static_cast<std::uint64_t>(*limits.memory_bytes);
  if (limits.time) options.time_limit = milliseconds_of(*limits.time);
  options.max_states = wishes.max_states.value_or(options.max_states);
  options.max_memory = wishes.max_memory.value_or(options.max_memory);
  options.time_limit = wishes.time_limit.value_or(options.time_limit);
  options.threads = wishes.threads.value_or(options.threads);
  options.clock = [] { return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()); };
  return options;
}

}  // namespace actorsim
