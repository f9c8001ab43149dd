// `actorsim ask`: chains from the command line, all of which start at time 0.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/scenario/chain_grammar.h"
#include "cli/cases/run_case.h"
#include "cli/commands/commands.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

const std::string kName{kAskedFile};

// The chains as the lines of one text, so that every hop has a place of its own.
Source source_of(const std::vector<std::string>& chains) {
  Source source{kName, {}};
  for (std::string chain : chains) {
    std::replace(chain.begin(), chain.end(), '\n', ' ');
    source.text += chain + "\n";
  }
  return source;
}

std::vector<Chain> read_chains(const Source& source, Diagnostics& diagnostics) {
  std::vector<Chain> chains;
  std::uint32_t line = 0;
  for (std::size_t begin = 0; begin < source.text.size();) {
    const std::size_t end = source.text.find('\n', begin);
    const std::string_view text = std::string_view(source.text).substr(begin, end - begin);
    const Span span{++line, 1, static_cast<std::uint32_t>(std::max<std::size_t>(1, text.size()))};
    auto chain = parse_chain(LocatedText::at(text, span));
    if (chain) {
      chains.push_back(std::move(*chain));
    } else {
      const LocatedProblem& problem = chain.error();
      diagnostics.add({Severity::error, problem.code, source.name, problem.span, problem.message, problem.help, {}});
    }
    begin = end + 1;
  }
  return chains;
}

// The question as a scenario without a file: it expects that all goes well.
Scenario make_scenario(const Options& options, std::vector<Chain> chains, Diagnostics& diagnostics) {
  Scenario scenario;
  scenario.name = fmt::format("{}", fmt::join(options.operands, ", "));
  scenario.chains = std::move(chains);
  scenario.expect.verdict = Spanned<Verdict>{Verdict::ok, Span{}};
  scenario.expect.implied = true;
  for (const Override& change : options.overrides) {
    if (const auto done = apply_override(scenario, change); !done) diagnostics.add_all(done.error());
  }
  return scenario;
}

}  // namespace

int command_ask(const Options& options, Session& session) {
  const Source source = source_of(options.operands);
  Diagnostics diagnostics;
  Report report;
  Scenario scenario = make_scenario(options, read_chains(source, diagnostics), diagnostics);
  if (diagnostics.has_errors()) {
    CaseReport broken;
    broken.file = kName;
    broken.name = scenario.name;
    broken.status = Status::error;
    report.cases.push_back(std::move(broken));
  } else {
    CaseWishes wishes;
    wishes.run.kept_calls = options.kept_calls;
    wishes.run.wants_film = wants_films(options);
    wishes.run.wants_schedule = wants_schedules(options);
    std::vector<Release> releases = options.releases;
    if (releases.empty()) releases.push_back(kNewestRelease);
    for (const Release& release : releases) {
      scenario.dapr = release;
      scenario.axes.clear();
      if (releases.size() > 1) scenario.axes.emplace_back("dapr", to_string(release));
      report.cases.push_back(run_case(scenario, kName, diagnostics, {}, wishes));
    }
  }
  tell(session, diagnostics, {&source});
  report.diagnostics = judged(diagnostics, session.telling).items();
  report.sources.push_back(source);
  return write_reports(report, Shape::answers, options, session);
}

}  // namespace actorsim
