// How a report looks on a terminal: the one table of colors and the two sets of glyphs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "actorsim/base/outcome.h"

namespace actorsim {

/// What a piece of text is, not what it looks like.
enum class Paint : std::uint8_t { plain, good, bad, caution, faint, strong };

/// The paint of a call's headline word.
Paint paint_of(Outcome outcome);

/// Everything a report draws that is not ASCII, and what stands for it where only ASCII may be written.
struct Glyphs {
  std::string_view pass, fail, error;
  std::string_view arrow;       ///< a client's call: `─▶`
  std::string_view tee, elbow;  ///< a nested call with and without a sibling below it: `├─▶`, `└─▶`
  std::string_view tee_send, elbow_send;  ///< the same for one that nobody waits for
  std::string_view bar;                   ///< between siblings: `│`
  std::string_view line;                  ///< `──`
  std::string_view head;                  ///< `──▶`
  std::string_view more;                  ///< rows left out: `⋮`
  std::string_view ellipsis;              ///< `…`
  std::string_view dot;                   ///< between facts: `·`
  std::string_view dash;                  ///< from one to the other: `–`
  std::string_view to;                    ///< from one release to another: `→`
  std::string_view differs;               ///< before what is not as beside it: `≠`
  std::string_view arrow_send;            ///< a call that nobody waits for: `╌▶`
  std::string_view branch, last_branch;   ///< of a tree of steps: `├─`, `└─`
};

/// A value; cheap.
class Style {
 public:
  Style(bool color, bool ascii) : color_(color), ascii_(ascii) {}

  const Glyphs& glyphs() const;
  std::string paint(Paint paint, std::string_view text) const;

  /// Foreign text made safe for any terminal, and for an ASCII one if wanted.
  std::string text(std::string_view foreign) const;

 private:
  bool color_;
  bool ascii_;
};

}  // namespace actorsim
