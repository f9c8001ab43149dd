// What a thread does for a call: it comes to the lock, runs the compiled handler, and answers.
//
// This is a reading of Program of its own, beside the model's: the model moves a world of numbers one step at a time,
// here every handler is a thread that really waits. That both come to the same is what `stress` is for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/base/random.h"
#include "actorsim/stress/stage.h"

namespace actorsim {

/// Who makes a call, and with which variables. Nobody: a client, whose only variable is the number of its call.
struct StagedCaller {
  StagedCall* call = nullptr;
  const Call* facts = nullptr;  ///< of the call, as they were when this attempt got in
  StagedThread* thread = nullptr;
  Frame* frame = nullptr;
  std::int64_t number = 0;
};

/// Makes the call of a site, without starting it. Null: the round has been given up.
StagedCall* make_staged_call(Stage& stage, Index site, const StagedCaller& caller);

/// Takes a call to its end, with all of its attempts, and beyond: the handler may go on after its answer.
void serve(Stage& stage, StagedCall& call, Random random);

/// How a call ended, once it is answered; its caller's thread stops for it.
CallEnd wait_for_answer(Stage& stage, StagedCall& call);

}  // namespace actorsim
