// The twin's steps, each as the original takes it.
#include "support/naive_lock.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace actorsim::testing {

std::size_t NaiveCircle::index(int position) const {
  const int size = static_cast<int>(slots_.size());
  return static_cast<std::size_t>(((position % size) + size) % size);
}

std::vector<std::size_t> NaiveCircle::append(std::size_t item) {
  if (length_ >= static_cast<int>(slots_.size())) {
    const auto behind_last = slots_.begin() + static_cast<std::ptrdiff_t>(index(length_ - 1)) + 1;
    slots_.insert(behind_last, 8, Item{});
  }
  Item& slot = slots_[index(length_)];
  const std::vector<std::size_t> lost = slot ? std::vector{*slot} : std::vector<std::size_t>{};
  slot = item;
  ++length_;
  return lost;
}

std::vector<std::size_t> NaiveCircle::remove_front() {
  const Item removed = slots_.front();
  slots_.front() = std::nullopt;
  std::rotate(slots_.begin(), slots_.begin() + 1, slots_.end());
  --length_;
  std::vector<std::size_t> lost;
  if (static_cast<int>(slots_.size()) - length_ > 16) lost = cut();
  if (removed) lost.push_back(*removed);
  return lost;
}

// The 8 slots behind the end go; if the front is among them, it takes the 8 along and the rest goes, the end first.
std::vector<std::size_t> NaiveCircle::cut() {
  const std::size_t front = index(-length_ - 1);  // as seen from the first of the 8
  std::rotate(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(index(length_ + 1)), slots_.end());
  const auto behind = slots_.begin() + static_cast<std::ptrdiff_t>(8 % slots_.size());
  std::vector<Item> cut(slots_.begin(), behind);
  std::vector<Item> kept(behind, slots_.end());
  std::size_t front_in_kept = front - cut.size();
  if (front < cut.size()) {
    std::rotate(kept.begin(), kept.end() - 1, kept.end());
    std::swap(cut, kept);
    front_in_kept = front;
  }
  std::rotate(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(front_in_kept), kept.end());
  slots_ = kept;
  std::vector<std::size_t> lost;
  for (const Item& item : cut) {
    if (item) lost.push_back(*item);
  }
  return lost;
}

NaiveLock::NaiveLock(LockClass lock_class, const LockConfig& config) : class_(lock_class), config_(config) {}

std::vector<NaiveLock::Caller>::iterator NaiveLock::caller(CallSlot call) {
  return std::find_if(callers_.begin(), callers_.end(), [call](const Caller& each) { return each.call == call; });
}

std::vector<NaiveLock::Caller>::const_iterator NaiveLock::caller(CallSlot call) const {
  return std::find_if(callers_.begin(), callers_.end(), [call](const Caller& each) { return each.call == call; });
}

bool NaiveLock::is_inside(CallSlot call) const {
  const auto found = caller(call);
  return found != callers_.end() && found->inside;
}

bool NaiveLock::is_waiting(CallSlot call) const {
  const auto found = caller(call);
  return found != callers_.end() && !found->inside;
}

bool NaiveLock::can_move_queue(CallSlot call) const {
  if (is_classic()) return true;
  const std::size_t entry = caller(call)->entry;
  const auto mates =
      std::count_if(callers_.begin(), callers_.end(), [entry](const Caller& each) { return each.entry == entry; });
  return entries_[entry].depth == mates;
}

ArrivalResult NaiveLock::arrive(CallSlot call, const Arrival& arrival, LockEffects& effects) {
  effects.clear();
  if (is_classic()) return arrive_classic(call, arrival);
  const ReentrancyId passed_on = arrival.header == Header::present ? arrival.id : kNoId;
  if (arrival.given_up && !is_1_15()) return {Admission::refused_cancelled, 0, kNoId, passed_on};
  if (!closed_) return arrive_ring(call, arrival);
  if (is_1_15() || is_docs() || arrival.after_close == AfterClose::refused) {
    return {Admission::refused_closed, 0, kNoId, passed_on};
  }
  const ArrivalResult result = arrive_ring(call, arrival);
  if (result.admission == Admission::refused_depth) return result;
  if (is_inside(call) && arrival.after_close == AfterClose::entered) {
    caller(call)->cancelled = true;
    effects.cancelled_holders.push_back(call);
    return result;
  }
  const std::size_t entry = caller(call)->entry;
  callers_.erase(caller(call));
  leave_entry(entry, call, false, effects);
  return {Admission::refused_closed, 0, kNoId, result.header_seen};
}

