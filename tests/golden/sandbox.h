// A scratch folder that looks like the root of the repository, in which commands run as a reader would type them.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace golden {

struct Result {
  int code;  ///< the exit code; 128 + N if signal N ended it
  std::string out;
  std::string err;
};

/// Holds links to the folders of the repository and `actorsim` on its PATH. Removed at the end of its life. What a
/// command sees is otherwise fixed: no input, no terminal, and of the environment only what is given here.
class Sandbox {
 public:
  using Environment = std::map<std::string, std::string>;

  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// Runs lines of shell.
  Result run(const std::string& script, const Environment& environment = {{"LC_ALL", "C"}}) const;

  /// Writes a file into the sandbox, never through one of its links.
  void write(const std::filesystem::path& name, const std::string& text) const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace golden
