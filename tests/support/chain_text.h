// A chain or a target, written out so that the grammar reads the same from it.
#pragma once

#include <string>
#include <vector>

#include "actorsim/scenario/scenario.h"

namespace actorsim::testing {

/// `A/"1".m1 x3 -> (B/"1".m2 & C/"1".m3)`: nothing is left out. An id that has a quote in it stands without quotes, as
/// it can only have come so.
inline std::string chain_text(const Hop& hop) {
  const bool is_bare = hop.id.find('"') != std::string::npos;
  const std::string id = is_bare ? hop.id : '"' + hop.id + '"';
  return hop.type + "/" + id + "." + hop.method + (hop.nested == 1 ? "" : " x" + std::to_string(hop.nested));
}

inline std::string chain_text(const std::vector<Hop>& hops) {
  if (hops.size() == 1) return chain_text(hops.front());
  std::string text;
  for (const Hop& hop : hops) text += (text.empty() ? "(" : " & ") + chain_text(hop);
  return text + ")";
}

inline std::string chain_text(const Chain& chain) {
  std::string text = chain_text(chain.first);
  for (const Chain::Next& next : chain.rest) {
    switch (next.link) {
      case Chain::Link::call: text += " -> "; break;
      case Chain::Link::send: text += " ~> "; break;
      case Chain::Link::call_without_header: text += " -/> "; break;
    }
    text += chain_text(next.hops);
  }
  return text;
}

/// `A/"1".m`, `self.m`, `caller`, `A`: an id without variables, its dollar signs doubled.
inline std::string target_text(const Target& target) {
  std::string text = target.type;
  if (target.kind == Target::Kind::self) text = "self";
  if (target.kind == Target::Kind::caller) text = "caller";
  if (target.kind == Target::Kind::named) {
    std::string id;
    for (const char character : target.id.constant()) id.append(character == '$' ? 2 : 1, character);
    text += id.find('"') == std::string::npos ? "/\"" + id + '"' : "/" + id;
  }
  return target.method ? text + "." + *target.method : text;
}

}  // namespace actorsim::testing
