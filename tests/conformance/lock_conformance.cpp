// lock_conformance FILE…: runs recorded operation sequences of the released locks on ours and compares every field of
// every result, the internal state included. The format is described in README.md beside this file. Plain or gzipped
// lines of JSON.
#include <zlib.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actorsim/base/check.h"
#include "actorsim/lock/lock_table.h"

namespace {

using actorsim::CallSlot;
using actorsim::ReentrancyId;
using json = nlohmann::json;

constexpr int kShownMismatches = 10;

// A line that is not a recording: reported with its place, exit code 2.
struct Malformed {
  std::string what;
};

// One sequence on one lock. Calls and ids are numbered as they come up.
class Replay {
 public:
  explicit Replay(const json& sequence)
      : table_(actorsim::rules_for(read_class(sequence))), is_ring_(table_.rules().queues_entries) {
    const json& config = sequence.at("config");
    lock_ = table_.add({config.at("enabled").get<bool>(), config.at("maxStackDepth").get<std::int64_t>()});
  }

  // What the operation changes, in the form of a recorded result. Nothing if it cannot be done: the lock is in another
  // state.
  std::optional<json> apply(const json& op) {
    const std::string kind = op.at("op").get<std::string>();
    const std::string name = op.at("call").get<std::string>();
    const CallSlot call = slot_of(name);
    json result = {{"entered", json::array()}, {"queued", json::array()}, {"errors", json::object()}};
    const bool busy = table_.is_inside(call) || table_.is_waiting(call);
    if (kind == "lock") {
      if (busy) return std::nullopt;
      lock(op, call, result);
    } else if (kind == "unlock") {
      if (!table_.is_inside(call)) return std::nullopt;
      table_.release(call, effects_);
    } else if (kind == "cancel") {
      if (!busy) return std::nullopt;
      table_.cancel(call, effects_);
    } else if (kind == "close") {
      if (busy) return std::nullopt;
      closers_.insert(call);
      table_.close(lock_, call, op.value("cancelled", false), effects_, id_of("g:" + name));
    } else {
      throw Malformed{"unknown operation '" + kind + "'"};
    }
    add_effects(result);
    add_state(result);
    table_.check_invariants();
    return result;
  }

 private:
  static actorsim::LockClass read_class(const json& sequence) {
    const std::string word = sequence.at("class").get<std::string>();
    const auto lock_class = actorsim::parse_lock_class(word);
    if (!lock_class) throw Malformed{"unknown class '" + word + "'"};
    return *lock_class;
  }

  void lock(const json& op, CallSlot call, json& result) {
    const std::string& name = names_[call];
    actorsim::Arrival arrival;
    arrival.fresh = id_of("g:" + name);
    arrival.given_up = op.value("cancelled", false);
    if (op.value("nilMsg", false)) {
      arrival.header = actorsim::Header::no_request;
    } else if (op.value("emptyHdr", false)) {
      arrival.header = actorsim::Header::without_values;
    } else if (op.contains("id")) {
      arrival.header = actorsim::Header::present;
      arrival.id = id_of(op.at("id").get<std::string>());
    }
    const actorsim::ArrivalResult got = table_.arrive(lock_, call, arrival, effects_);
    if (actorsim::is_admitted(got.admission)) result["entered"].push_back(name);
    if (got.admission == actorsim::Admission::queued) result["queued"].push_back(name);
    if (actorsim::is_refused(got.admission)) result["errors"][name] = error_word(got.admission);
    if (got.header_seen != actorsim::kNoId) result["header"] = id_names_[got.header_seen];
    begun_.erase(std::remove(begun_.begin(), begun_.end(), call), begun_.end());
    begun_.push_back(call);
    lock_ids_[call] = got.lock_id;
  }

  void add_effects(json& result) {
    for (const CallSlot call : effects_.admitted) result["entered"].push_back(names_[call]);
    for (const auto& panic : effects_.panics) {
      result["panics"][(panic.in_release ? "unlock:" : "") + names_[panic.call]] = "close of closed channel";
    }
    for (const auto& refusal : effects_.refused) {
      const std::string& name = names_[refusal.call];
      if (!result.contains("panics") || !result["panics"].contains(name))
        result["errors"][name] = error_word(refusal.reason);
    }
    // The recorder sorted these by name.
    const auto add_sorted = [&](const char* key, const std::vector<CallSlot>& calls) {
      std::set<std::string> sorted;
      for (const CallSlot call : calls) sorted.insert(names_[call]);
      if (!sorted.empty()) result[key] = sorted;
    };
    add_sorted("ctxCancelled", effects_.cancelled_holders);
    add_sorted("closeReturned", effects_.closes_returned);
  }

