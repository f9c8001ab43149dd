// How fast and how small exploring is, on the ring (chain i: A/i -> A/(i+1 mod N)), beside SPIN on the same ring.
//
//   explore_bench           a minute or two
//   explore_bench smoke     seconds: that it works
//
// Wall times of this process, the best of three where short. SPIN's model is the export of the same scenario; both
// count the same states.
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "actorsim/explore/exploration.h"
#include "actorsim/model/compile.h"
#include "actorsim/model/lock_program.h"
#include "actorsim/report/graph/export_promela.h"
#include "actorsim/scenario/loader.h"

namespace {

using namespace actorsim;
using Clock = std::chrono::steady_clock;

std::string ring(int actors, int clients = 1) {
  std::string text = "actorsim: 1\ndapr: \"1.18\"\nconfig: {reentrancy: {enabled: true}}\nchains:\n";
  for (int i = 0; i < actors; ++i) {
    for (int k = 0; k < clients; ++k) text += fmt::format("  - A/{} -> A/{}\n", i, (i + 1) % actors);
  }
  return text;
}

Program program_of(const std::string& text) {
  const auto file = load_scenario_file({"ring", text}, {});
  const auto scenario = file->load_case(0);
  return compile(*scenario, "ring");
}

double seconds(Clock::time_point since) { return std::chrono::duration<double>(Clock::now() - since).count(); }

struct Measured {
  Exploration exploration;
  double seconds = 0;
};

// From the text to the answer.
Measured measure(const std::string& text, const ExploreOptions& options) {
  Measured best;
  for (int i = 0; i < 3; ++i) {
    const auto start = Clock::now();
    const auto result = explore(program_of(text), options);
    const double took = seconds(start);
    if (i == 0 || took < best.seconds) best = {*result, took};
    if (took > 1) break;
  }
  return best;
}

ExploreOptions options_for(Reductions reductions, unsigned threads = 1) {
  ExploreOptions options;
  options.goal = Goal::deadlock;
  options.reductions = reductions;
  options.threads = threads;
  options.max_states = 1'000'000'000;
  options.max_memory = 12ULL << 30U;
  return options;
}

void print(const std::string& what, const Measured& measured) {
  const Exploration& found = measured.exploration;
  fmt::print("{:34} {:>12} states {:>9.3f} s {:>7.2f} M states/s {:>6.1f} B/state\n", what, found.states,
             measured.seconds, static_cast<double>(found.states) / measured.seconds / 1e6,
             static_cast<double>(found.bytes) / static_cast<double>(found.states));
  std::fflush(stdout);
}

// What a command says, or nothing.
std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");  // NOLINT: a benchmark
  if (pipe == nullptr) return text;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), count);
  pclose(pipe);
  return text;
}

// Seconds that SPIN takes to visit everything.
double spin(int actors) {
  if (output_of("command -v spin").empty()) {
    fmt::print("spin is not installed\n");
    return 0;
  }
  std::string folder = "/tmp/actorsim-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 0;
  {
    std::ofstream model(folder + "/ring.pml");
    write_promela(model, *lock_program(program_of(ring(actors))), "ring");
  }
  output_of("cd " + folder + " && spin -a ring.pml && cc -O3 -DSAFETY -DNOREDUCE -DMEMLIM=16000 -o pan pan.c");
  const auto start = Clock::now();
  const std::string said = output_of("cd " + folder + " && ./pan -m1000000 -E -w26");
  const double took = seconds(start);
  const std::size_t at = said.find("states, stored");
  const std::size_t line = said.rfind('\n', at) + 1;
  fmt::print("{:34} {:>12} states {:>9.3f} s\n", fmt::format("SPIN -DNOREDUCE, ring of {}", actors),
             at == std::string::npos ? "?" : said.substr(line, at - line - 1), took);
  output_of("rm -r " + folder);
  return took;
}

void run(bool is_smoke) {
  const Reductions none = Reductions::none();
  Reductions free_grants = none, stubborn = none;
  free_grants.queue = true;
  stubborn.queue = stubborn.stubborn = true;

  fmt::print("all reductions, deadlock only\n");
  for (const int actors : {4, 8, 16, 32, 64}) {
    if (is_smoke && actors > 8) break;
    print(fmt::format("ring of {}, complete", actors), measure(ring(actors), options_for({})));
  }
  print("ring of 3, 3 clients each", measure(ring(3, 3), options_for({})));

  fmt::print("\nstubborn sets alone, queues left open\n");
  for (const int actors : {6, 8, 10, 16, 32}) {
    if (is_smoke && actors > 8) break;
    print(fmt::format("ring of {}", actors), measure(ring(actors), options_for(stubborn)));
  }

  fmt::print("\nno reductions\n");
  const int largest = is_smoke ? 7 : 11;
  for (int actors = largest - 3; actors <= largest; ++actors) {
    ExploreOptions options = options_for(none);
    options.wants_schedules = false;
    const Measured one = measure(ring(actors), options);
    print(fmt::format("ring of {}, first come first served", actors), one);
    options.threads = 2;
    const Measured two = measure(ring(actors), options);
    print(fmt::format("  2 threads: {:.2f} times as fast", one.seconds / two.seconds), two);
  }
  ExploreOptions options = options_for(free_grants);
  options.wants_schedules = false;
  print(fmt::format("ring of {}, free grants", largest), measure(ring(largest), options));

  fmt::print("\nbeside SPIN\n");
  const int compared = is_smoke ? 5 : 8;
  ExploreOptions plain = options_for(none);
  plain.wants_schedules = false;
  const Measured unreduced = measure(ring(compared), plain);
  const Measured reduced = measure(ring(compared), options_for({}));
  print(fmt::format("ring of {}, no reductions", compared), unreduced);
  print(fmt::format("ring of {}, all reductions", compared), reduced);
  const double spin_seconds = spin(compared);
  fmt::print("SPIN takes {:.0f} times as long as no reductions, {:.0f} times as long as all\n",
             spin_seconds / unreduced.seconds, spin_seconds / reduced.seconds);

  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("\npeak memory of this process: {} MB\n", usage.ru_maxrss / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  run(argc > 1 && std::string(argv[1]) == "smoke");
  return 0;
}