ArrivalResult NaiveLock::arrive_classic(CallSlot call, const Arrival& arrival) {
  const bool has_header = arrival.header == Header::present;
  const bool uuid_class = class_ == LockClass::classic_uuid;
  ReentrancyId id = kNoId;
  if (config_.enabled) {
    id = has_header ? arrival.id : arrival.fresh;
  } else if (uuid_class) {
    id = arrival.fresh;
  }
  ArrivalResult result;
  if (has_header) {
    result.header_seen = arrival.id;
  } else if (arrival.header != Header::without_values && (config_.enabled || uuid_class)) {
    result.header_seen = arrival.fresh;
  }
  if (depth_ == static_cast<std::int32_t>(config_.max_stack_depth)) {
    result.admission = Admission::refused_depth;
    return result;
  }
  if (config_.enabled && result.header_seen == id) result.lock_id = id;
  Caller caller;
  caller.call = call;
  caller.id = id;
  if (active_ != kNoId && active_ == id) {
    result.admission = Admission::re_entered;
    caller.inside = true;
    ++depth_;
  } else if (!locked_) {
    result.admission = Admission::entered;
    caller.inside = true;
    locked_ = true;
    active_ = id;
    ++depth_;
  } else {
    result.admission = Admission::queued;
  }
  callers_.push_back(caller);
  result.depth = caller.inside ? static_cast<std::int32_t>(depth_) : 1;
  return result;
}

void NaiveLock::release_classic(LockEffects& effects) {
  --depth_;
  if (depth_ > 0) return;
  active_ = kNoId;
  locked_ = false;
  for (Caller& next : callers_) {
    if (next.inside) continue;
    next.inside = true;
    locked_ = true;
    active_ = next.id;
    depth_ = 1;
    effects.admitted.push_back(next.call);
    return;
  }
}

ArrivalResult NaiveLock::arrive_ring(CallSlot call, const Arrival& arrival) {
  const bool has_header = arrival.header == Header::present;
  const bool no_request = arrival.header == Header::no_request && !is_docs();
  const bool reads_header = config_.enabled || class_ == LockClass::ring_1_15_0;
  ArrivalResult result;
  ReentrancyId id = arrival.fresh;
  if (has_header) result.header_seen = arrival.id;
  if (!no_request && reads_header) {
    if (has_header) id = arrival.id;
    result.header_seen = id;
  }
  const bool may_join = config_.enabled && !no_request;
  std::optional<std::size_t> entry;
  bool joined = false;
  if (may_join && length() != 0) {
    for (const std::size_t each : queue()) {
      if (entries_[each].id != id) continue;
      entry = each;
      joined = true;
      break;
    }
    if (joined) {
      std::int64_t limit = config_.max_stack_depth;
      if ((is_1_15() || is_docs()) && limit < 1) limit = 1;
      ++entries_[*entry].depth;
      if (entries_[*entry].depth > limit) {
        if (is_docs()) --entries_[*entry].depth;
        return {Admission::refused_depth, 0, kNoId, result.header_seen};
      }
    } else {
      entries_.push_back({id, 1, false});
      entry = entries_.size() - 1;
      append(*entry);
    }
  } else {
    entries_.push_back({id, 1, !front().has_value()});
    entry = entries_.size() - 1;
    append(*entry);
  }
  if (may_join) result.lock_id = id;
  result.depth = entries_[*entry].depth;
  const bool inside = entries_[*entry].started;
  result.admission = !inside ? Admission::queued : joined ? Admission::re_entered : Admission::entered;
  callers_.push_back({call, *entry, kNoId, inside, false, false});
  return result;
}

void NaiveLock::release(CallSlot call, LockEffects& effects) {
  effects.clear();
  const std::size_t entry = caller(call)->entry;
  callers_.erase(caller(call));
  if (is_classic()) return release_classic(effects);
  leave_entry(entry, call, true, effects);
}

void NaiveLock::cancel(CallSlot call, LockEffects& effects) {
  effects.clear();
  if (is_classic() || is_1_15()) return;
  const auto found = caller(call);
  if (found->inside) {
    if (!found->cancelled) effects.cancelled_holders.push_back(call);
    found->cancelled = true;
    return;
  }
  const Caller gone = *found;
  callers_.erase(found);
  if (!gone.closing) effects.refused.push_back({call, Admission::refused_cancelled});
  leave_entry(gone.entry, call, false, effects);
  if (gone.closing) really_close(call, effects);
}

