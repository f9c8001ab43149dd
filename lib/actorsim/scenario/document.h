// A YAML or JSON text as a strict tree in which every node knows its place. Knows nothing of scenarios.
//
// Strict: what scenarios do not need is an error, never ignored: a second document, directives, tags, anchors, aliases,
// merge keys, duplicate keys, keys that are no texts, control characters, invalid UTF-8, deep nesting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/scenario/located_text.h"

namespace actorsim {

class DocumentNode;

/// The tree of one text. Owns a copy of the text; values point into it and must not outlive it. Moving it keeps values
/// valid. Costs 32 bytes a node, keys included; scalars that stand in the source as they are read are not copied.
class Document {
 public:
  static constexpr std::size_t kMaximumDepth = 100;

  /// All syntax errors that can be told at once. The result's root is a scalar, a sequence or a mapping.
  static tl::expected<Document, Diagnostics> parse(const Source& source);

  DocumentNode root() const;
  const Source& source() const { return *source_; }

  /// Where the bytes [offset, offset + length) stand; the length is cut at the end of the line.
  Span span_at(std::size_t offset, std::size_t length) const;

 private:
  friend class DocumentNode;
  friend class TreeBuilder;

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  static Diagnostic second_document_error(const Document& document, std::size_t offset);

  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  struct Node {
    const char* text = nullptr;  // scalar
    std::uint32_t size = 0;    // scalar: length of the text; else the number of children (a key and its value are two)
    std::uint32_t offset = 0;  // where it begins in the source
    std::uint32_t first_child = kNone;
    std::uint32_t next = kNone;
    Kind kind = Kind::null;
    bool quoted = false;    // scalar: '…', "…", | or >
    bool verbatim = false;  // scalar: its text stands in the source, on one line
  };

  std::unique_ptr<const Source> source_;
  std::vector<std::uint32_t> line_starts_;
  std::vector<Node> nodes_;
  std::unique_ptr<std::deque<std::string>> texts_;  // scalars that do not stand in the source as they are read
  std::uint32_t root_ = kNone;
};

/// A node of a document: a handle, two words.
class DocumentNode {
 public:
  using Kind = Document::Kind;
  struct Entry;
  class Items;
  class Entries;

  Kind kind() const { return node().kind; }
  bool is_null() const { return kind() == Kind::null; }  ///< nothing, `~` or `null`
  bool is_scalar() const { return kind() == Kind::scalar; }
  bool is_sequence() const { return kind() == Kind::sequence; }
  bool is_mapping() const { return kind() == Kind::mapping; }

  std::string_view text() const { return {node().text, node().kind == Kind::scalar ? node().size : 0}; }
  bool is_quoted() const { return node().quoted; }
  LocatedText located_text() const;

  /// Of a scalar on one line: all of it, quotes included; else its first character.
  Span span() const;

  std::size_t size() const;  ///< items of a sequence, entries of a mapping
  Items items() const;       ///< of a sequence; nothing for others
  Entries entries() const;   ///< of a mapping; nothing for others

 private:
  friend class Document;
  friend class TreeBuilder;
  DocumentNode(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
  const Document::Node& node() const { return document_->nodes_[index_]; }

  const Document* document_;
  std::uint32_t index_;
};

struct DocumentNode::Entry {
  DocumentNode key;
  DocumentNode value;
};

class DocumentNode::Items {
 public:
  class Iterator {
   public:
    Iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    DocumentNode operator*() const { return {document_, index_}; }
    Iterator& operator++() {
      index_ = document_->nodes_[index_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Document* document_;
    std::uint32_t index_;
  };
  Items(const Document* document, std::uint32_t first) : document_(document), first_(first) {}
  Iterator begin() const { return {document_, first_}; }
  Iterator end() const { return {document_, Document::kNone}; }

 private:
  const Document* document_;
  std::uint32_t first_;
};

class DocumentNode::Entries {
 public:
  class Iterator {
   public:
    Iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    Entry operator*() const { return {{document_, index_}, {document_, document_->nodes_[index_].next}}; }
    Iterator& operator++() {
      index_ = document_->nodes_[document_->nodes_[index_].next].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Document* document_;
    std::uint32_t index_;
  };
  Entries(const Document* document, std::uint32_t first) : document_(document), first_(first) {}
  Iterator begin() const { return {document_, first_}; }
  Iterator end() const { return {document_, Document::kNone}; }

 private:
  const Document* document_;
  std::uint32_t first_;
};

}  // namespace actorsim