  void add_state(json& result) {
    json inside = json::array();
    json waiting = json::array();
    std::vector<CallSlot> holders;
    for (const CallSlot call : begun_) {
      if (table_.is_inside(call)) {
        inside.push_back(names_[call]);
        holders.push_back(call);
      } else if (table_.is_waiting(call) && closers_.count(call) == 0) {
        waiting.push_back(names_[call]);
      }
    }
    result["in"] = inside;
    result["wait"] = waiting;
    for (std::size_t i = 1; i < holders.size(); ++i) {
      const ReentrancyId first = lock_ids_[holders[0]];
      if (first == actorsim::kNoId || lock_ids_[holders[i]] != first) result["exclusionBroken"] = true;
    }
    result["state"] = state();
  }

  json state() const {
    const actorsim::LockStateView view = table_.inspect(lock_);
    if (!is_ring_) {
      return {{"activeRequest", view.active_id == actorsim::kNoId ? json(nullptr) : json(id_names_[view.active_id])},
              {"stackDepth", view.depth},
              {"locked", view.locked},
              {"waiters", view.waiters}};
    }
    json ring = json::array();
    for (const auto& entry : view.ring) ring.push_back({id_names_[entry.id], entry.depth, entry.started});
    json state = {{"ring", ring}, {"len", view.length}, {"frontNil", view.front_nil}};
    for (const auto& stray : view.stray) {
      state["stray"].push_back({stray.position, id_names_[stray.entry.id], stray.entry.depth, stray.entry.started});
    }
    state["closed"] = view.closed;
    return state;
  }

  static const char* error_word(actorsim::Admission reason) {
    switch (reason) {
      case actorsim::Admission::refused_depth: return "max-stack-depth";
      case actorsim::Admission::refused_closed: return "closed";
      case actorsim::Admission::refused_cancelled: return "cancelled";
      case actorsim::Admission::entered:
      case actorsim::Admission::re_entered:
      case actorsim::Admission::queued: break;
    }
    return "?";
  }

  CallSlot slot_of(const std::string& name) {
    const auto [at, is_new] = slots_.try_emplace(name, static_cast<CallSlot>(names_.size()));
    if (is_new) {
      names_.push_back(name);
      lock_ids_.push_back(actorsim::kNoId);
    }
    return at->second;
  }

  ReentrancyId id_of(const std::string& text) {
    const auto [at, is_new] = ids_.try_emplace(text, static_cast<ReentrancyId>(id_names_.size()));
    if (is_new) id_names_.push_back(text);
    return at->second;
  }

  actorsim::LockTable table_;
  bool is_ring_;
  actorsim::LockIndex lock_ = 0;
  actorsim::LockEffects effects_;
  std::map<std::string, CallSlot> slots_;
  std::vector<std::string> names_;
  std::vector<ReentrancyId> lock_ids_;  // by slot
  std::vector<CallSlot> begun_;         // in the order in which the calls began
  std::set<CallSlot> closers_;
  std::map<std::string, ReentrancyId> ids_;
  std::vector<std::string> id_names_{"(none)"};
};

// The fields that the recorder leaves out where there is nothing to say.
json with_defaults(json result) {
  for (const char* key : {"ctxCancelled", "closeReturned"}) {
    if (!result.contains(key)) result[key] = json::array();
  }
  if (!result.contains("errors")) result["errors"] = json::object();
  if (!result.contains("panics")) result["panics"] = json::object();
  if (!result.contains("exclusionBroken")) result["exclusionBroken"] = false;
  if (!result.contains("header")) result["header"] = nullptr;
  return result;
}

std::optional<std::string> difference(const json& recorded, const json& got) {
  const json expected = with_defaults(recorded);
  const json actual = with_defaults(got);
  std::string text;
  const auto mention = [&](const std::string& key, const json* e, const json* a) {
    text += "\n    " + key + "\n      expected " + (e ? e->dump() : "no such field") + "\n      got      " +
            (a ? a->dump() : "no such field");
  };
  for (const auto& [key, value] : expected.items()) {
    if (!actual.contains(key)) {
      mention(key, &value, nullptr);
    } else if (value != actual.at(key)) {
      mention(key, &value, &actual.at(key));
    }
  }
  for (const auto& [key, value] : actual.items()) {
    if (!expected.contains(key)) mention(key, nullptr, &value);
  }
  if (text.empty()) return std::nullopt;
  return text;
}

// Nothing if the sequence passes, else where and how it differs first.
std::optional<std::string> mismatch(const json& sequence) {
  const json& ops = sequence.at("ops");
  const json& results = sequence.at("results");
  if (!ops.is_array() || !results.is_array() || ops.size() != results.size()) {
    throw Malformed{"'ops' and 'results' are not lists of equal length"};
  }
  Replay replay(sequence);
  json broken = json::array();
  for (std::size_t i = 0; i < ops.size(); ++i) {
    const std::string where = "op " + std::to_string(i) + " " + ops[i].dump();
    std::optional<json> got;
    try {
      got = replay.apply(ops[i]);
    } catch (const actorsim::InternalError& error) {
      return where + "\n    " + error.what();
    }
    if (!got) return where + "\n    impossible here: the call is not in the state that the operation needs";
    if (const auto text = difference(results[i], *got)) return where + *text;
    if (got->contains("exclusionBroken")) broken.push_back(i);
  }
  const json expected = sequence.contains("exclusionBroken") ? sequence.at("exclusionBroken") : json::array();
  if (expected.is_array() && expected != broken) {
    return "the sequence's exclusionBroken\n      expected " + expected.dump() + "\n      got      " + broken.dump();
  }
  return std::nullopt;
}

// Lines of a file, gzipped or not.
class Lines {
 public:
  explicit Lines(const char* path) : file_(gzopen(path, "rb")) {}
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() {
    if (file_ != nullptr) gzclose(file_);
  }