void NaiveLock::close(CallSlot closer, bool given_up, LockEffects& effects, ReentrancyId fresh) {
  effects.clear();
  if (is_classic()) {
    effects.closes_returned.push_back(closer);
    return;
  }
  if (class_ == LockClass::ring_1_16_0 && !given_up && !closed_) {
    const bool free = !front().has_value();
    entries_.push_back({fresh, 1, free});
    append(entries_.size() - 1);
    if (!free) {
      callers_.push_back({closer, entries_.size() - 1, kNoId, false, false, true});
      return;
    }
  }
  really_close(closer, effects);
}

void NaiveLock::really_close(CallSlot closer, LockEffects& effects) {
  const bool panics = !is_1_15() && !is_docs();
  if (closed_) {
    if (panics) {
      effects.panics.push_back({closer, false});
    } else {
      effects.closes_returned.push_back(closer);
    }
    return;
  }
  closed_ = true;
  const std::vector<Caller> refused = waiting();
  for (Caller& each : callers_) {
    if (each.inside && !is_1_15() && !each.cancelled) {
      each.cancelled = true;
      effects.cancelled_holders.push_back(each.call);
    }
  }
  callers_.erase(std::remove_if(callers_.begin(), callers_.end(), [](const Caller& each) { return !each.inside; }),
                 callers_.end());
  for (const Caller& each : refused) {
    if (!is_1_15()) leave_entry(each.entry, each.call, false, effects);
    if (each.closing) {
      effects.panics.push_back({each.call, false});
    } else {
      effects.refused.push_back({each.call, Admission::refused_closed});
    }
  }
  effects.closes_returned.push_back(closer);
}

void NaiveLock::leave_entry(std::size_t entry, CallSlot by, bool in_release, LockEffects& effects) {
  --entries_[entry].depth;
  if (entries_[entry].depth != 0) return;
  if (is_docs() && !in_release) {
    entry_queue_.erase(std::find(entry_queue_.begin(), entry_queue_.end(), entry));
    return;
  }
  if (!has_old_ring() && entry_queue_.empty()) return;
  remove_front();
  if (!front()) return;
  const std::size_t next = *front();
  if (entries_[next].started) {
    if (has_old_ring()) effects.panics.push_back({by, in_release});
    return;
  }
  entries_[next].started = true;
  std::optional<CallSlot> closer;
  for (Caller& each : callers_) {
    if (each.entry != next || each.inside) continue;
    if (each.closing) {
      closer = each.call;
    } else {
      each.inside = true;
      effects.admitted.push_back(each.call);
    }
  }
  if (closer) {
    callers_.erase(caller(*closer));
    really_close(*closer, effects);
  }
}

// The original's scheduler chooses who of them goes first; here it is by where their entries stand.
std::vector<NaiveLock::Caller> NaiveLock::waiting() const {
  std::vector<Caller> result;
  std::copy_if(callers_.begin(), callers_.end(), std::back_inserter(result),
               [](const Caller& each) { return !each.inside; });
  std::stable_sort(result.begin(), result.end(),
                   [this](const Caller& a, const Caller& b) { return place(a.entry) < place(b.entry); });
  return result;
}

// The front first, then round the circle; behind them all those that have left it.
std::size_t NaiveLock::place(std::size_t entry) const {
  const std::size_t slots = circle_.slots().size() + entry_queue_.size();
  if (entries_[entry].left != 0) return slots + entries_[entry].left;
  const auto& circle = circle_.slots();
  const auto slot = std::find(circle.begin(), circle.end(), NaiveCircle::Item(entry));
  if (slot != circle.end()) return static_cast<std::size_t>(slot - circle.begin());
  return static_cast<std::size_t>(std::find(entry_queue_.begin(), entry_queue_.end(), entry) - entry_queue_.begin());
}

std::vector<std::size_t> NaiveLock::queue() const {
  if (!has_old_ring()) return {entry_queue_.begin(), entry_queue_.end()};
  std::vector<std::size_t> result;
  for (int i = 0; i < circle_.length(); ++i) result.push_back(circle_.slots()[static_cast<std::size_t>(i)].value());
  return result;
}

