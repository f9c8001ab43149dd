// Builds the tree from yaml-cpp's events, the only contact with yaml-cpp. Its node interface is not used: it accepts
// duplicate keys and drops what follows the document.
#include "actorsim/scenario/document.h"

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"
#include "actorsim/scenario/source_scan.h"
#include "actorsim/scenario/yaml_wording.h"

namespace actorsim {
namespace {

// Reads a string_view as a stream without copying it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only ever read
    setg(begin, begin, begin + text.size());
  }
};

// Ends the parse; what is wrong has been said.
struct Stop {};

}  // namespace

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(Document& document, std::size_t base, Diagnostics& diagnostics)
      : document_(document), text_(document.source().text), base_(base), diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    std::size_t offset = check_properties(offset_of(mark));
    if (find_null_word(offset) == 0) {
      offset = place_of_nothing(offset);
      check_colon();
    }
    if (expects_key()) complain("yaml-feature", offset, 1, "a key must be a text", "");
    add(Document::Kind::null, offset);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const std::size_t offset = offset_of(mark);
    complain("yaml-feature", offset, word_length(offset), "aliases (*name) are not part of the format",
             "write the value out");
    add(Document::Kind::null, offset);
  }

  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& value) override {
    std::size_t offset = offset_of(mark);
    offset = check_properties(offset);
    const bool is_key = expects_key();
    const std::uint32_t index = add(Document::Kind::scalar, offset);
    set_text(document_.nodes_[index], value);
    check_quotes(document_.nodes_[index]);
    if (is_key && value == "<<" && !document_.nodes_[index].quoted) {
      complain("yaml-feature", offset, 2, "merge keys (<<) are not part of the format", "write the keys out");
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    enter(Document::Kind::sequence, mark);
  }
  void OnSequenceEnd() override { leave(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    enter(Document::Kind::mapping, mark);
  }
  void OnMapEnd() override {
    check_duplicates(open_.back().node);
    leave();
  }

  // The tag's or anchor's own diagnostics come from check_properties, which sees the source.
  void OnAnchor(const YAML::Mark&, const std::string&) override {}

  std::optional<std::size_t> innermost_open() const {
    if (open_.empty()) return std::nullopt;
    return document_.nodes_[open_.back().node].offset;
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child = Document::kNone;
  };

  std::size_t offset_of(const YAML::Mark& mark) const {
    if (mark.pos < 0) return text_.size();
    return std::min(text_.size(), base_ + static_cast<std::size_t>(mark.pos));
  }

  void complain(std::string_view code, std::size_t offset, std::size_t length, std::string message, std::string help) {
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.file = document_.source().name;
    diagnostic.span = document_.span_at(offset, length);
    diagnostic.message = std::move(message);
    diagnostic.help = std::move(help);
    diagnostics_.add(std::move(diagnostic));
  }

  std::size_t word_length(std::size_t offset) const {
    std::size_t end = offset;
    while (end < text_.size() && !is_blank(text_[end]) && text_[end] != '\n' && text_[end] != '\r' && text_[end] != ',')
      ++end;
    return std::max<std::size_t>(1, end - offset);
  }

  // Tags and anchors before a node: an error each; the result is where the node itself begins.
  std::size_t check_properties(std::size_t offset) {
    while (offset < text_.size() && (text_[offset] == '!' || text_[offset] == '&')) {
      const std::size_t length = word_length(offset);
      if (text_[offset] == '!') {
        complain("yaml-feature", offset, length, "tags (!name) are not part of the format",
                 "quote the value if it begins with '!'");
      } else {
        complain("yaml-feature", offset, length, "anchors (&name) are not part of the format",
                 "quote the value if it begins with '&'");
      }
      offset += length;
      while (offset < text_.size() && (is_blank(text_[offset]) || text_[offset] == '\n' || text_[offset] == '\r'))
        ++offset;
    }
    return offset;
  }

  // The length of `~`, `null`, … at `offset`, 0 if nothing is written there.
  std::size_t find_null_word(std::size_t offset) const {
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (text_.substr(offset, word.size()) != word) continue;
      const std::size_t end = offset + word.size();
      if (end == text_.size() || !is_name_part(text_[end])) return word.size();
    }
    return 0;
  }

  // The parser takes a key without a ':' behind it for a key with nothing.
  void check_colon() {
    if (open_.empty() || document_.nodes_[open_.back().node].kind != Document::Kind::mapping || expects_key()) return;
    const Document::Node& key = document_.nodes_[open_.back().last_child];
    if (key.kind != Document::Kind::scalar) return;
    std::size_t end = key.offset + key.size;
    if (key.quoted) end = key.verbatim ? end + 2 : std::min(end_of_quote(text_, key.offset), text_.size() - 1) + 1;
    while (end < text_.size() && is_blank(text_[end])) ++end;
    if (end < text_.size() && text_[end] == ':') return;
    const bool is_glued = !key.quoted && std::string_view(key.text, key.size).find(':') != std::string_view::npos;
    complain("yaml-syntax", key.offset, std::max<std::size_t>(1, end - key.offset), "a ':' is missing behind this key",
             is_glued ? "a blank belongs behind each ':'" : "");
  }

  // Where to point for a value that is not there: at its key, or at the dash before it.
  std::size_t place_of_nothing(std::size_t offset) const {
    if (!open_.empty()) {
      const Open& parent = open_.back();
      const Document::Node& node = document_.nodes_[parent.node];
      if (node.kind == Document::Kind::mapping && node.size % 2 == 1) return document_.nodes_[parent.last_child].offset;
    }
    return find_lonely_dash(text_, offset).value_or(std::min(offset, text_.size()));
  }

  bool expects_key() const {
    if (open_.empty()) return false;
    const Document::Node& parent = document_.nodes_[open_.back().node];
    return parent.kind == Document::Kind::mapping && parent.size % 2 == 0;
  }

  std::uint32_t add(Document::Kind kind, std::size_t offset) {
    const auto index = static_cast<std::uint32_t>(document_.nodes_.size());
    Document::Node node;
    node.kind = kind;
    node.offset = static_cast<std::uint32_t>(offset);
    document_.nodes_.push_back(node);
    if (open_.empty()) {
      document_.root_ = index;
      return index;
    }
    Open& parent = open_.back();
    ++document_.nodes_[parent.node].size;
    (parent.last_child == Document::kNone ? document_.nodes_[parent.node].first_child
                                          : document_.nodes_[parent.last_child].next) = index;
    parent.last_child = index;
    return index;
  }

  void enter(Document::Kind kind, const YAML::Mark& mark) {
    const std::size_t offset = check_properties(offset_of(mark));
    if (expects_key()) {
      // The parser takes a bracket that is never closed for a key, too.
      if (is_open_bracket(text_, offset))
        complain_open_bracket(offset);
      else
        complain("yaml-feature", offset, 1, "a key must be a text", "");
      throw Stop{};
    }
    if (open_.size() == Document::kMaximumDepth) {
      complain("too-deep", offset, 1, "nested more than 100 deep", "");
      throw Stop{};
    }
    open_.push_back(Open{add(kind, offset)});
  }

  void complain_open_bracket(std::size_t offset) {
    const bool is_list = text_[offset] == '[';
    complain(
        "yaml-syntax", offset, 1,
        is_list ? "in this […] a ',' or the closing ']' is missing" : "in this {…} a ',' or the closing '}' is missing",
        "");
  }

  void leave() { open_.pop_back(); }

  // The text of a scalar: a view of the source where it stands there, else a copy.
  void set_text(Document::Node& node, const std::string& value) {
    const std::size_t offset = node.offset;
    const char first = offset < text_.size() ? text_[offset] : '\0';
    node.quoted = first == '"' || first == '\'' || first == '|' || first == '>';
    const std::size_t begin = offset + (first == '"' || first == '\'' ? 1 : 0);
    const bool stands_there = text_.substr(std::min(begin, text_.size()), value.size()) == value &&
                              (begin == offset || text_.substr(begin + value.size(), 1) == text_.substr(offset, 1));
    node.verbatim = stands_there && first != '|' && first != '>' && value.find('\n') == std::string::npos;
    node.size = static_cast<std::uint32_t>(value.size());
    node.text = node.verbatim ? text_.data() + begin : document_.texts_->emplace_back(value).data();
  }

  // The parser takes the end of the text for a closing quote, and a '#' right behind one for a comment.
  void check_quotes(const Document::Node& node) {
    const char first = node.offset < text_.size() ? text_[node.offset] : '\0';
    if (first != '"' && first != '\'') return;
    const std::size_t end = node.verbatim ? node.offset + node.size + 1 : end_of_quote(text_, node.offset);
    if (end == std::string_view::npos) {
      complain("yaml-syntax", node.offset, 1, "this quoted text is not closed", "");
      throw Stop{};
    }
    if (end + 1 < text_.size() && text_[end + 1] == '#') {
      complain("yaml-syntax", end + 1, 1, "a '#' cannot stand right behind a quoted text",
               "put a blank before a comment, or the '#' inside the quotes");
    }
  }

  void check_duplicates(std::uint32_t mapping) {
    keys_.clear();
    for (const auto& entry : DocumentNode(&document_, mapping).entries()) {
      if (entry.key.is_scalar())
        keys_.push_back({entry.key.text(), static_cast<std::uint32_t>(keys_.size()), entry.key.index_});
    }
    std::sort(keys_.begin(), keys_.end(), [](const Key& left, const Key& right) {
      return left.text != right.text ? left.text < right.text : left.order < right.order;
    });
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      if (keys_[i].text != keys_[i - 1].text) continue;
      const DocumentNode again(&document_, keys_[i].node);
      const DocumentNode before(&document_, keys_[i - 1].node);
      Diagnostic diagnostic;
      diagnostic.code = "duplicate-key";
      diagnostic.file = document_.source().name;
      diagnostic.span = again.span();
      diagnostic.message = "the key " + in_quotes(keys_[i].text) + " stands here twice";
      diagnostic.notes.push_back({before.span(), "it stood here before"});
      diagnostics_.add(std::move(diagnostic));
    }
  }

  struct Key {
    std::string_view text;
    std::uint32_t order;
    std::uint32_t node;
  };

  Document& document_;
  std::string_view text_;
  std::size_t base_;  // offset at which yaml-cpp's text begins
  Diagnostics& diagnostics_;
  std::vector<Open> open_;
  std::vector<Key> keys_;
};

