// Diagnostics: their meanings are kept beside their codes; here is the smallest text that each complains about. Tests
// load every example.
#include <algorithm>
#include <utility>

#include "actorsim/base/diagnostic.h"
#include "actorsim/report/explain/explain_tables.h"

namespace actorsim {
namespace {

using Example = std::pair<std::string_view, std::string_view>;

// Sorted as in diagnostic_codes(). Codes without an example are about bytes, sizes, or the command line.
constexpr Example kExamples[] = {
    {"empty-file", "# nothing but this comment\n"},
    {"yaml-syntax", "actorsim: 1\nchains: [A -> A\n"},
    {"yaml-feature", "actorsim: 1\nchains: &all [A -> A]\n"},
    {"second-document", "actorsim: 1\nchains: [A]\n---\nactorsim: 1\n"},
    {"duplicate-key", "actorsim: 1\nname: one\nname: two\nchains: [A]\n"},
    {"not-a-scenario", "chains: [A -> A]\n"},
    {"unknown-version", "actorsim: 9\nchains: [A]\n"},
    {"unknown-key", "actorsim: 1\nchain: [A -> A]\n"},
    {"missing-key", "actorsim: 1\nactors: {A: {m: [{repeat: 3}]}}\nstart: [{call: A/1.m}]\n"},
    {"wrong-shape", "actorsim: 1\nchains: A -> A\n"},
    {"wrong-type", "actorsim: 1\nconfig: {reentrancy: {enabled: yes}}\nchains: [A]\n"},
    {"unknown-word", "actorsim: 1\nchains: [A]\nexpect: {verdict: fine}\n"},
    {"bad-number", "actorsim: 1\nconfig: {reentrancy: {maxStackDepth: 1.5}}\nchains: [A]\n"},
    {"bad-duration", "actorsim: 1\nactors: {A: {m: [{sleep: 5 minutes}]}}\nstart: [{call: A/1.m}]\n"},
    {"bad-name", "actorsim: 1\nactors: {A: {my method: []}}\nchains: [B]\n"},
    {"unknown-release", "actorsim: 1\ndapr: \"1.99\"\nchains: [A]\n"},
    {"chain-syntax", "actorsim: 1\nchains: [A => A]\n"},
    {"target-syntax", "actorsim: 1\nactors: {A: {m: []}}\nstart: [{call: A/1/m}]\n"},
    {"nothing-starts", "actorsim: 1\nactors: {A: {m: []}}\n"},
    {"unknown-type", "actorsim: 1\nactors: {Order: {place: []}}\nstart: [{call: Ordre/1.place}]\n"},
    {"unknown-method", "actorsim: 1\nactors: {Order: {place: []}}\nstart: [{call: Order/1.plaec}]\n"},
    {"missing-method", "actorsim: 1\nactors: {A: {m: [], n: []}}\nstart: [{call: A/1}]\n"},
    {"unknown-label", "actorsim: 1\nchains: [A]\nexpect: {calls: {B/1.m1: entered}}\n"},
    {"after-cycle",
     "actorsim: 1\nactors: {A: {m: []}}\nstart:\n  - {call: A/1.m, as: a, after: b}\n  - {call: A/1.m, as: b, after: "
     "a}\n"},
    {"ambiguous-label",
     "actorsim: 1\nactors: {A: {m: []}}\nstart:\n  - {call: A/1.m, as: a}\n  - {call: A/1.m, as: a}\n  - {call: A/1.m, "
     "after: a}\n"},
    {"duplicate-name", "actorsim: 1\nscenarios:\n  - {name: one, chains: [A]}\n  - {name: one, chains: [B]}\n"},
    {"nothing-expected", "actorsim: 1\nchains: [A -> A]\nexpect: {}\n"},
    {"gate-closed", "actorsim: 1\ndapr: \"1.6\"\nconfig: {reentrancy: {enabled: true}}\nchains: [A]\n"},
    {"gate-without-effect",
     "actorsim: 1\nconfiguration:\n  apiVersion: dapr.io/v1alpha1\n  kind: Configuration\n  spec: {features: [{name: "
     "Actor.Reentrancy, enabled: true}]}\n"
     "chains: [A]\n"},
    {"reentrancy-lost",
     "actorsim: 1\nconfig:\n  reentrancy: {enabled: true}\n  entitiesConfig: [{entities: [A], actorIdleTimeout: "
     "1h}]\nchains: [A]\n"},
    {"setting-ignored",
     "actorsim: 1\ndapr: \"1.6\"\nconfig: {entitiesConfig: [{entities: [A], actorIdleTimeout: 1h}]}\nchains: [A]\n"},
    {"entity-not-hosted",
     "actorsim: 1\nconfig: {entities: [A], entitiesConfig: [{entities: [B], actorIdleTimeout: 1h}]}\nchains: [A -> "
     "B]\n"},
    {"bad-duration-ignored", "actorsim: 1\ndapr: \"1.14\"\nconfig: {actorIdleTimeout: 1hour}\nchains: [A]\n"},
    {"registration-fails", "actorsim: 1\nconfig: {actorIdleTimeout: 1hour}\nchains: [A]\n"},
    {"endless-calls",
     "actorsim: 1\nconfig: {reentrancy: {enabled: true, maxStackDepth: 1e6}}\nactors: {A: {m: [{call: "
     "self.m}]}}\nstart: [{call: A/1.m}]\n"},
    {"unbounded",
     "actorsim: 1\nuntil: 5s\nactors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s}]\nexpect: {never: deadlock}\n"},
    {"no-caller", "actorsim: 1\nactors: {A: {m: [{call: caller.m}]}}\nstart: [{call: A/1.m}]\n"},
};

}  // namespace

std::vector<Explanation> explanations_of_diagnostics() {
  std::vector<Explanation> result;
  for (const DiagnosticCode& code : diagnostic_codes()) {
    const auto* example = std::find_if(std::begin(kExamples), std::end(kExamples),
                                       [&](const Example& entry) { return entry.first == code.code; });
    result.push_back({code.code, WordKind::diagnostic, code.meaning,
                      example == std::end(kExamples) ? std::string_view() : example->second});
  }
  return result;
}

}  // namespace actorsim