std::optional<std::size_t> NaiveLock::front() const {
  if (has_old_ring()) return circle_.front();
  return entry_queue_.empty() ? std::nullopt : std::optional(entry_queue_.front());
}

int NaiveLock::length() const { return has_old_ring() ? circle_.length() : static_cast<int>(entry_queue_.size()); }

void NaiveLock::append(std::size_t entry) {
  if (has_old_ring()) {
    note_left(circle_.append(entry));
  } else {
    entry_queue_.push_back(entry);
  }
}

void NaiveLock::remove_front() {
  if (has_old_ring()) {
    note_left(circle_.remove_front());
  } else {
    note_left({entry_queue_.front()});
    entry_queue_.pop_front();
  }
}

void NaiveLock::note_left(const std::vector<std::size_t>& entries) {
  for (const std::size_t entry : entries) entries_[entry].left = ++left_;
}

// Those in the queue or elsewhere in the circle, and those that somebody is in: each once.
std::vector<std::size_t> NaiveLock::entries_that_matter() const {
  std::vector<std::size_t> result(entry_queue_.begin(), entry_queue_.end());
  const auto add = [&result](std::size_t entry) {
    if (std::find(result.begin(), result.end(), entry) == result.end()) result.push_back(entry);
  };
  for (const NaiveCircle::Item& item : circle_.slots()) {
    if (item) add(*item);
  }
  for (const Caller& each : callers_) {
    if (!is_classic()) add(each.entry);
  }
  return result;
}

bool NaiveLock::mentions(ReentrancyId id) const {
  const std::vector<std::size_t> entries = entries_that_matter();
  return active_ == id ||
         std::any_of(callers_.begin(), callers_.end(), [id](const Caller& each) { return each.id == id; }) ||
         std::any_of(entries.begin(), entries.end(), [&](std::size_t entry) { return entries_[entry].id == id; });
}

std::vector<CallSlot> NaiveLock::calls() const {
  std::vector<CallSlot> result;
  for (const Caller& each : callers_) result.push_back(each.call);
  return result;
}

// Entries are numbered by where they stand among those that matter; all lists begin with their lengths.
void NaiveLock::append_state(const std::vector<std::uint32_t>& names, std::vector<std::uint32_t>& words) const {
  const std::vector<std::size_t> entries = entries_that_matter();
  const auto add = [&words](auto value) { words.push_back(static_cast<std::uint32_t>(value)); };
  const auto add_number = [&](std::size_t entry) {
    add(std::find(entries.begin(), entries.end(), entry) - entries.begin());
  };
  for (const bool flag : {closed_, locked_}) add(flag);
  add(active_);
  add(depth_);
  add(callers_.size());
  for (const Caller& each : callers_) {
    add(names[each.call]);
    if (!is_classic()) add_number(each.entry);
    add(each.id);
    for (const bool flag : {each.inside, each.cancelled, each.closing}) add(flag);
  }
  add(entries.size());
  for (const std::size_t entry : entries) {
    add(entries_[entry].id);
    add(entries_[entry].depth);
    add(entries_[entry].started);
  }
  add(entry_queue_.size());
  for (const std::size_t entry : entry_queue_) add_number(entry);
  add(circle_.length());
  add(circle_.slots().size());
  for (const NaiveCircle::Item& item : circle_.slots()) {
    add(item.has_value());
    if (item) add_number(*item);
  }
}

LockStateView NaiveLock::inspect() const {
  LockStateView view;
  view.closed = closed_;
  if (is_classic()) {
    view.active_id = active_;
    view.depth = static_cast<std::int32_t>(depth_);
    view.locked = locked_;
    view.waiters = static_cast<std::int32_t>(
        std::count_if(callers_.begin(), callers_.end(), [](const Caller& each) { return !each.inside; }));
    return view;
  }
  const auto see = [this](std::size_t entry) {
    return EntryView{entries_[entry].id, entries_[entry].depth, entries_[entry].started};
  };
  view.length = length();
  view.front_nil = !front().has_value();
  for (const std::size_t entry : queue()) view.ring.push_back(see(entry));
  if (!has_old_ring()) return view;
  for (int i = std::max(0, length()); i < static_cast<int>(circle_.slots().size()); ++i) {
    const auto& item = circle_.slots()[static_cast<std::size_t>(i)];
    if (item) view.stray.push_back({i, see(*item)});
  }
  return view;
}

}  // namespace actorsim::testing
