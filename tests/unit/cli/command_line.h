// A command line run in process, in a folder of its own.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "support/catch.h"

namespace actorsim {

struct Answer {
  int code = 0;
  std::string out;
  std::string err;
};

/// A temporary folder; removed at the end of its life.
class CommandLine {
 public:
  CommandLine() {
    std::string name = (std::filesystem::temp_directory_path() / "actorsim-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    environment.current_folder = folder_;
    environment.variable = [this](const std::string& variable) {
      const auto found = variables.find(variable);
      return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
  }
  ~CommandLine() { std::filesystem::remove_all(folder_); }
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  bool has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
  const std::filesystem::path& folder() const { return folder_; }

  Answer run(const std::vector<std::string>& arguments, const std::string& input = {}) const {
    std::istringstream in(input);
    std::ostringstream out, err;
    const int code = run_cli(arguments, in, out, err, environment);
    return {code, out.str(), err.str()};
  }

  Environment environment;
  std::map<std::string, std::string> variables;

 private:
  std::filesystem::path folder_;
};

inline const std::string kPasses = "actorsim: 1\nchains: [A -> B]\n";
inline const std::string kFailing = "actorsim: 1\nchains: [A -> A]\n";
inline const std::string kBroken = "actorsim: 1\nchains: [A]\nexpct: {}\nname: [x]\n";

}  // namespace actorsim
