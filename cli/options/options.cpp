// The only file that knows CLI11. It parses; what is said about errors, and what help looks like, is our own.
#include "cli/options/options.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "actorsim/base/text.h"
#include "actorsim/base/version.h"
#include "cli/describe/help.h"
#include "cli/options/option_layers.h"
#include "cli/options/option_table.h"
#include "cli/options/raw_options.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandEntry& entry : command_table()) names.emplace_back(entry.name);
  return names;
}

// ---- from the table to the parser -----------------------------------------------------------------------------------

constexpr std::int64_t kMostRepeated = 9;

// What an option of the table becomes depends on where its value goes.
class OptionAdder {
 public:
  OptionAdder(CLI::App& app, RawOptions& raw) : app_(app), raw_(raw) {}

  void add(const OptionEntry& option) {
    names_ = (option.letter == '\0' ? "" : fmt::format("-{},", option.letter)) + "--" + option.name;
    type_ = option.type;
    std::visit(*this, option.target);
  }

  void operator()(std::monostate) const {
    if (names_ == "--version") {
      app_.set_version_flag(names_, fmt::format("actorsim {}", version()));
    } else {
      app_.set_help_flag(names_);
    }
  }
  void operator()(bool RawOptions::*value) const { app_.add_flag(names_, raw_.*value); }
  // A flag of a number that is bound to a variable counts as given in newer CLI11, even where it is not.
  void operator()(int RawOptions::*value) const {
    app_.add_flag_function(names_, [&target = raw_.*value](std::int64_t count) {
      target = static_cast<int>(std::clamp<std::int64_t>(count, 0, kMostRepeated));
    });
  }
  void operator()(std::string RawOptions::*value) const {
    app_.add_option(names_, raw_.*value)->type_name(type_)->take_last();
  }
  void operator()(std::vector<std::string> RawOptions::*values) const {
    app_.add_option(names_, raw_.*values)
        ->type_name(type_)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }

 private:
  CLI::App& app_;
  RawOptions& raw_;
  std::string names_, type_;
};

// Of one command: the others are of no concern, and building them takes longer than parsing.
void build(CLI::App& app, const CommandEntry& entry, RawOptions& raw) {
  app.add_option("operands", raw.operands);
  OptionAdder adder(app, raw);
  for (const OptionEntry& option : entry.options) adder.add(option);
  app.allow_extras();
}

// Those that stand on the command line.
std::set<std::string> given_options(const CLI::App& app, const CommandEntry& entry) {
  std::set<std::string> given;
  for (const OptionEntry& option : entry.options) {
    if (app.get_option("--" + option.name)->count() > 0) given.insert(option.name);
  }
  return given;
}

// ---- what is wrong with a command line ----------------------------------------------------------------------------

Farewell refuse(const std::string& message, const std::string& help) {
  Farewell farewell;
  farewell.exit_code = kExitBadInput;
  farewell.problems.add(usage_problem(message, help));
  return farewell;
}

bool looks_like_path(const std::string& word) {
  const auto ends_with = [&](std::string_view end) {
    return word.size() > end.size() && word.compare(word.size() - end.size(), end.size(), end) == 0;
  };
  return ends_with(".yaml") || ends_with(".yml") || ends_with(".json") ||
         word.find_first_of("/*") != std::string::npos || word == "-" || word == ".";
}

// What was probably meant, also where the word is only the beginning of one.
std::string likely(const std::string& word, const std::vector<std::string>& known) {
  std::vector<std::string> longer;
  for (const std::string& candidate : known) {
    if (word.size() > 1 && candidate.rfind(word, 0) == 0) longer.push_back(candidate);
  }
  return longer.size() == 1 ? longer.front() : nearest_word(word, known).value_or("");
}

Farewell refuse_command(const std::string& word, const Environment& environment) {
  std::error_code ignored;
  const bool is_chain = word.find("->") != std::string::npos || word.find("~>") != std::string::npos;
  if (is_chain)
    return refuse("no command " + actorsim::in_quotes(word),
                  fmt::format("a chain is asked about: actorsim ask {}", actorsim::in_quotes(word)));
  if (looks_like_path(word) || std::filesystem::exists(environment.current_folder / word, ignored)) {
    return refuse("no command " + actorsim::in_quotes(word), "a scenario is run with: actorsim run " + printable(word));
  }
  const std::string nearest = likely(word, command_names());
  return refuse("no command " + actorsim::in_quotes(word),
                nearest.empty() ? suggestion(word, command_names()) : fmt::format("did you mean '{}'?", nearest));
}

// A command that has the option `--name` where this one does not.
const CommandEntry* other_command_with(const std::string& name) {
  if (name.size() <= 2) return nullptr;
  for (const CommandEntry& entry : command_table()) {
    if (find_option(entry, name.substr(2)) != nullptr) return &entry;
  }
  return nullptr;
}

Farewell refuse_option(const std::string& word, const CommandEntry& command) {
  std::vector<std::string> known;
  for (const OptionEntry& option : command.options) known.push_back("--" + option.name);
  const std::string name = word.substr(0, word.find('='));
  std::string help = fmt::format("actorsim {} --help lists them", command.name);
  if (const std::string nearest = likely(name, known); !nearest.empty()) {
    help = fmt::format("did you mean '{}'?", nearest);
  } else if (const CommandEntry* other = other_command_with(name)) {
    help = fmt::format("actorsim {} has it; actorsim {} --help lists those of {}", other->name, command.name,
                       command.name);
  }
  return refuse(fmt::format("unknown option {} of '{}'", actorsim::in_quotes(name), command.name), help);
}

