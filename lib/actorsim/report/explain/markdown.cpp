// One pass over the lines: a line either begins a block or continues the one above it.
#include "actorsim/report/explain/markdown.h"

#include <algorithm>
#include <utility>

#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

using Kind = MarkdownBlock::Kind;

constexpr std::string_view kFence = "```";
constexpr std::string_view kItem = "- ";
constexpr std::size_t kIndent = 2;

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::string_view without_blanks(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line;
}

// `[text](target)` at `begin`: what it is called, and where it ends. Nothing if it is no link.
std::pair<std::string_view, std::size_t> link_at(std::string_view line, std::size_t begin) {
  const std::size_t middle = line.find(']', begin);
  if (middle == std::string_view::npos || line.substr(middle, 2) != "](") return {{}, 0};
  const std::size_t end = line.find(')', middle);
  if (end == std::string_view::npos) return {{}, 0};
  return {line.substr(begin + 1, middle - begin - 1), end + 1};
}

std::string plain(std::string_view line) {
  std::string result;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == '[') {
      const auto [name, end] = link_at(line, at);
      if (end > 0) {
        result += plain(name);
        at = end;
        continue;
      }
    }
    result += line[at] == '`' ? '\'' : line[at];
    ++at;
  }
  return result;
}

class Parser {
 public:
  std::vector<MarkdownBlock> parse(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      add(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return std::move(blocks_);
  }

 private:
  void add(std::string_view line) {
    if (starts_with(line, kFence)) return add_fence(line.substr(kFence.size()));
    if (inside_code_) {
      blocks_.back().text += std::string(line) + "\n";
    } else if (line.empty()) {
      continues_ = false;
    } else if (starts_with(line, "# ")) {
      begin(Kind::title, line.substr(2), false);
    } else if (starts_with(line, "## ")) {
      begin(Kind::heading, line.substr(3), false);
    } else if (starts_with(line, kItem)) {
      begin(Kind::item, line.substr(kItem.size()), true);
    } else if (continues_) {
      blocks_.back().text += " " + plain(without_blanks(line));
    } else {
      begin(Kind::paragraph, line, true);
    }
  }

  void add_fence(std::string_view language) {
    if (!inside_code_) {
      begin(Kind::code, {}, false);
      blocks_.back().language = language;
    }
    inside_code_ = !inside_code_;
  }

  void begin(Kind kind, std::string_view text, bool continues) {
    blocks_.push_back({kind, plain(text), {}});
    continues_ = continues;
  }

  std::vector<MarkdownBlock> blocks_;
  bool inside_code_ = false;
  bool continues_ = false;  // the next line belongs to the last block
};

void render_wrapped(const MarkdownBlock& block, std::size_t width, std::string_view first, std::string& result) {
  for (const std::string& line : wrap(block.text, width - first.size())) {
    result += std::string(first) + line + "\n";
    first = std::string_view("    ").substr(0, first.size());
  }
}

void render_code(const MarkdownBlock& block, std::string& result) {
  for (std::size_t begin = 0; begin < block.text.size();) {
    const std::size_t end = block.text.find('\n', begin);
    const std::string_view line = std::string_view(block.text).substr(begin, end - begin);
    result += line.empty() ? "\n" : std::string(2 * kIndent, ' ') + std::string(line) + "\n";
    begin = end + 1;
  }
}

}  // namespace

std::vector<MarkdownBlock> parse_markdown(std::string_view text) { return Parser().parse(text); }

std::string render_markdown(const std::vector<MarkdownBlock>& blocks, std::size_t width) {
  std::string result;
  const MarkdownBlock* before = nullptr;
  for (const MarkdownBlock& block : blocks) {
    const bool in_a_list = before != nullptr && before->kind == Kind::item && block.kind == Kind::item;
    if (before != nullptr && !in_a_list) result += '\n';
    switch (block.kind) {
      case Kind::title:
      case Kind::heading: result += block.text + "\n"; break;
      case Kind::paragraph: render_wrapped(block, width, "  ", result); break;
      case Kind::item: render_wrapped(block, width, "  - ", result); break;
      case Kind::code: render_code(block, result); break;
    }
    before = &block;
  }
  return result;
}

}  // namespace actorsim
