// Line by line.
#include "actorsim/report/escape/safe_text.h"

#include "actorsim/base/text.h"

namespace actorsim {

std::string printable_lines(std::string_view text) {
  std::string result;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find('\n', begin);
    result += printable(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return result;
    result += '\n';
    begin = end + 1;
  }
}

}  // namespace actorsim
