// Tables of texts, then rows of numbers.
#include "actorsim/report/html/json_film.h"

#include <map>

#include <nlohmann/json.hpp>

#include "actorsim/base/text.h"
#include "actorsim/explore/film.h"

namespace actorsim {
namespace {

using Json = nlohmann::json;

// Texts by number, in the order in which they come.
class Texts {
 public:
  std::size_t number(const std::string& text) {
    const auto [found, is_new] = numbers_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(printable(text));
    return found->second;
  }
  const Json& all() const { return texts_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  Json texts_ = Json::array();
};

Json or_minus(std::uint32_t number) { return number == kNone ? Json(-1) : Json(number); }

class FilmWriter {
 public:
  explicit FilmWriter(const Run& run) : run_(run), film_(*run.film) {}

  std::string write() {
    Json locks = Json::array(), calls = Json::array(), frames = Json::array(), times = Json::array();
    for (const Film::Lock& lock : film_.locks)
      locks.push_back({actors_.number(lock.actor), lock.reentrancy ? 1 : 0, lock.max_depth});
    for (const std::string& id : film_.ids) ids_.number(id);
    std::uint32_t serial = 0;
    for (const CallRecord& call : run_.calls) {
      if (call.serial != serial++) break;  // kept for an expectation; the film has ended before it
      calls.push_back(to_json(call));
    }
    Nanoseconds before = 0;
    for (const Film::Frame& frame : film_.frames) {
      frames.push_back(to_json(frame));
      times.push_back(frame.at - before);
      before = frame.at;
    }
    const Json film{{"actors", actors_.all()},           {"ids", ids_.all()},
                    {"labels", labels_.all()},           {"methods", methods_.all()},
                    {"choices", choices_.all()},         {"locks", std::move(locks)},
                    {"calls", std::move(calls)},         {"times", std::move(times)},
                    {"frames", std::move(frames)},       {"circles", circles()},
                    {"left_out", film_.frames_left_out}, {"ended", run_.ended_at}};
    return film.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  Json to_json(const CallRecord& call) {
    const bool has_own_label = call.label != call.actor + "." + call.method;
    return {has_own_label ? Json(labels_.number(call.label)) : Json(-1),
            actors_.number(call.actor),
            methods_.number(call.method),
            call.caller ? or_minus(*call.caller) : Json(-1),
            call.root,
            static_cast<int>(call.starter),
            call.one_way ? 1 : 0,
            call.span.line,
            static_cast<int>(call.outcome),
            call.reentrancy && !call.id.empty() ? Json(ids_.number(call.id)) : Json(-1),
            call.depth,
            verdict_of(call.outcome) == Verdict::ok ? 0 : 1};
  }

  Json to_json(const Film::Frame& frame) {
    Json events = Json::array(), locks = Json::array();
    for (const Film::Event& event : frame.events) events.push_back(to_json(event));
    for (const Film::LockChange& change : frame.locks) locks.push_back(to_json(change));
    const bool moves = frame.mover != Film::Mover::nobody;
    return {static_cast<int>(frame.mover), or_minus(frame.subject),
            moves ? Json(choices_.number(schedule_text({frame.choice}))) : Json(-1), std::move(events),
            std::move(locks)};
  }

  static Json to_json(const Film::Event& event) {
    Json row{static_cast<int>(event.what), or_minus(event.call)};
    switch (event.what) {
      case Film::What::entered:
      case Film::What::re_entered:
      case Film::What::admitted:
        row.push_back(event.depth);
        if (event.is_abandoned) row.push_back(1);
        break;
      case Film::What::waits:
        row.push_back(static_cast<int>(event.reason));
        row.push_back(or_minus(event.other));
        break;
      case Film::What::ended_badly:
      case Film::What::will_retry: row.push_back(static_cast<int>(event.outcome)); break;
      case Film::What::overlapped: row.push_back(or_minus(event.other)); break;
      case Film::What::deactivated:
      case Film::What::moved: row.push_back(or_minus(event.lock)); break;
      case Film::What::held:
      case Film::What::answered:
      case Film::What::deadlocked:
      case Film::What::stranded: break;
    }
    return row;
  }

  static Json numbers(const std::vector<std::uint32_t>& calls) {
    Json row = Json::array();
    for (const std::uint32_t call : calls) row.push_back(or_minus(call));
    return row;
  }

  static Json to_json(const Film::LockChange& change) {
    Json come = Json::array();
    for (const Film::Joining& joining : change.come) {
      come.push_back(joining.place);
      come.push_back(or_minus(joining.call));
    }
    Json row{change.lock,
             (change.is_free ? 1 : 0) + (change.is_closed ? 2 : 0),
             or_minus(change.id),
             change.depth,
             numbers(change.inside),
             numbers(change.gone),
             std::move(come),
             numbers(change.immovable)};
    while (row.back().is_array() && row.back().empty()) row.erase(row.size() - 1);
    return row;
  }

  Json circles() const {
    Json result = Json::array();
    for (std::size_t i = 0; i < film_.circles.size(); ++i) {
      const DeadlockCycle& cycle = run_.deadlocks[i];
      Json calls = Json::array(), actors = Json::array();
      for (const DeadlockCycle::Hop& hop : cycle.hops) calls.push_back({hop.call, hop.waits_for_lock ? 1 : 0});
      for (const std::string& actor : cycle.actors) actors.push_back(printable(actor));
      result.push_back({{"calls", std::move(calls)},
                        {"actors", std::move(actors)},
                        {"closed", or_minus(film_.circles[i].closed_by)},
                        {"broken", or_minus(film_.circles[i].broken_by)}});
    }
    return result;
  }

  const Run& run_;
  const Film& film_;
  Texts actors_, ids_, labels_, methods_, choices_;
};

}  // namespace

std::string film_json(const Run& run) { return FilmWriter(run).write(); }

}  // namespace actorsim
