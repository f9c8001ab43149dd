// A walker with a memory of its way.
#include "actorsim/explore/player.h"

#include <algorithm>
#include <utility>

#include "actorsim/base/check.h"
#include "actorsim/explore/orders.h"

namespace actorsim {

std::optional<Diagnostic> find_unplayable(const Program& program) { return find_unbounded(program); }

Player::MoverKey Player::key_of(const Mover& mover) {
  return {mover.kind, mover.index, mover.tag, mover.attempt, mover.after_close};
}

Player::Player(const Program& program) : walker_(program), situation_(walker_.initial()) { list_moves(); }

void Player::restart() {
  situation_ = walker_.initial();
  schedule_.clear();
  way_.clear();
  arrivals_.clear();
  next_arrival_ = 0;
  list_moves();
}

void Player::list_moves() {
  walker_.list_moves(situation_, moves_);
  std::map<MoverKey, std::uint64_t> arrivals;
  for (const Move& move : moves_) {
    const MoverKey key = key_of(move.mover);
    const auto known = arrivals_.find(key);
    arrivals[key] = known != arrivals_.end() ? known->second : next_arrival_++;
  }
  arrivals_ = std::move(arrivals);
}

tl::expected<StepRecord, Diagnostic> Player::take(std::size_t number) {
  ACTORSIM_CHECK(number < moves_.size());
  const Move move = moves_[number];
  StepRecord record;
  std::vector<CallOutcome> ignored;
  if (auto problem = take_and_tell(walker_, situation_, move, ignored, record))
    return tl::unexpected(std::move(*problem));
  schedule_.push_back(move.choice);
  way_.push_back(number);
  arrivals_.erase(key_of(move.mover));  // if it can move again, that is another matter
  for (const StepEffects::Ready& ready : walker_.made_ready())
    arrivals_.try_emplace(key_of(ready.mover), next_arrival_++);
  list_moves();
  return record;
}

std::optional<std::size_t> Player::find(const Choice& choice) const {
  for (std::size_t number = 0; number < moves_.size(); ++number) {
    if (moves_[number].choice == choice) return number;
  }
  return std::nullopt;
}

std::optional<Diagnostic> Player::undo(std::size_t count) {
  std::vector<std::size_t> way = way_;
  way.resize(way.size() - std::min(count, way.size()));
  restart();
  for (const std::size_t number : way) {
    auto taken = take(number);
    if (!taken) return std::move(taken.error());
  }
  return std::nullopt;
}

std::size_t Player::first_come() const {
  ACTORSIM_CHECK(!moves_.empty());
  const auto rank = [&](const Move& move) {
    return std::pair{is_deadline(move.mover.kind), arrivals_.at(key_of(move.mover))};
  };
  const auto first = std::min_element(moves_.begin(), moves_.end(),
                                      [&](const Move& left, const Move& right) { return rank(left) < rank(right); });
  return static_cast<std::size_t>(first - moves_.begin());
}

}  // namespace actorsim
