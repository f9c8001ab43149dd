// What is possible, what was looked at, and how it can go wrong, step by step.
#include <algorithm>

#include <fmt/format.h>

#include "actorsim/report/explored.h"
#include "actorsim/report/pretty/layout.h"
#include "actorsim/report/pretty/page.h"
#include "actorsim/report/pretty/step_text.h"

namespace actorsim {
namespace {

constexpr std::size_t kIndent = 6;
constexpr std::size_t kShownLabels = 40;

Paint paint_of_verdict(Verdict verdict) { return verdict == Verdict::ok ? Paint::good : Paint::bad; }

class ExploredWriter {
 public:
  ExploredWriter(std::ostream& out, const ReportOptions& options)
      : page_(out, options), style_(page_.style()), verbosity_(options.verbosity) {}

  void write(const ExploredReport& report) {
    const std::string* file = nullptr;
    for (const ExploredCase& entry : report.cases) {
      if (verbosity_ == Verbosity::quiet && entry.status == Status::pass && !entry.audit) continue;
      if (file == nullptr || *file != entry.file) {
        page_.separate();
        page_.line(style_.paint(Paint::strong, style_.text(entry.file)));
        file = &entry.file;
      }
      write_case(entry);
    }
    page_.separate();
    if (!report.cases.empty()) page_.sum(count_statuses(report.cases), {"cannot go wrong", "can", "not explored"});
  }

 private:
  bool is_verbose() const { return verbosity_ == Verbosity::verbose || verbosity_ == Verbosity::full; }

  void write_case(const ExploredCase& entry) {
    if (entry.status == Status::error || entry.status == Status::skipped) {
      const std::string fate = entry.status == Status::skipped ? "skipped" : "not explored";
      const std::string title = entry.name.empty() ? fate : title_of(entry.name, entry.axes, style_) + ": " + fate;
      page_.title(2, entry.status, title,
                  entry.dapr.empty() ? "" : circumstances_of(entry.dapr, entry.setting, style_));
      return;
    }
    const std::string facts = fmt::format("{} {} {}", gist_of(entry), style_.glyphs().dot,
                                          circumstances_of(entry.dapr, entry.setting, style_));
    page_.title(2, entry.status, title_of(entry.name, entry.axes, style_), facts);
    if (verbosity_ != Verbosity::quiet) {
      write_possible(entry);
      write_outcomes(entry);
    }
    write_looked_at(entry);
    if (entry.audit) write_audit(*entry.audit);
    for (const Counterexample& example : entry.counterexamples) write_counterexample(example);
    write_interleavings(entry);
    page_.separate();
  }

  // ---- what is possible ----

  static std::vector<Verdict> possible_verdicts(const ExploredCase& entry) {
    std::vector<Verdict> verdicts;
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      if (!entry.can(verdict)) continue;
      if (entry.goal() != Goal::deadlock || is_bad(verdict, Goal::deadlock)) verdicts.push_back(verdict);
    }
    return verdicts;
  }

  static std::string gist_of(const ExploredCase& entry) {
    std::string worst;
    for (const Verdict verdict : possible_verdicts(entry)) {
      if (is_bad(verdict, entry.goal())) worst = to_word(verdict);
    }
    if (!worst.empty()) return is_only_verdict(entry) ? "always " + worst : worst + " possible";
    if (entry.status != Status::pass) return "nothing bad found";
    return entry.goal() == Goal::deadlock ? "never stuck" : "always ok";
  }

  // Proved to be the only one.
  static bool is_only_verdict(const ExploredCase& entry) {
    return entry.exploration && entry.exploration->is_complete() && entry.goal() != Goal::deadlock &&
           possible_verdicts(entry).size() == 1;
  }

  void write_possible(const ExploredCase& entry) {
    std::string text;
    for (const Verdict verdict : possible_verdicts(entry)) {
      text += (text.empty() ? "" : ", ") + style_.paint(paint_of_verdict(verdict), to_word(verdict));
      if (entry.sample)
        text += fmt::format(" ({})", counted(entry.sample->verdicts[static_cast<std::size_t>(verdict)], "run"));
    }
    if (entry.goal() == Goal::deadlock) {
      if (text.empty()) text = "neither deadlock nor stranded";
    }
    const bool is_all = (entry.exploration || entry.few_switches) && entry.end() == Exploration::End::complete;
    const std::string label = is_all ? "possible    " : "seen        ";
    page_.line(std::string(kIndent, ' ') + style_.paint(Paint::strong, label) +
               (text.empty() ? "no order to its end" : text));
  }

