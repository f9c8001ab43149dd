// Memory that runs out at any moment: whoever asked for the work is told, no thread is left behind, nothing hangs.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <thread>

#include "actorsim/base/team.h"
#include "actorsim/lock/blocking_lock.h"
#include "actorsim/stress/crew.h"
#include "stress/stress_text.h"
#include "support/catch.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

// How many allocations there are until memory runs out, once or for good. Negative: it does not.
std::atomic<std::int64_t> g_left = -1;
std::atomic<bool> g_for_good = false;

bool is_out_of_memory() {
  if (g_left.load(std::memory_order_relaxed) < 0) return false;
  const std::int64_t left = g_left.fetch_sub(1);
  if (left > 0) return false;
  if (g_for_good && left == 0) g_left = 0;
  return left == 0;
}

void* allocate(std::size_t size) {
  if (is_out_of_memory()) throw std::bad_alloc();
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

enum class Runs { out_once, out_for_good };

class Shortage {
 public:
  Shortage(std::int64_t after, Runs runs) {
    g_for_good = runs == Runs::out_for_good;
    g_left = after;
  }
  ~Shortage() { g_left = -1; }
  Shortage(const Shortage&) = delete;
  Shortage& operator=(const Shortage&) = delete;
};

// Does it again and again, each time with memory for a few allocations more, until it has enough. How often it had not.
template <typename Work>
int failures_of(Runs runs, std::int64_t step, const Work& work) {
  int failures = 0;
  for (std::int64_t after = 0;; after += step) {
    bool has_failed = false, was_short = false;
    try {
      const Shortage shortage(after, runs);
      work();
      was_short = g_left.load() <= 0;
    } catch (const std::bad_alloc&) {
      has_failed = true;
    }
    failures += has_failed ? 1 : 0;
    if (!has_failed && !was_short) return failures;
  }
}

Arrival with_id(ReentrancyId id) { return {Header::present, id, kNoId, false, {}}; }

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return is_out_of_memory() ? nullptr : std::malloc(size);
}
void* operator new[](std::size_t size, const std::nothrow_t& none) noexcept { return operator new(size, none); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

TEST_CASE("rounds whose memory runs out at any moment end with std::bad_alloc") {
  const std::string on = "config: {reentrancy: {enabled: true}}\n";
  for (const std::string text :
       {"dapr: 1.14\nchains: [A -> B, B -> A, A -> A]\n", "dapr: 1.18\nchains: [A -> B, B -> A, A]\n",
        "actors: {A: {m: [{parallel: [{call: B/1.n}, {call: B/2.n}], join: any}, {send: B/1.n}]}, B: {n: [{fail: "
        "no}]}}\n"
        "start: [{call: A/1.m, count: 4, clients: 2, as: first}, {call: A/1.m, after: first}]\n"}) {
    INFO(text);
    const Program program = program_of(text);
    const ExploredSet set = explored(program);
    for (const Runs runs : {Runs::out_once, Runs::out_for_good}) {
      StressOptions options;
      options.rounds = 2;
      CHECK(failures_of(runs, 7, [&] { stress(program, set, options); }) > 10);
    }
    StressOptions options;
    options.rounds = 2;
    CHECK(play(program, set, options).rounds == 2);
  }
}

TEST_CASE("a lock whose memory runs out lets everybody go") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_18, LockClass::docs}) {
    class Forgetful : public LockWatch {
     public:
      void happened(const LockEvent& event) override {
        if (event.kind == LockEvent::Kind::release) throw std::bad_alloc();
      }
      void broke(const std::exception_ptr& why, std::size_t woken_now) noexcept override {
        has_reason = why != nullptr;
        woken += woken_now;
      }
      bool has_reason = false;
      std::size_t woken = 0;
    };
    Forgetful watch;
    BlockingLock lock(rules_for(lock_class), {true, 32}, &watch);
    std::atomic<int> refused = 0;
    std::thread waiting;
    {
      const auto turn = lock.enter(with_id(1));
      waiting = std::thread([&] { refused += lock.enter(with_id(2)).has_value() ? 0 : 1; });
      while (lock.waiting() != 1) std::this_thread::yield();
    }
    waiting.join();
    CHECK(refused == 1);
    CHECK(watch.has_reason);
    CHECK(watch.woken == 1);
    CHECK_THROWS_AS(lock.enter(with_id(3)), std::bad_alloc);
    CHECK_THROWS_AS(lock.close(), std::bad_alloc);
  }
}

TEST_CASE("a team or a crew without memory for all of its threads leaves none behind") {
  for (const Runs runs : {Runs::out_once, Runs::out_for_good}) {
    CHECK(failures_of(runs, 1, [] { Team(4).run([](std::size_t) {}); }) >= 3);
    std::atomic<int> done = 0;
    const auto work = [&] {
      Crew crew(3);
      for (int i = 0; i < 3; ++i) {
        done = 0;
        if (crew.start([&] { ++done; }) != Crew::Start::begun) throw std::bad_alloc();
      }
    };
    CHECK(failures_of(runs, 1, work) >= 3);
  }
}
