// How fast and how large plain runs are: A -> B -> A as a load, built through the library. Prints time per call and
// peak memory for 10^4 to 10^7 calls, and the ratio of the largest to the smallest cost per call.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"

namespace {

using namespace actorsim;

Template numbered_id(std::int64_t modulus) {
  Expression expression;
  expression.variables = {"i"};
  expression.nodes = {
      {Expression::Op::variable, 0, 0}, {Expression::Op::constant, modulus, 0}, {Expression::Op::modulo, 0, 0}};
  Template id;
  id.pieces.push_back({Template::Piece::Kind::expression, "", expression});
  return id;
}

// Chains A/k.start -> B/k.pass -> A/k.finish, k < actors; `clients` 0: all chains start at once.
Scenario load(std::uint32_t chains, std::int64_t actors, std::int64_t clients) {
  const auto call = [](Target::Kind kind, const char* type, const char* method) {
    CallStep step;
    step.target.kind = kind;
    step.target.type = type;
    step.target.method = method;
    step.target.id.pieces.push_back({Template::Piece::Kind::variable, "k", {}});
    return Step{step, std::nullopt, {}};
  };
  Scenario scenario;
  scenario.config.settings.reentrancy = ReentrancySettings{true, std::nullopt, {}};
  ActorType a{"A", std::nullopt, {}, std::nullopt, {}};
  a.methods.push_back({"start", {call(Target::Kind::named, "B", "pass")}, {}});
  a.methods.push_back({"finish", {}, {}});
  ActorType b{"B", std::nullopt, {}, std::nullopt, {}};
  b.methods.push_back({"pass", {call(Target::Kind::caller, "", "finish")}, {}});
  scenario.actors = {a, b};
  Trigger trigger;
  trigger.target.type = "A";
  trigger.target.method = "start";
  trigger.target.id = numbered_id(actors);
  trigger.options.with.push_back({"k", numbered_id(actors), {}});
  Expression count;
  count.nodes = {{Expression::Op::constant, chains, 0}};
  trigger.count = count;
  if (clients > 0) trigger.clients = clients;
  scenario.start = {trigger};
  return scenario;
}

struct Measured {
  double seconds = 0;
  long peak_kib = 0;
  std::uint64_t calls = 0;
};

// Each measurement in a process of its own, so that its peak memory is its own.
Measured measure(std::uint32_t chains, std::int64_t actors, std::int64_t clients) {
  int channel[2];
  if (pipe(channel) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    const Program program = compile(load(chains, actors, clients), "bench");
    const auto begin = std::chrono::steady_clock::now();
    const auto run = run_plainly(program);
    const auto end = std::chrono::steady_clock::now();
    if (!run) std::abort();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const Measured result{std::chrono::duration<double>(end - begin).count(), usage.ru_maxrss, run->counts.calls};
    if (write(channel[1], &result, sizeof result) != sizeof result) std::abort();
    _exit(0);
  }
  Measured result;
  if (read(channel[0], &result, sizeof result) != sizeof result) std::abort();
  close(channel[0]);
  close(channel[1]);
  waitpid(child, nullptr, 0);
  return result;
}

}  // namespace

int main() {
  std::printf("%-34s %12s %10s %10s %10s\n", "load", "calls", "seconds", "ns/call", "peak MiB");
  for (const std::int64_t clients : {std::int64_t{0}, std::int64_t{64}}) {
    double smallest = 1e300, largest = 0;
    for (const std::uint32_t calls : {10'000U, 100'000U, 1'000'000U, 10'000'000U}) {
      if (clients == 0 && calls > 1'000'000U)
        continue;  // all of them at once: memory grows with the load by its nature
      const Measured measured = measure(calls / 3, 1000, clients);
      const double per_call = measured.seconds * 1e9 / static_cast<double>(measured.calls);
      smallest = std::min(smallest, per_call);
      largest = std::max(largest, per_call);
      const std::string name =
          clients == 0 ? "all at once, 1000 actors" : std::to_string(clients) + " clients, 1000 actors";
      std::printf("%-34s %12llu %10.3f %10.1f %10.1f\n", name.c_str(), static_cast<unsigned long long>(measured.calls),
                  measured.seconds, per_call, static_cast<double>(measured.peak_kib) / 1024);
    }
    std::printf("%-34s largest / smallest cost per call: %.2f\n", "", largest / smallest);
  }
  const Measured chains = measure(1'000'000, 1000, 0);
  std::printf("%-34s %12llu %10.3f %10.1f %10.1f\n", "10^6 chains at once, 1000 actors",
              static_cast<unsigned long long>(chains.calls), chains.seconds,
              chains.seconds * 1e9 / static_cast<double>(chains.calls), static_cast<double>(chains.peak_kib) / 1024);
  const Measured distinct = measure(1'000'000, 1'000'000, 0);
  std::printf("%-34s %12llu %10.3f %10.1f %10.1f\n", "10^6 distinct actors",
              static_cast<unsigned long long>(distinct.calls), distinct.seconds,
              distinct.seconds * 1e9 / static_cast<double>(distinct.calls),
              static_cast<double>(distinct.peak_kib) / 1024);
}