// What CLI11 has to say, in our words.
Farewell farewell_of(const CLI::ParseError& error, const CLI::App& app) {
  const std::string help = fmt::format("actorsim {} --help", app.get_name());
  std::string message = error.what();
  for (const CLI::Option* option : app.get_options()) {  // "--set: 1 required KEY=VALUE missing"
    if (message.rfind(option->get_name() + ":", 0) == 0)
      return refuse(fmt::format("{} needs a value: {}", option->get_name(), option->get_type_name()), help);
  }
  return refuse(printable(message), help);
}

std::optional<Farewell> problem_of_play(const RawOptions& raw) {
  const std::string help = "name a scenario file: actorsim play shop.yaml";
  if (raw.operands.empty()) return refuse("nothing to play", help);
  if (raw.operands.size() > 1) return refuse("one file is played at a time", help + "; --case names a case of it");
  if (raw.operands.front() == "-")
    return refuse("a scenario to play cannot come from standard input", "what you choose comes from there; " + help);
  return std::nullopt;
}

// What the operands of a command must be.
std::optional<Farewell> check_operands(const RawOptions& raw, const CommandEntry& entry) {
  if (entry.command == Command::play) return problem_of_play(raw);
  if (raw.operands.empty()) {
    if (entry.command == Command::graph)
      return refuse("nothing to graph", "name a scenario file: actorsim graph shop.yaml --format svg");
    if (entry.command == Command::ask) return refuse("nothing to ask", "name a chain: actorsim ask 'A -> A'");
    if (entry.command == Command::completions)
      return refuse("completions for which shell?", "actorsim completions bash, zsh or fish");
    if (takes_paths(entry.command))
      return refuse(fmt::format("nothing to {}", entry.name),
                    fmt::format("name files or folders: actorsim {0} . {0}{1} every scenario below this folder",
                                entry.name, entry.name.back() == 's' ? "es" : "s"));
    return std::nullopt;
  }
  if (!entry.operands.empty()) return std::nullopt;
  return refuse(fmt::format("{} takes no operand: {}", entry.name, actorsim::in_quotes(raw.operands.front())),
                entry.command == Command::init ? "an example is named with: actorsim init --example NAME" : "");
}

// What the words of the command line, the environment and a file mean together.
std::variant<Options, Farewell> make_options(RawOptions& raw, const CommandEntry& entry, const CLI::App& app,
                                             const Environment& environment, Diagnostics& warnings) {
  Farewell farewell;
  OptionLayers layers(entry, raw, given_options(app, entry));
  layers.add_variables(environment, farewell.problems, warnings);
  layers.add_file(environment, farewell.problems);
  farewell.telling = telling_of(raw);
  farewell.config_file = layers.file();
  Options options = interpret(raw, entry.command, farewell.problems);
  options.config_file = layers.file();
  if (farewell.problems.empty()) return options;
  farewell.exit_code = kExitBadInput;
  farewell.sources = layers.sources();
  return farewell;
}

std::variant<Options, Farewell> parse_command(const CommandEntry& entry, const std::vector<std::string>& words,
                                              const Environment& environment, Diagnostics& warnings) {
  RawOptions raw;
  CLI::App app("", std::string(entry.name));
  build(app, entry, raw);
  const auto in_its_words = [&](Farewell farewell) {
    farewell.telling = telling_of(raw);
    return farewell;
  };
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend() - 1);  // without the command
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return Farewell{kExitOk, help_of(entry, environment.output_width()), {}, {}, {}, {}, {}};
  } catch (const CLI::CallForVersion&) {
    return Farewell{kExitOk, fmt::format("actorsim {}\n", version()), {}, {}, {}, {}, {}};
  } catch (const CLI::ParseError& error) {
    return in_its_words(farewell_of(error, app));
  }
  std::vector<std::string> unknown = app.remaining();
  unknown.erase(std::remove(unknown.begin(), unknown.end(), "--"), unknown.end());
  if (!unknown.empty()) return in_its_words(refuse_option(unknown.front(), entry));
  std::optional<Farewell> farewell = check_operands(raw, entry);
  auto made = make_options(raw, entry, app, environment, warnings);
  if (!farewell) return made;
  // Where an option has taken the operand for its value, that tells more.
  if (const auto* others = std::get_if<Farewell>(&made)) {
    farewell->problems.add_all(others->problems);
    farewell->sources = others->sources;
  }
  return in_its_words(std::move(*farewell));
}

}  // namespace

std::variant<Options, Farewell> parse_options(const std::vector<std::string>& arguments, const Environment& environment,
                                              Diagnostics& warnings) {
  const std::size_t width = environment.output_width();
  if (arguments.empty()) return Farewell{kExitBadInput, {}, help_of_all(width), {}, {}, {}, {}};
  std::vector<std::string> words = arguments;
  if (words.front() == "help") {
    words.erase(words.begin());
    words.push_back("--help");
  }
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") return Farewell{kExitOk, help_of_all(width), {}, {}, {}, {}, {}};
  if (first == "--version") return Farewell{kExitOk, fmt::format("actorsim {}\n", version()), {}, {}, {}, {}, {}};
  const CommandEntry* entry = find_command(first);
  if (entry != nullptr) return parse_command(*entry, words, environment, warnings);
  if (first.size() > 1 && first.front() == '-') {
    const std::string nearest = likely(first, {"--help", "--version"});
    return refuse("unknown option " + actorsim::in_quotes(first),
                  nearest.empty() ? "options stand behind a command: actorsim run --help"
                                  : fmt::format("did you mean '{}'?", nearest));
  }
  return refuse_command(first, environment);
}

}  // namespace actorsim
