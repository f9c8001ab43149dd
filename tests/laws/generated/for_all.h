// rapidcheck under Catch2: a law, tried on generated values, and a counterexample made small where there is one.
// The same values on every machine: ACTORSIM_LAW_SEED=N draws others, ACTORSIM_LAW_CASES=N so many for each law.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>

#include <rapidcheck.h>

#include "support/catch.h"

namespace actorsim::testing {

inline constexpr int kUsualCases = 2'000;

inline std::uint64_t number_of_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// `law` takes its values from generators (`*rc::gen::…`) and says what holds by RC_ASSERT.
template <typename Law>
void for_all(Law&& law, int cases = kUsualCases) {
  rc::detail::TestParams params;
  params.seed = number_of_environment("ACTORSIM_LAW_SEED", 1);
  params.maxSuccess = static_cast<int>(number_of_environment("ACTORSIM_LAW_CASES", static_cast<std::uint64_t>(cases)));
  setenv("RC_PARAMS", ("seed=" + std::to_string(params.seed)).c_str(), 0);  // or it tells of another seed
  const rc::detail::TestResult result =
      rc::detail::checkTestable(std::forward<Law>(law), rc::detail::TestMetadata(), params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  INFO(text.str() << "\nACTORSIM_LAW_SEED=" << params.seed);
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace actorsim::testing
