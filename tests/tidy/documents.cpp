// Documents are read line by line; what they name is looked up in the list of all files.
#include "tidy/documents.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

namespace tidy {
namespace {

namespace fs = std::filesystem;

bool is_document(const File& file) { return fs::path(file.path).extension() == ".md"; }

struct Line {
  std::size_t number;
  std::string text;
  bool in_block;      ///< a fence, or between two
  bool in_a_console;  ///< whose commands the golden tests run
};

std::vector<Line> lines_of(const File& file) {
  std::vector<Line> lines;
  std::istringstream stream(file.text);
  bool in_block = false;
  bool in_a_console = false;
  for (std::string text; std::getline(stream, text);) {
    const std::size_t blanks = std::min(text.find_first_not_of(' '), text.size());
    const bool is_fence = text.compare(blanks, 3, "```") == 0;
    if (is_fence) in_a_console = !in_block && text.compare(blanks, 10, "```console") == 0;
    lines.push_back({lines.size() + 1, text, in_block || is_fence, in_a_console});
    if (is_fence) in_block = !in_block;
  }
  return lines;
}

/// The `code` of a line, without its quotes.
std::vector<std::string> code_of(const Line& line) {
  static const std::regex kCode("`([^`]+)`");
  std::vector<std::string> result;
  if (line.in_block) return result;
  for (std::sregex_iterator code(line.text.begin(), line.text.end(), kCode); code != std::sregex_iterator(); ++code) {
    result.push_back((*code)[1]);
  }
  return result;
}

std::set<std::string> anchors_of(const File& file) {
  static const std::regex kHeading("#+ +(.*?) *#*");
  std::set<std::string> anchors;
  std::smatch match;
  for (const Line& line : lines_of(file)) {
    if (!line.in_block && std::regex_match(line.text, match, kHeading)) anchors.insert(anchor_of(match[1]));
  }
  return anchors;
}

/// The first group of every match in the texts of the files whose path begins so.
std::set<std::string> found_in(const std::vector<File>& files, const std::string& path, const std::regex& pattern) {
  std::set<std::string> words;
  for (const File& file : files) {
    if (file.path.rfind(path, 0) != 0) continue;
    for (std::sregex_iterator found(file.text.begin(), file.text.end(), pattern); found != std::sregex_iterator();
         ++found) {
      words.insert((*found)[1]);
    }
  }
  return words;
}

/// `run | ask | explain)` of the shell script's first `case`.
std::set<std::string> words_of_dev(const std::vector<File>& files) {
  std::set<std::string> words;
  for (const std::string& alternatives : found_in(files, "dev", std::regex("\n    ([a-z-]+( \\| [a-z-]+)*)\\)"))) {
    std::istringstream stream(alternatives);
    for (std::string word; stream >> word;) words.insert(word);
  }
  return words;
}

/// `fuzz/corpus/NAME/`, `golden/**/*.cmd`: what stands for any name, as a regular expression.
std::string pattern_of(const std::string& path) {
  static const std::vector<std::pair<std::string, std::string>> kAny{
      {"**/", "(.*/)?"}, {"*", "[^/]*"}, {"NAME", "[^/]*"}, {"TOPIC", "[^/]*"}, {"WORD", "[^/]*"}, {".", "[.]"}};
  std::string pattern;
  for (std::size_t at = 0; at < path.size();) {
    const auto any = std::find_if(kAny.begin(), kAny.end(), [&](const auto& each) {
      return path.compare(at, each.first.size(), each.first) == 0;
    });
    pattern += any == kAny.end() ? std::string(1, path[at]) : any->second;
    at += any == kAny.end() ? 1 : any->first.size();
  }
  return pattern;
}

class Inspection {
 public:
  Inspection(const std::vector<File>& files, const std::vector<std::string>& others)
      : files_(files),
        dev_(words_of_dev(files)),
        commands_(found_in(files, "cli/", std::regex("\\{Command::[a-z]+,\\s+\"([a-z]+)\""))) {
    for (const std::string& other : others) add_known(other);
    for (const File& file : files) {
      add_known(file.path);
      if (is_document(file)) anchors_[file.path] = anchors_of(file);
    }
  }

  std::vector<Finding> run() {
    for (const File& file : files_) {
      if (!is_document(file)) continue;
      for (const Line& line : lines_of(file)) {
        check_links(file, line);
        for (const std::string& code : code_of(line)) check_path(file, line, code);
        check_commands(file, line);
      }
    }
    return std::move(findings_);
  }

 private:
  void add_known(fs::path path) {
    for (; !path.empty(); path = path.parent_path()) known_.insert(path.generic_string());
  }

  void report(const File& file, const Line& line, std::string why) {
    findings_.push_back({file.path, line.number, std::move(why)});
  }

