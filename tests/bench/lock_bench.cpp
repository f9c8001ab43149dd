// What the lock costs: the pure machine, the machine between threads, and the same hand-over with bare standard
// primitives.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <limits>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "actorsim/lock/blocking_lock.h"
#include "actorsim/lock/lock_table.h"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// Every allocation of this program is counted: the machine must make none once it is warm. (Inlined, g++ 12 takes new
// and delete for a pair that does not match.)
[[gnu::noinline]] void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace actorsim;

constexpr ReentrancyId kChain = 7;

// Counts from its making; what it saw becomes the counter `allocations` of the benchmark.
class AllocationCounter {
 public:
  void report(benchmark::State& state) const {
    state.counters["allocations"] = static_cast<double>(allocations.load(std::memory_order_relaxed) - before_);
  }

 private:
  std::size_t before_ = allocations.load(std::memory_order_relaxed);
};

Arrival with_header(ReentrancyId id) {
  Arrival arrival;
  arrival.header = Header::present;
  arrival.id = id;
  return arrival;
}

LockRules rules_of(const benchmark::State& state) { return rules_for(static_cast<LockClass>(state.range(0))); }

void name_class(benchmark::State& state) {
  state.SetLabel(std::string(to_word(static_cast<LockClass>(state.range(0)))));
}

// One call after the other on one free lock.
void arrive_and_release(benchmark::State& state) {
  LockTable table(rules_of(state));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  const Arrival arrival = with_header(kChain);
  table.arrive(lock, 0, arrival, effects);  // warm
  table.release(0, effects);
  const AllocationCounter counter;
  for (auto _ : state) {
    benchmark::DoNotOptimize(table.arrive(lock, 0, arrival, effects));
    table.release(0, effects);
  }
  counter.report(state);
  name_class(state);
}

// A call of the chain inside, again and again.
void arrive_and_release_nested(benchmark::State& state) {
  LockTable table(rules_of(state));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  const Arrival arrival = with_header(kChain);
  table.arrive(lock, 0, arrival, effects);
  table.arrive(lock, 1, arrival, effects);  // warm
  table.release(1, effects);
  const AllocationCounter counter;
  for (auto _ : state) {
    benchmark::DoNotOptimize(table.arrive(lock, 1, arrival, effects));
    table.release(1, effects);
  }
  counter.report(state);
  name_class(state);
}

// A queue of strangers: each turn admits the next and queues another.
void hand_over_in_queue(benchmark::State& state) {
  constexpr CallSlot kCalls = 16;
  LockTable table(rules_of(state));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  Arrival arrival;
  for (CallSlot call = 0; call < kCalls; ++call) {
    arrival.fresh = call + 1;
    table.arrive(lock, call, arrival, effects);
  }
  CallSlot inside = 0;
  table.release(inside, effects);  // warm
  arrival.fresh = kCalls + 1;
  table.arrive(lock, inside, arrival, effects);
  inside = 1;
  const AllocationCounter counter;
  for (auto _ : state) {
    table.release(inside, effects);
    arrival.fresh = inside + 1;
    benchmark::DoNotOptimize(table.arrive(lock, inside, arrival, effects));
    inside = (inside + 1) % kCalls;
  }
  counter.report(state);
  name_class(state);
}

// A thousand locks with a call inside and one waiting, copied as an explorer copies worlds.
void copy_table(benchmark::State& state) {
  LockTable table(rules_of(state));
  LockEffects effects;
  Arrival arrival;
  for (CallSlot call = 0; call < 2000; call += 2) {
    const LockIndex lock = table.add({true, 32});
    arrival.fresh = call + 1;
    table.arrive(lock, call, arrival, effects);
    arrival.fresh = call + 2;
    table.arrive(lock, call + 1, arrival, effects);
  }
  LockTable copy = table;
  for (auto _ : state) {
    copy = table;
    benchmark::ClobberMemory();
  }
  name_class(state);
}

void every_class(benchmark::internal::Benchmark* bench) {
  for (const LockClass each : {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_18, LockClass::docs}) {
    bench->Arg(static_cast<int>(each));
  }
}

BENCHMARK(arrive_and_release)->Apply(every_class);
BENCHMARK(arrive_and_release_nested)->Apply(every_class);
BENCHMARK(hand_over_in_queue)->Apply(every_class);
BENCHMARK(copy_table)->Arg(static_cast<int>(LockClass::ring_1_18));