  bool is_open() const { return file_ != nullptr; }

  // False at the end of the file; throws Malformed if it cannot be read.
  bool next(std::string& line) {
    line.clear();
    for (;;) {
      const std::size_t end = buffer_.find('\n', at_);
      if (end != std::string::npos) {
        line.append(buffer_, at_, end - at_);
        at_ = end + 1;
        return true;
      }
      line.append(buffer_, at_, std::string::npos);
      buffer_.resize(1U << 16U);
      at_ = 0;
      const int count = gzread(file_, buffer_.data(), static_cast<unsigned>(buffer_.size()));
      if (count < 0) throw Malformed{read_error()};
      buffer_.resize(static_cast<std::size_t>(count));
      if (count > 0) continue;
      int code = Z_OK;
      gzerror(file_, &code);
      if (code != Z_OK && code != Z_STREAM_END) throw Malformed{read_error()};
      return !line.empty();
    }
  }

 private:
  std::string read_error() const {
    int code = Z_OK;
    const char* text = gzerror(file_, &code);
    return std::string("cannot be read: ") + (code == Z_ERRNO ? "input error" : text);
  }

  gzFile file_;
  std::string buffer_;
  std::size_t at_ = 0;
};

struct Totals {
  int passed = 0;
  int failed = 0;
  bool unusable = false;
};

void complain(Totals& totals, const std::string& where, const std::string& what) {
  std::cerr << where << ": " << what << "\n";
  totals.unusable = true;
}

void run_line(const std::string& where, const std::string& line, Totals& totals) {
  try {
    const json sequence = json::parse(line);
    const auto text = mismatch(sequence);
    if (!text) {
      ++totals.passed;
      return;
    }
    ++totals.failed;
    if (totals.failed > kShownMismatches) return;
    const auto named = sequence.find("name");
    const std::string name =
        named != sequence.end() && named->is_string() ? named->get<std::string>() : sequence.value("kind", "");
    std::cout << where << ": " << sequence.at("class").get<std::string>() << " " << sequence.at("config").dump() << " "
              << name << ": " << *text << "\n";
    if (totals.failed == kShownMismatches) std::cout << "further mismatches are only counted\n";
  } catch (const Malformed& error) {
    complain(totals, where, error.what);
  } catch (const json::exception& error) {
    complain(totals, where, error.what());
  }
}

void run_file(const char* path, Totals& totals) {
  Lines lines(path);
  if (!lines.is_open()) return complain(totals, path, "cannot be opened");
  std::string line;
  int number = 0;
  bool any = false;
  try {
    while (lines.next(line)) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      any = true;
      run_line(std::string(path) + ":" + std::to_string(number), line, totals);
    }
  } catch (const Malformed& error) {
    return complain(totals, path, error.what);
  }
  if (!any) complain(totals, path, "holds no sequence");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: lock_conformance FILE...\n";
    return 2;
  }
  Totals totals;
  for (int i = 1; i < argc; ++i) run_file(argv[i], totals);
  std::cout << totals.passed << " passed, " << totals.failed << " failed" << std::endl;
  if (totals.unusable) return 2;
  return totals.failed == 0 ? 0 : 1;
}