  void check_links(const File& file, const Line& line) {
    static const std::regex kLink("\\]\\(([^)#: ]*)(#[^) ]*)?\\)|(?:src|srcset|href)=\"([^\":#]+)\"");
    if (line.in_block) return;
    for (std::sregex_iterator link(line.text.begin(), line.text.end(), kLink); link != std::sregex_iterator(); ++link) {
      const std::string to = (*link)[1].matched ? (*link)[1] : (*link)[3];
      fs::path target = to.empty() ? fs::path(file.path) : fs::path(file.path).parent_path() / to;
      target = target.lexically_normal();
      if (!target.has_filename()) target = target.parent_path();
      if (known_.count(target.generic_string()) == 0) {
        report(file, line, "a link to nowhere: " + to);
      } else if ((*link)[2].matched) {
        check_anchor(file, line, target.generic_string(), (*link)[2]);
      }
    }
  }

  void check_anchor(const File& file, const Line& line, const std::string& target, const std::string& anchor) {
    const auto found = anchors_.find(target);
    if (found != anchors_.end() && found->second.count(anchor.substr(1)) == 0)
      report(file, line, "a link to no heading: " + anchor);
  }

  void check_path(const File& file, const Line& line, const std::string& code) {
    static const std::regex kPath("[A-Za-z0-9_.*-]+(/[A-Za-z0-9_.*-]+)*/?");
    static const std::regex kFile(".*/.*[.](h|cpp|md|yaml|json|jsonl|txt|cmd|cmake|py|svg|css|js|html)");
    static const std::regex kFolder("([.]ci|cli|lib|scenarios|tests)/.*");
    if (!std::regex_match(code, kPath) || code.rfind("build/", 0) == 0) return;
    if (!std::regex_match(code, kFile) && !std::regex_match(code, kFolder)) return;
    const fs::path folder = fs::path(file.path).parent_path();
    for (const fs::path& root : {fs::path(), folder, folder / "actorsim"}) {
      if (exists((root / code).lexically_normal().generic_string())) return;
    }
    report(file, line, "there is no " + code);
  }

  bool exists(std::string path) const {
    if (!path.empty() && path.back() == '/') path.pop_back();
    if (known_.count(path) > 0) return true;
    const std::string pattern = pattern_of(path);
    if (pattern.find('*') == std::string::npos) return false;
    const std::regex regex(pattern);
    return std::any_of(known_.begin(), known_.end(),
                       [&](const std::string& each) { return std::regex_match(each, regex); });
  }

  void check_commands(const File& file, const Line& line) {
    static const std::regex kDev("[.]/dev ([a-z-]+)");
    static const std::regex kProgram("(?:^|`|\\$ )actorsim ([a-z]+)");
    const std::string& text = line.text;
    for (std::sregex_iterator use(text.begin(), text.end(), kDev); use != std::sregex_iterator(); ++use) {
      if (!dev_.empty() && dev_.count((*use)[1]) == 0) report(file, line, "dev has no command " + (*use)[1].str());
    }
    std::smatch match;
    if (line.in_block) {
      if (!line.in_a_console && std::regex_search(text, match, kProgram)) check_command(file, line, match[1]);
      return;
    }
    for (const std::string& code : code_of(line)) {
      const std::string quoted = "`" + code;
      if (std::regex_search(quoted, match, kProgram)) check_command(file, line, match[1]);
    }
  }

  void check_command(const File& file, const Line& line, const std::string& word) {
    if (!commands_.empty() && commands_.count(word) == 0) report(file, line, "actorsim has no command " + word);
  }

  const std::vector<File>& files_;
  std::set<std::string> known_;
  std::set<std::string> dev_;
  std::set<std::string> commands_;
  std::map<std::string, std::set<std::string>> anchors_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' || c == '-') anchor += '-';
    if (byte >= 0x80U || c == '_' || std::isalnum(byte) != 0) anchor += static_cast<char>(std::tolower(byte));
  }
  return anchor;
}

std::vector<Finding> inspect_documents(const std::vector<File>& files, const std::vector<std::string>& others) {
  return Inspection(files, others).run();
}

std::vector<std::string> list_repository(const fs::path& root) {
  static const std::set<std::string> kAside{".git", ".cache", "build", "node_modules"};
  std::vector<std::string> paths;
  for (const auto& top : fs::directory_iterator(root)) {
    const std::string name = top.path().filename().string();
    if (kAside.count(name) > 0) continue;
    paths.push_back(name);
    if (!top.is_directory()) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top.path())) {
      paths.push_back(entry.path().lexically_relative(root).generic_string());
    }
  }
  return paths;
}

}  // namespace tidy