  void write_outcomes(const ExploredCase& entry) {
    if (entry.outcomes_were_too_many) {
      page_.labelled(kIndent, "calls       ",
                     "what can become of each takes too many states to tell unasked: --goal outcomes");
    }
    if (entry.outcomes().empty()) return;
    Table table({{"", false, 0, 0}, {"", false, 0, 3}});
    std::size_t shown = 0;
    for (const auto& [label, bits] : entry.outcomes()) {
      if (++shown > kShownLabels) continue;
      std::vector<std::string> words;
      for (std::size_t i = 0; i < kOutcomeCount; ++i) {
        if ((bits & (1U << i)) != 0) words.emplace_back(to_word(static_cast<Outcome>(i)));
      }
      std::reverse(words.begin(), words.end());  // the mildest first
      table.add({{style_.text(label)}, {fmt::format("{}", fmt::join(words, ", "))}});
    }
    std::string before = std::string(kIndent, ' ') + style_.paint(Paint::strong, "calls       ");
    for (const std::string& row : table.render(style_, page_.width() - kIndent - 12, false)) {
      page_.line(before + row);
      before = std::string(kIndent + 12, ' ');
    }
    if (shown > kShownLabels)
      page_.line(before + fmt::format("{} and {} more", style_.glyphs().more, shown - kShownLabels));
  }

  // ---- what was looked at ----

  static std::string why_ended(Exploration::End end) {
    switch (end) {
      case Exploration::End::complete: return "complete";
      case Exploration::End::max_states: return "not complete: --max-states was reached";
      case Exploration::End::max_memory: return "not complete: --max-memory was reached";
      case Exploration::End::time_limit: return "not complete: --time-limit was reached";
      case Exploration::End::stopped: return "not complete: it was interrupted";
    }
    return {};
  }

  static std::string size_of(const Exploration& exploration) {
    return fmt::format("{}, {}", counted(exploration.states, "state"), counted(exploration.steps, "step"));
  }

  void write_looked_at(const ExploredCase& entry) {
    std::string text;
    if (entry.sample) {
      text = text_of(*entry.sample);
    } else if (entry.few_switches) {
      text = text_of(*entry.few_switches);
    } else {
      const Exploration& exploration = *entry.exploration;
      std::string size = size_of(exploration);
      if (entry.unreduced && entry.unreduced->states > exploration.states)
        size += fmt::format("; they stand for {} states{}", grouped(entry.unreduced->states),
                            entry.unreduced->is_complete ? "" : " and more (-v counts on)");
      text = entry.status == Status::pass ? proof_of(exploration, size)
                                          : fmt::format("{}, {}", why_ended(exploration.end), size);
      text += exploration.reductions.empty() ? "; no reductions"
                                             : fmt::format("; reductions: {}", fmt::join(exploration.reductions, ", "));
    }
    if (entry.exploration && entry.exploration->omission > 0) {
      text += fmt::format("; states known by hashes: with a probability of {:.2g} at most, one was missed",
                          entry.exploration->omission);
    }
    page_.labelled(kIndent, entry.status == Status::pass ? "proof       " : "looked at   ", text);
  }

  static std::string proof_of(const Exploration& exploration, const std::string& size) {
    return fmt::format("no order of the steps deadlocks{}: complete, {}",
                       exploration.goal == Goal::deadlock ? "" : " or goes wrong in another way", size);
  }

  std::string text_of(const Sample& sample) const {
    std::string text = fmt::format("{} {} (seed {}), {}", counted(sample.runs, "run"),
                                   sample.depth == 0 ? "at random" : "by random priorities", sample.seed,
                                   counted(sample.steps, "step"));
    if (sample.end != Exploration::End::complete) text += ", " + why_ended(sample.end);
    if (sample.depth > 0 && sample.guarantee > 0) {
      text += fmt::format(
          "; a run finds what takes {} to go wrong with a probability of at least 1/(n{}k^{}) = {:.2g} (n = {}, k = {} "
          "steps)",
          counted(sample.depth, "ordering"), style_.glyphs().dot, sample.depth - 1, sample.guarantee,
          counted(sample.chains, "chain"), sample.longest);
    } else if (sample.depth > 0) {
      text += "; no guarantee: a chain here can do several things at once";
    }
    return text + "; not a proof";
  }

  static std::string text_of(const FewSwitches& few) {
    const std::string bound = fmt::format("orders with at most {} {} between chains", few.most_switches,
                                          few.most_switches == 1 ? "switch" : "switches");
    std::string text = few.found.is_complete() ? "all " + bound : bound + ", " + why_ended(few.found.end);
    text += ": " + size_of(few.found);
    if (!few.found.is_complete()) return text;
    return text +
           (few.left_some_out ? "; complete within that bound, no proof beyond it" : "; there are no others: complete");
  }

  void write_audit(const Audit& audit) {
    if (!audit.is_conclusive) {
      page_.labelled(kIndent, "audit       ",
                     fmt::format("not possible, as a search without reductions is {}", why_ended(audit.full.end)));
    } else if (audit.differences.empty()) {
      page_.labelled(kIndent, "audit       ",
                     fmt::format("without reductions ({}) the answer is the same", size_of(audit.full)));
    } else {
      std::string label = "audit       ";
      for (const std::string& difference : audit.differences) {
        page_.labelled(kIndent, label, style_.text(difference));
        label = "            ";
      }
      page_.labelled(kIndent, label, "This is a bug in actorsim. Please report it with the scenario.");
    }
  }

  // ---- how it goes wrong ----