namespace {

// The second document is not read, only noticed: the first event of it ends the parse.
class SecondDocument : public YAML::EventHandler {
 public:
  struct Found {
    int position;
  };
  void OnDocumentStart(const YAML::Mark& mark) override { throw Found{mark.pos}; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

Diagnostic make_error(const Document& document, std::string_view code, std::size_t offset, std::size_t length,
                      std::string message, std::string help = {}) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.file = document.source().name;
  diagnostic.span = document.span_at(offset, length);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return diagnostic;
}

Diagnostic syntax_error(const Document& document, const YAML::Exception& exception, std::size_t base,
                        const TreeBuilder& builder) {
  const std::string_view text = document.source().text;
  std::size_t offset =
      exception.mark.pos < 0 ? text.size() : std::min(text.size(), base + static_cast<std::size_t>(exception.mark.pos));
  if (const auto tab = find_tab_indentation(text, offset)) {
    return make_error(document, "yaml-syntax", *tab, 1, "a tab cannot indent", "indent with spaces");
  }
  const YamlWording* wording = find_yaml_wording(exception.msg);
  if (wording != nullptr && offset > 0 && (text[offset - 1] == '&' || text[offset - 1] == '*') &&
      exception.msg.find("found") != std::string::npos)
    --offset;
  if (exception.msg.find("unknown escape") == 0 && offset >= 2)
    return make_error(document, "yaml-syntax", offset - 2, 2, wording->message, wording->help);
  if (const auto key = find_long_key(text, offset)) {
    return make_error(document, "yaml-syntax", *key, 1, "this key is longer than 1024 characters");
  }
  const bool about_brackets = exception.msg.find("flow not found") != std::string::npos;
  if (about_brackets && builder.innermost_open()) offset = *builder.innermost_open();
  if (exception.msg == std::string_view("illegal EOF in scalar")) offset = find_open_quote(text);
  if (wording == nullptr) return make_error(document, "yaml-syntax", offset, 1, "not YAML: " + exception.msg);
  return make_error(document, "yaml-syntax", offset, 1, wording->message, wording->help);
}

}  // namespace

Diagnostic Document::second_document_error(const Document& document, std::size_t offset) {
  if (std::string_view(document.source().text).substr(offset, 3) == "---") {
    return make_error(document, "second-document", offset, 3,
                      "a second document begins here; a scenario file holds one",
                      "several scenarios in a file are listed under 'scenarios:'");
  }
  const bool is_first = document.root_ == kNone || document.nodes_[document.root_].kind == Kind::null;
  if (is_first) return make_error(document, "yaml-syntax", offset, 1, "this cannot stand here");
  return make_error(document, "second-document", offset, 1, "this does not belong to what stands above it",
                    "check the indentation");
}

tl::expected<Document, Diagnostics> Document::parse(const Source& source) {
  Document document;
  document.source_ = std::make_unique<const Source>(source);
  document.texts_ = std::make_unique<std::deque<std::string>>();
  const std::string_view text = document.source_->text;
  document.line_starts_ = find_line_starts(text);
  Diagnostics diagnostics;
  if (const auto defect = find_defect(text)) {
    return tl::unexpected(
        Diagnostics(make_error(document, defect->code, defect->offset, defect->length, defect->message, defect->help)));
  }

  const std::size_t base = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  TreeBuilder builder(document, base, diagnostics);
  ViewBuffer buffer(text.substr(base));
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    SecondDocument second;
    parser.HandleNextDocument(second);  // never a third time: on some texts it would not end
  } catch (const Stop&) {
    ACTORSIM_CHECK(diagnostics.has_errors());
  } catch (const SecondDocument::Found& found) {
    const std::size_t offset = std::min(text.size(), base + static_cast<std::size_t>(std::max(0, found.position)));
    diagnostics.add(second_document_error(document, offset));
  } catch (const YAML::Exception& exception) {
    diagnostics.add(syntax_error(document, exception, base, builder));
  }
  if (!diagnostics.has_errors() && (document.root_ == kNone || document.nodes_[document.root_].kind == Kind::null)) {
    diagnostics.add(make_error(document, "empty-file", text.size(), 1, "nothing is written here",
                               "a scenario begins with 'actorsim: 1'"));
  }
  if (diagnostics.has_errors()) return tl::unexpected(std::move(diagnostics));
  document.nodes_.shrink_to_fit();
  return document;
}

}  // namespace actorsim
