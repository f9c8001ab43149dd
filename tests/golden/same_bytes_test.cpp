// A command prints the same bytes whenever it runs: in one process or another, twice in one process, on one thread or
// eight; in every format that it has.
#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "actorsim/report/format.h"
#include "cli/cli.h"
#include "golden/sandbox.h"
#include "golden/text.h"
#include "support/catch.h"

using namespace golden;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

// Their reports have many megabytes. "every scenario holds, with the same report in any surroundings" runs them twice.
const Words kLarge{"scenarios/load/all-at-once.yaml", "tests/dapr-cases/factory/get-vs-idle-race.yaml",
                   "tests/dapr-cases/lock/goroutines-local.yaml"};

Words scenario_files(const Words& folders) {
  Words found;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(ACTORSIM_REPOSITORY) / folder)) {
      const std::string name = entry.path().lexically_relative(ACTORSIM_REPOSITORY).generic_string();
      const bool is_large = std::find(kLarge.begin(), kLarge.end(), name) != kLarge.end();
      if (entry.path().extension() == ".yaml" && !is_large) found.push_back(name);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// Without taking lines apart where nothing differs.
std::string first_difference(const std::string& one, const std::string& other) {
  return one == other ? std::string() : difference(one, other);
}

/// The formats that a command writes into files, each into one.
class Reports {
 public:
  explicit Reports(Words formats) : formats_(std::move(formats)) {}

  /// `name` tells runs apart.
  Words options(const std::string& name) const {
    Words words;
    for (const std::string& format : formats_) words = joined(words, {"--report", format + "=" + file(name, format)});
    return words;
  }

  void check_same(const fs::path& folder, const std::string& one, const std::string& other) const {
    for (const std::string& format : formats_) {
      INFO(format);
      const std::string text = read_text(folder / file(one, format));
      CHECK(text.size() > 20);
      CHECK(first_difference(text, read_text(folder / file(other, format))) == "");
    }
  }

 private:
  static std::string file(const std::string& name, const std::string& format) { return name + "." + format; }

  Words formats_;
};

Result run_apart(const Sandbox& sandbox, const Words& words) {
  std::string script = "actorsim";
  for (const std::string& word : words) script += " '" + word + "'";
  return sandbox.run(script);
}

Result run_here(const Sandbox& sandbox, const Words& words) {
  actorsim::Environment environment;
  environment.current_folder = sandbox.folder();
  environment.cores = 2;
  std::istringstream in;
  std::ostringstream out, err;
  const int code = actorsim::run_cli(words, in, out, err, environment);
  return {code, out.str(), err.str()};
}

void check_same(const Result& one, const Result& other) {
  CHECK(one.code == other.code);
  CHECK(first_difference(one.out, other.out) == "");
  CHECK(first_difference(one.err, other.err) == "");
}

/// `alone` and `at_once`: the options for one thread and for eight.
void check_command(const Words& command, const Words& alone, const Words& at_once, const Words& formats) {
  INFO("actorsim " << command.front());
  const Sandbox sandbox;
  const Reports reports(formats);
  const auto with = [&](const std::string& name, const Words& options) {
    return joined(joined(command, options), reports.options(name));
  };
  const Result first = run_apart(sandbox, with("first", alone));
  CHECK((first.code == 0 || first.code == 1));
  CHECK(first.out.size() + first.err.size() > 100);
  const auto check = [&](const std::string& name, const Result& result) {
    INFO(name);
    check_same(first, result);
    reports.check_same(sandbox.folder(), "first", name);
  };
  check("another process", run_apart(sandbox, with("another process", at_once)));
  check("in process", run_here(sandbox, with("in process", alone)));
  check("again in process", run_here(sandbox, with("again in process", at_once)));
}

Words names_of_formats() {
  Words names;
  for (const actorsim::FormatDescription& format : actorsim::report_formats()) names.emplace_back(format.name);
  return names;
}

}  // namespace

TEST_CASE("run reports the same bytes in every format, whichever process and however many threads") {
  check_command(joined({"run"}, scenario_files({"scenarios", "tests/dapr-cases"})), {"-j", "1"}, {"-j", "8"},
                names_of_formats());
}

TEST_CASE("explore reports the same bytes in every format, whichever process and however many threads") {
  const Words files = scenario_files({"scenarios/basics", "scenarios/deadlock", "scenarios/outcomes",
                                      "scenarios/giving-up", "scenarios/interleavings", "scenarios/deactivation"});
  check_command(joined({"explore"}, files), {"-j", "1", "--threads", "1"}, {"-j", "2", "--threads", "8"},
                names_of_formats());
}

TEST_CASE("compare reports the same bytes in every format, whichever process and however many threads") {
  Words formats;
  for (const actorsim::FormatDescription& format : actorsim::report_formats()) {
    if (format.write_comparison != nullptr) formats.emplace_back(format.name);
  }
  check_command(joined({"compare"}, scenario_files({"scenarios/basics", "scenarios/releases"})), {"-j", "1"},
                {"-j", "8"}, formats);
}

TEST_CASE("check and list say the same bytes, whichever process and however many threads") {
  const Words files = scenario_files({"scenarios", "tests/dapr-cases"});
  check_command(joined({"check"}, files), {"-j", "1"}, {"-j", "8"}, {});
  check_command(joined({"list", "--json"}, files), {"-j", "1"}, {"-j", "8"}, {});
}

TEST_CASE("graph draws the same bytes in every format, whichever process") {
  for (const char* format : {"dot", "mermaid", "svg"}) {
    INFO(format);
    for (const Words& what : {Words{}, Words{"--wait-for"}}) {
      const Words command = joined({"graph", "--format", format, "scenarios/deadlock/bystanders.yaml"}, what);
      check_command(command, {}, {}, {});
    }
  }
}
