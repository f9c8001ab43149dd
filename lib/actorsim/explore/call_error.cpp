// Codes and texts of errors.
#include "actorsim/explore/call_error.h"

namespace actorsim {
namespace {

CallError invoke_error(std::string_view cause) {
  return {"ERR_ACTOR_INVOKE_METHOD", 500, "INTERNAL", "error invoke actor method: " + std::string(cause)};
}

}  // namespace

CallError depth_error(const Release& release) {
  if (release.is_docs || at_least(release, 15)) {
    return {"ERR_ACTOR_STACK_DEPTH", 500, "RESOURCE_EXHAUSTED", "maximum stack depth exceeded"};
  }
  const std::string text = before(release, 10) ? "Maximum stack depth exceeded" : "maximum stack depth exceeded";
  return invoke_error("rpc error: code = ResourceExhausted desc = " + text);
}

CallError closed_error(const Release& release, std::string_view method) {
  if (release.is_docs || at_least(release, 17))
    return invoke_error("actor is closed, cannot handle " + std::string(method));
  if (at_least(release, 15)) return invoke_error("actor lock is closed");
  return invoke_error("rpc error: code = ResourceExhausted desc = actor is already disposed");
}

CallError handler_error(const Release& release, int status, std::string_view body) {
  if (status == 404) return invoke_error("actor method not found");
  const std::string code = before(release, 15) ? "" : "(" + std::to_string(status) + ") ";
  return invoke_error("error from actor service: " + code + std::string(body));
}

CallError cancelled_error(const Release&) { return invoke_error("context canceled"); }

CallError timeout_error(const Release&) { return invoke_error("context deadline exceeded"); }

CallError not_hosted_error(const Release& release) {
  if (release.is_docs || at_least(release, 15)) {
    return {"ERR_ACTOR_NO_ADDRESS", 500, "INTERNAL", "did not find address for actor"};
  }
  return invoke_error("did not find address for actor");
}

}  // namespace actorsim
