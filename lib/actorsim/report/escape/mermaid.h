// Mermaid diagrams: text in labels, notes and names of participants.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// `text` on one line, with everything but letters, digits and harmless punctuation as mermaid's `#35;`.
std::string mermaid_text(std::string_view text);

}  // namespace actorsim
