// What means something in HTML stands nowhere but in strings.
#include "actorsim/report/escape/script.h"

#include "actorsim/report/escape/json.h"
#include "actorsim/report/escape/safe_text.h"

namespace actorsim {

std::string json_in_script(std::string_view dumped) {
  static constexpr std::array<Replacement, 3> kMarkup{{{'<', "\\u003c"}, {'>', "\\u003e"}, {'&', "\\u0026"}}};
  return replace(json_safe(dumped), kMarkup);
}

}  // namespace actorsim
