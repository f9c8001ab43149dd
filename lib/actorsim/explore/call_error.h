// The errors of a call as Dapr words them, release by release.
#pragma once

#include <string>
#include <string_view>

#include "actorsim/base/release.h"

namespace actorsim {

/// How Dapr reports an error to whoever made the call, through its own sidecar.
struct CallError {
  std::string code;  ///< HTTP: errorCode of the body, `ERR_ACTOR_STACK_DEPTH`
  int http = 500;
  std::string grpc;  ///< `RESOURCE_EXHAUSTED`
  std::string message;
};

/// The lock refused the call: maximum stack depth exceeded. The caller's own sidecar hosts the actor. Up to 1.14
/// wrapped as "error invoke actor method" (actors.go@v1.2.0 L350, @v1.14.0 L648; the text has a capital M up to 1.9,
/// actor_lock.go@v1.9.6 L23); from 1.15 on an error of its own (pkg/messages/predefined.go@v1.15.0).
CallError depth_error(const Release& release);

/// The lock refused the call because its actor was being deactivated.
CallError closed_error(const Release& release, std::string_view method);

/// The handler answered with an error: `status` and `body`. A 404 is reported as an unknown method.
CallError handler_error(const Release& release, int status, std::string_view body);

/// The request was cancelled while it waited or ran.
CallError cancelled_error(const Release& release);

/// The caller's own timeout passed.
CallError timeout_error(const Release& release);

/// No host serves the actor's type.
CallError not_hosted_error(const Release& release);

}  // namespace actorsim
