// What each command is for, in the words of help.
#include "cli/options/command_texts.h"

#include "actorsim/report/explain/explain.h"

namespace actorsim {
namespace {

std::vector<std::string> explained_words() {
  std::vector<std::string> words;
  for (const Explanation& explanation : explanations()) words.emplace_back(explanation.word);
  return words;
}

}  // namespace

std::vector<CommandEntry> command_texts() {
  return {

      {Command::run, "run", "PATH...", "run scenarios and check what they expect",
       "A PATH is a scenario file, a folder (its YAML and JSON files that have 'actorsim:' at the top,\n"
       "at any depth), a pattern such as 'shop/**/*.yaml', or - for standard input.\n\n"
       "Examples:\n"
       "  actorsim run shop.yaml\n"
       "  actorsim run -v scenarios/basics\n"
       "  actorsim run . --dapr 1.14,1.18\n"
       "  actorsim run . --report json=report.json\n"
       "  actorsim run . --tag smoke --fail-fast\n"
       "  actorsim run . --shard 2/5\n"
       "  actorsim run . --watch\n",
       Values::scenarios},
      {Command::ask, "ask", "CHAIN...", "one call graph on a line: does it work?",
       "A CHAIN is written 'A -> B -> A'. -> calls and waits, ~> sends without waiting, -/> calls without\n"
       "handing the reentrancy id on, 'A x3' nests three calls, (B & C) calls both at once. Several\n"
       "chains start at the same time. Reentrancy is off unless --set switches it on, as in Dapr.\n\n"
       "Examples:\n"
       "  actorsim ask 'A -> A'\n"
       "  actorsim ask 'A -> B -> A' --set reentrancy.enabled=true\n"
       "  actorsim ask 'A -> B' 'B -> A'\n"
       "  actorsim ask 'A x33' --set reentrancy.enabled=true --dapr 1.14,1.18\n"},
      {Command::explore, "explore", "PATH...", "all orders of a scenario's steps: what can happen, what cannot",
       "PATH is as for run. What a scenario expects is not looked at. Durations mean nothing here: whatever\n"
       "can happen next may happen next (actorsim explain interleavings).\n\n"
       "Exit codes:\n"
       "  0    every order ends well, which is proved\n"
       "  1    something bad is possible: a verdict other than ok\n"
       "  2    the command line or a scenario is wrong\n"
       "  3    nothing bad was found, but not all orders were looked at\n"
       "  70   a bug in actorsim, such as a difference that --audit finds\n"
       "  130  interrupted by Ctrl-C; what was found is reported\n\n"
       "Examples:\n"
       "  actorsim explore shop.yaml\n"
       "  actorsim explore shop.yaml -v\n"
       "  actorsim explore . --goal deadlock --time-limit 5m\n"
       "  actorsim explore large.yaml --random 10000 --pct 3\n",
       Values::scenarios},
      {Command::play, "play", "FILE", "be the scheduler: choose, step by step, who moves next",
       "Shows who is in which lock, who waits for whom and why, and all that could happen next; you say what\n"
       "does. Lines are read from standard input, so that it can be played from a script, too:\n\n"
       "  1, 2, ...     the step of that number happens next; an empty line where there is only one\n"
       "  t1            the same by its word in a schedule; t1.t2.t1 for several\n"
       "  h, hint       which step is on the shortest way to the worst end\n"
       "  a, away       which step is on the shortest way to a good end\n"
       "  u, undo       takes the last step back; u 3: the last three\n"
       "  r, restart    starts again\n"
       "  s, schedule   what was chosen so far, and the command that replays it\n"
       "  auto          plays on to the end: who could move first moves first\n"
       "  l, look       shows the situation again\n"
       "  ?, help       these words\n"
       "  q, quit       leaves, as the end of the input does\n\n"
       "Durations mean nothing here (actorsim explain interleavings). Where more than 20,000 situations can\n"
       "follow there may be no hint; there is one as soon as they are fewer.\n\n"
       "Exit codes: 0, however the game ends, or 2 if the file or the command line is wrong.\n\n"
       "Examples:\n"
       "  actorsim play transfers.yaml\n"
       "  actorsim play shop.yaml --case 'two clients' --dapr 1.16\n"
       "  actorsim play transfers.yaml --schedule t1.t2\n",
       Values::scenarios},
      {Command::compare, "compare", "PATH...", "the same scenario on every release: what changes when you upgrade",
       "PATH is as for run. Each scenario runs once for each group of releases that behave alike, or for\n"
       "each release of --dapr; what it says about its release, and what it expects, is not looked at.\n\n"
       "Exit codes: 0, whatever differs, or 2 if a file or the command line is wrong.\n\n"
       "Examples:\n"
       "  actorsim compare shop.yaml\n"
       "  actorsim compare . --dapr 1.14,1.18\n"
       "  actorsim compare . --report json\n",
       Values::scenarios},
      {Command::check, "check", "PATH...", "read scenarios and say what is wrong with them, without running them",
       "PATH is as for run. What is wrong or noteworthy goes to standard error.\n\n"
       "Exit codes: 0, or 2 if there is an error. Warnings are no errors.\n\n"
       "Examples:\n"
       "  actorsim check .\n"
       "  actorsim check shop.yaml --dapr 1.14,1.18\n",
       Values::scenarios},
      {Command::list, "list", "PATH...", "what stands in scenario files: scenarios, cases, expectations",
       "PATH is as for run.\n\n"
       "Exit codes: 0, or 2 if a file is wrong; the others are listed.\n\n"
       "Examples:\n"
       "  actorsim list .\n"
       "  actorsim list . --json | jq '.files[].scenarios[].name'\n",
       Values::scenarios},
      {Command::graph, "graph", "PATH...", "one case as a picture of who calls or waits for whom, or as a model",
       "PATH is as for run; one case must be left.\n\n"
       "Pictures (svg, dot, mermaid) are of the call graph: actors, their handlers, who calls whom. Calls that\n"
       "can be part of a deadlock are marked: whatever gets stuck, gets stuck by them. Not all of them can.\n\n"
       "With --wait-for they are of calls and locks: who waits for whom in the deadlock of the plain run, of\n"
       "--schedule, or, where the plain run has none, of the shortest way to one that is quickly found. Where\n"
       "there is none, a warning says so, and the moment is drawn when the most calls wait.\n\n"
       "Models (murphi, promela) are for a second opinion. One can be made where all that happens is calls that\n"
       "wait for their answers one after another: no timeouts, retries, branches, sends, errors, timers,\n"
       "reminders, deactivations. A step of it is a call that arrives or a handler that returns; times play\n"
       "no part. How to check it stands at its top.\n\n"
       "Exit codes: 0, or 2 if a file is wrong or the case cannot be exported.\n\n"
       "Examples:\n"
       "  actorsim graph shop.yaml\n"
       "  actorsim graph shop.yaml -o shop.svg\n"
       "  actorsim graph transfers.yaml --wait-for --format dot | dot -Tpng -o waits.png\n"
       "  actorsim graph transfers.yaml --format murphi -o model.m\n"
       "  actorsim graph shop.yaml --format promela --case 'two clients' --dapr 1.16\n",
       Values::scenarios},
      {Command::init, "init", "", "print a commented scenario to start from",
       "Exit codes: 0, or 2 if there is no such example.\n\n"
       "Examples:\n"
       "  actorsim init > order.yaml && actorsim run order.yaml -v\n"
       "  actorsim init --example crossing\n"},
      {Command::explain, "explain", "[WORD]...", "the long text of an outcome, a verdict, an idea or a diagnostic",
       "Without a WORD: which words there are.\n\n"
       "Examples:\n"
       "  actorsim explain deadlock\n"
       "  actorsim explain re-entered\n",
       Values::words, explained_words()},
      {Command::schema,
       "schema",
       "[scenario|report]",
       "the JSON Schema of scenarios, for editors, or of the JSON report",
       "Without a word: that of scenarios. An editor that speaks to yaml-language-server completes and\n"
       "checks a scenario that begins with the line\n\n"
       "  # yaml-language-server: $schema=actorsim.schema.json\n\n"
       "Examples:\n"
       "  actorsim schema > actorsim.schema.json\n"
       "  actorsim schema report > report.schema.json\n",
       Values::words,
       {"scenario", "report"}},
      {Command::completions,
       "completions",
       "bash|zsh|fish",
       "what makes a shell complete actorsim's command line",
       "Exit codes: 0, or 2 if the shell is not known.\n\n"
       "Examples:\n"
       "  actorsim completions bash >> ~/.bash_completion\n"
       "  actorsim completions zsh > ~/.zfunc/_actorsim  # with ~/.zfunc in $fpath\n"
       "  actorsim completions fish > ~/.config/fish/completions/actorsim.fish\n",
       Values::words,
       {"bash", "zsh", "fish"}},
      {Command::man, "man", "", "the manual page, for man(1)",
       "Examples:\n"
       "  actorsim man > actorsim.1 && man ./actorsim.1\n"},
  };
}

}  // namespace actorsim
