// What laws of runs are tried on: random scenarios, and those of the repository, compiled.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/model/unroll.h"
#include "actorsim/report/format.h"
#include "actorsim/scenario/loader.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

namespace actorsim::testing {

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The scenario files of the repository, sorted.
inline std::vector<std::filesystem::path> scenario_files() {
  std::vector<std::filesystem::path> result;
  for (const char* folder : {"scenarios", "tests/dapr-cases"}) {
    const std::filesystem::path root = std::filesystem::path(ACTORSIM_REPOSITORY) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".yaml") result.push_back(entry.path());
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// Every case of those files that names no other file, is small, and ends.
inline void for_small_cases(const std::function<void(const Program&, const std::string& name)>& check) {
  constexpr std::uint64_t kMostTriggers = 16;
  for (const std::filesystem::path& path : scenario_files()) {
    const std::string name = path.lexically_relative(ACTORSIM_REPOSITORY).generic_string();
    const auto file = load_scenario_file({name, text_of_file(path)}, {});
    for (std::size_t i = 0; file && i < file->case_count(); ++i) {
      const auto scenario = file->load_case(i);
      if (!scenario) continue;
      const Program program = compile(*scenario, name);
      if (unrolled_size(program) <= kMostTriggers && run_plainly(program))
        check(program, name + " " + scenario->name + " case " + std::to_string(i + 1));
    }
  }
}

/// The scenarios of these seeds, with the text of each.
inline void for_random_scenarios(std::uint64_t seeds, const RandomScenarioOptions& options,
                                 const std::function<void(const Program&, const std::string& text)>& check) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const std::string text = random_scenario(seed, options);
    check(compile(load_text(text), "test.yaml"), "seed " + std::to_string(seed) + "\n" + text);
  }
}

/// The first lines that differ; empty: none do.
inline std::string difference(const std::string& one, const std::string& other) {
  std::istringstream left(one), right(other);
  for (std::string a, b; true;) {
    const bool has_a = static_cast<bool>(std::getline(left, a));
    const bool has_b = static_cast<bool>(std::getline(right, b));
    if (!has_a && !has_b) return {};
    if (!has_a || !has_b || a != b) return (has_a ? a : "(nothing)") + "\nbut\n" + (has_b ? b : "(nothing)");
  }
}

/// The JSON report of a run: everything that is told of it.
inline std::string told(const Run& run) {
  Report report;
  report.cases.emplace_back();
  report.cases.back().run = run;
  std::ostringstream out;
  write_report(out, Format::json, report);
  return out.str();
}

}  // namespace actorsim::testing
