// About: cli/options
// Any bytes as actorsim.toml: for every command they become options, or are refused with complaints that have a place
// in the file and that a terminal can show.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/options/config_file.h"
#include "cli/options/option_layers.h"
#include "cli/options/raw_options.h"
#include "fuzz/support/fuzz.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

// A folder of its own, as several fuzzers may run at a time.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "actorsim-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) fail("cannot make a folder like " + name);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void demand_inside(const Span& span, const std::string& text) {
  std::size_t line_begin = 0;
  for (std::uint32_t line = 1; line < span.line; ++line) {
    const std::size_t end = text.find('\n', line_begin);
    demand(end != std::string::npos, "an entry stands behind the last line");
    line_begin = end + 1;
  }
  const std::size_t line_end = std::min(text.find('\n', line_begin), text.size());
  demand(span.line >= 1 && span.column >= 1 && line_begin + span.column + span.length <= line_end + 2,
         "an entry stands outside of its line");
}

void check_entries(const Source& source) {
  const auto entries = parse_config(source);
  if (!entries) return demand_good_complaints(entries.error(), source);
  for (const ConfigEntry& entry : *entries) {
    demand_inside(entry.span, source.text);
    demand(entry.value.kind == ConfigValue::Kind::list || entry.value.texts.size() == 1, "a value is not one text");
    demand(entry.command.empty() || find_command(entry.command) != nullptr, "an entry is for no command");
  }
}

void check_command(const CommandEntry& command, const Environment& environment, const Source& source) {
  RawOptions raw;
  OptionLayers layers(command, raw, {});
  Diagnostics problems;
  layers.add_file(environment, problems);
  interpret(raw, command.command, problems);
  demand_good_complaints(problems, source);
  const bool was_read = !layers.sources().empty();
  demand(!was_read || layers.sources().front().text == source.text, "another file was read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  const Source source{std::string(kConfigFileName), text_of(data, size)};
  check_entries(source);
  std::ofstream(folder.path() / kConfigFileName, std::ios::binary) << source.text;
  Environment environment;
  environment.current_folder = folder.path();
  for (const CommandEntry& command : command_table()) check_command(command, environment, source);
  return 0;
}
