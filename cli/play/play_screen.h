// What `actorsim play` shows: situations, steps, hints, ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "actorsim/explore/situation_view.h"
#include "actorsim/explore/state_graph.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/pretty/page.h"

namespace actorsim {

/// How many steps of a situation are tried, and shown.
inline constexpr std::size_t kMostShownSteps = 24;

/// `14 orders: 4 deadlock, 10 end well`
std::string prospects_text(const StateGraph::State& state);

/// `end well`, `deadlock`; of one order `ends well`, `deadlocks`.
std::string ending_text(Verdict verdict, bool is_one);

/// How a game ended.
struct PlayEnd {
  Run run;
  Diagnosis diagnosis;
  const StateGraph::State* beginning = nullptr;  ///< null: the scenario is too large
  std::size_t decided_by = 0;  ///< the step, from 1, after which no order could end well any more; 0: none
  std::string replay;
};

/// Has something got stuck since the last time, though others can still move?
enum class StuckNews : std::uint8_t { none, just_now };

/// Does a terminal show what is typed, or does nobody see it otherwise?
enum class Typing : std::uint8_t { on_terminal, unseen };

class PlayScreen {
 public:
  PlayScreen(std::ostream& out, const ReportOptions& looks, Typing typing);

  void greet(const std::string& title, const std::string& circumstances, const StateGraph::State* beginning);
  void show(const SituationView& view, const Schedule& so_far, StuckNews news);
  void show_step(const StepRecord& step, const Run& run);
  void show_end(const PlayEnd& end);
  void show_hint(std::size_t number, const StepRecord& step, const std::string& why);
  /// Why calls of a chain cannot move, where that can be said.
  void show_why_not(const SituationView& view, const Choice& chain);
  void show_help(std::size_t steps);
  void say(const std::string& text);
  void labelled(const std::string& label, const std::string& text);
  /// A command to copy: in one line, however long.
  void command(const std::string& label, const std::string& text);
  void separate() { page_.separate(); }
  /// For what comes next.
  void set_width(std::size_t width) { page_.set_width(width); }
  /// `steps`: that can be chosen; a single one is what an empty line means.
  void prompt(std::size_t steps);
  /// What was typed behind it. Nothing: the input has ended.
  void note_typed(const std::optional<std::string>& line);

  const Style& style() const { return page_.style(); }
  bool is_there() const;  ///< somebody can still read what is written

 private:
  void show_locks(const SituationView& view);
  void show_blocked(const SituationView& view);
  void show_stuck(const SituationView& view);
  void show_choices(const SituationView& view);
  void painted(const std::string& label, const std::string& text, Paint paint);
  void show_verdict(const PlayEnd& end);
  bool is_quiet() const { return looks_.verbosity == Verbosity::quiet; }

  std::ostream& out_;
  const ReportOptions looks_;
  const Typing typing_;
  Page page_;
};

}  // namespace actorsim
