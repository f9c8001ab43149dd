// Percent signs first of all: they begin every escape.
#include "actorsim/report/escape/github.h"

#include <array>
#include <ostream>

#include "actorsim/report/escape/safe_text.h"

namespace actorsim {
namespace {

constexpr std::array<Replacement, 2> kData{{{'%', "%25"}, {'\n', "%0A"}}};
constexpr std::array<Replacement, 4> kProperty{{{'%', "%25"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}}};

}  // namespace

void write_github_command(std::ostream& out, std::string_view name,
                          const std::vector<std::pair<std::string_view, std::string>>& properties,
                          std::string_view message) {
  out << "::" << name;
  std::string_view before = " ";
  for (const auto& [key, value] : properties) {
    if (value.empty()) continue;
    out << before << key << '=' << replace(printable_lines(value), kProperty);
    before = ",";
  }
  out << "::" << replace(printable_lines(message), kData) << '\n';
}

}  // namespace actorsim