  static std::string kind_of(const Run& run) {
    if (run.deadlocks.empty()) return {};
    const std::size_t chains = run.deadlocks.front().root_calls;
    if (chains == 1) return "a chain with itself";
    return chains == 2 ? "two chains" : fmt::format("a longer cycle of {} chains", chains);
  }

  void write_counterexample(const Counterexample& example) {
    page_.separate();
    const Witness& witness = example.witness;
    std::string title = fmt::format("{} in {}{}", to_word(witness.verdict), counted(witness.schedule.size(), "step"),
                                    witness.is_shortest ? ", the shortest way" : "");
    const std::string kind = kind_of(example.run);
    if (!kind.empty()) title += ": " + kind;
    page_.line(std::string(kIndent, ' ') + style_.paint(Paint::bad, title));
    page_.line(std::string(kIndent, ' ') + style_.paint(Paint::strong, "replay: ") + style_.text(example.replay));
    page_.separate();
    write_steps(example);
    page_.cycles(kIndent, example.run, "wait-for cycle   ");
    page_.why_and_fix(kIndent, example.why, example.fix);
  }

  void write_steps(const Counterexample& example) {
    std::size_t by = 0;
    for (const StepRecord& step : example.steps) by = std::max(by, schedule_text({step.choice}).size());
    const std::size_t digits = std::to_string(example.steps.size()).size();
    const std::size_t left = kIndent + 2 + digits + 2 + by + 2;
    for (std::size_t i = 0; i < example.steps.size(); ++i) {
      const StepRecord& step = example.steps[i];
      std::string before = fmt::format("{}{:>{}}. {:<{}}  ", std::string(kIndent + 1, ' '), i + 1, digits,
                                       schedule_text({step.choice}), by);
      for (const std::string& part : wrap(step_text(step, &example.run, style_), page_.prose_width() - left)) {
        page_.line(before + part);
        before = std::string(left, ' ');
      }
      if (!is_verbose()) continue;
      for (const std::string& lock : lock_texts(step.locks, example.run, style_))
        page_.line(std::string(left + 2, ' ') + style_.paint(Paint::faint, lock));
    }
  }

  // ---- all interleavings ----

  void write_interleavings(const ExploredCase& entry) {
    if (entry.estimate) {
      page_.separate();
      page_.labelled(kIndent, "",
                     fmt::format("too many interleavings to list: about {:.2g}, of up to {} (estimated from {})",
                                 entry.estimate->count, counted(entry.estimate->longest, "step"),
                                 counted(entry.estimate->walks, "random walk")));
    }
    if (!entry.interleavings) return;
    const Interleavings& tree = *entry.interleavings;
    page_.separate();
    page_.line(std::string(kIndent, ' ') + style_.paint(Paint::strong, "all interleavings"));
    std::vector<const Interleavings::Step*> way;
    for (const Interleavings::Step& step : tree.steps) {
      way.resize(step.before);
      std::string line(kIndent, ' ');
      for (const Interleavings::Step* above : way) line += bar_below(*above);
      if (step.alternatives > 1)
        line += std::string(is_last(step) ? style_.glyphs().last_branch : style_.glyphs().branch) + " ";
      line = style_.paint(Paint::faint, line) +
             fmt::format("{}  {}", schedule_text({step.record.choice}), step_text(step.record, nullptr, style_));
      if (step.verdict)
        line += fmt::format("  {} {}", style_.glyphs().to,
                            style_.paint(paint_of_verdict(*step.verdict), to_word(*step.verdict)));
      page_.line(line);
      way.push_back(&step);
    }
    page_.line(std::string(kIndent, ' ') + sum_of(tree));
  }

  static bool is_last(const Interleavings::Step& step) { return step.alternative + 1 == step.alternatives; }

  std::string bar_below(const Interleavings::Step& step) const {
    if (step.alternatives == 1) return {};
    return is_last(step) ? "   " : std::string(style_.glyphs().bar) + "  ";
  }

  static std::string sum_of(const Interleavings& tree) {
    std::string text;
    for (std::size_t i = kVerdictCount; i-- > 1;) {
      if (tree.verdicts[i] == 0) continue;
      const auto verdict = static_cast<Verdict>(i);
      text += fmt::format("{}{}", text.empty() ? "" : ", ", grouped(tree.verdicts[i]));
      if (text.find("interleaving") == std::string::npos) text += " of " + counted(tree.count, "interleaving");
      text += verdict == Verdict::deadlock
                  ? (tree.verdicts[i] == 1 ? " deadlocks" : " deadlock")
                  : fmt::format(" {} with '{}'", tree.verdicts[i] == 1 ? "ends" : "end", to_word(verdict));
    }
    return text.empty() ? fmt::format("none of {} goes wrong", counted(tree.count, "interleaving")) : text;
  }

  Page page_;
  const Style& style_;
  Verbosity verbosity_;
};

}  // namespace

void write_explored(std::ostream& out, const ExploredReport& report, const ReportOptions& options) {
  ExploredWriter(out, options).write(report);
}

}  // namespace actorsim