// Another thread exists, so that the C library does not leave out its atomic operations.
class SecondThread {
 public:
  SecondThread() : thread_([this](const std::stop_token& stop) { sleep(stop); }) {}

 private:
  void sleep(const std::stop_token& stop) {
    std::unique_lock guard(mutex_);
    wake_.wait(guard, stop, [] { return false; });
  }

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

void blocking_enter_and_leave(benchmark::State& state) {
  const SecondThread second;
  BlockingLock lock(rules_of(state), {true, 32});
  const Arrival arrival = with_header(kChain);
  for (auto _ : state) {
    auto turn = lock.enter(arrival);
    benchmark::DoNotOptimize(turn);
  }
  name_class(state);
}
BENCHMARK(blocking_enter_and_leave)->Apply(every_class);

// The least that a fair lock between threads needs: a mutex, and a queue of waiting threads with a condition variable
// each. They belong to the lock, so that it can wake a thread after letting go of the mutex, as ours does.
class BareLock {
 public:
  void enter() {
    std::unique_lock guard(mutex_);
    if (!locked_) {
      locked_ = true;
      return;
    }
    if (free_.empty()) free_.push_back(&waiters_.emplace_back());
    Waiter& waiter = *free_.back();
    free_.pop_back();
    waiter.admitted = false;
    queue_.push_back(&waiter);
    waiter.wake.wait(guard, [&waiter] { return waiter.admitted; });
    free_.push_back(&waiter);
  }

  void leave() {
    Waiter* next = nullptr;
    {
      const std::lock_guard guard(mutex_);
      if (queue_.empty()) {
        locked_ = false;
        return;
      }
      next = queue_.front();
      queue_.pop_front();
      next->admitted = true;
    }
    next->wake.notify_one();
  }

  std::size_t waiting() {
    const std::lock_guard guard(mutex_);
    return queue_.size();
  }

 private:
  struct Waiter {
    std::condition_variable wake;
    bool admitted = false;
  };

  std::mutex mutex_;
  bool locked_ = false;
  std::deque<Waiter> waiters_;
  std::vector<Waiter*> free_;
  std::deque<Waiter*> queue_;
};

constexpr int kTurns = 1'000;

// Two threads take turns; each stays inside until the other waits, so that every turn is handed over to a thread that
// waits.
template <class Lock, class TakeTurn>
double nanoseconds_per_hand_over(Lock& lock, TakeTurn take_turn) {
  std::atomic<bool> alone = false;
  const auto play = [&] {
    for (int i = 0; i < kTurns; ++i) {
      take_turn([&] {
        while (lock.waiting() == 0 && !alone.load(std::memory_order_relaxed)) std::this_thread::yield();
      });
    }
    alone.store(true, std::memory_order_relaxed);
  };
  const auto start = std::chrono::steady_clock::now();
  std::thread other(play);
  play();
  other.join();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  return took.count() / (2 * kTurns);
}

double bare_hand_over() {
  BareLock lock;
  return nanoseconds_per_hand_over(lock, [&lock](const auto& inside) {
    lock.enter();
    inside();
    lock.leave();
  });
}

double blocking_hand_over(const LockRules& rules) {
  BlockingLock lock(rules, {true, 32});
  FreshIds ids;
  return nanoseconds_per_hand_over(lock, [&](const auto& inside) {
    auto turn = lock.enter(with_header(ids.next()));
    benchmark::DoNotOptimize(turn);
    inside();
  });
}

// Both in turn, and of each the best round: what else the machine does costs whole time slices. `ratio` is ours by
// bare.
void hand_over_between_threads(benchmark::State& state) {
  double bare = std::numeric_limits<double>::max();
  double ours = std::numeric_limits<double>::max();
  for (auto _ : state) {
    const double bare_now = bare_hand_over();
    const double ours_now = blocking_hand_over(rules_of(state));
    bare = std::min(bare, bare_now);
    ours = std::min(ours, ours_now);
    state.SetIterationTime((bare_now + ours_now) * 2 * kTurns * 1e-9);
  }
  state.counters["bare_ns"] = bare;
  state.counters["ours_ns"] = ours;
  state.counters["ratio"] = ours / bare;
  name_class(state);
}
BENCHMARK(hand_over_between_threads)->Apply(every_class)->UseManualTime();

}  // namespace

BENCHMARK_MAIN();
