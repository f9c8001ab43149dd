// Reading a document that stands: places and texts of its nodes.
#include <algorithm>

#include "actorsim/scenario/document.h"
#include "actorsim/scenario/source_scan.h"

namespace actorsim {

DocumentNode Document::root() const { return {this, root_}; }

Span Document::span_at(std::size_t offset, std::size_t length) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), static_cast<std::uint32_t>(offset));
  const auto line = static_cast<std::size_t>(after - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  const std::string_view text = source_->text;
  std::size_t end = line < line_starts_.size() ? line_starts_[line] - 1 : text.size();
  if (end > start && text[end - 1] == '\r') --end;
  Span span;
  span.line = static_cast<std::uint32_t>(line);
  span.column = static_cast<std::uint32_t>(offset - start + 1);
  span.length = static_cast<std::uint32_t>(std::max<std::size_t>(1, std::min(length, end > offset ? end - offset : 1)));
  return span;
}

LocatedText DocumentNode::located_text() const {
  const Document::Node& self = node();
  LocatedText result{text(), span(), span(), self.verbatim};
  if (self.verbatim && self.quoted) ++result.start.column;
  return result;
}

Span DocumentNode::span() const {
  const Document::Node& self = node();
  if (self.kind == Kind::scalar && self.verbatim)
    return document_->span_at(self.offset, self.size + (self.quoted ? 2U : 0U));
  if (self.kind == Kind::scalar && self.quoted) {
    return document_->span_at(self.offset, quoted_length(document_->source_->text, self.offset));
  }
  if (self.kind == Kind::null)
    return document_->span_at(self.offset, null_length(document_->source_->text, self.offset));
  return document_->span_at(self.offset, 1);
}

std::size_t DocumentNode::size() const { return is_sequence() ? node().size : is_mapping() ? node().size / 2 : 0; }
DocumentNode::Items DocumentNode::items() const {
  return {document_, is_sequence() ? node().first_child : Document::kNone};
}
DocumentNode::Entries DocumentNode::entries() const {
  return {document_, is_mapping() ? node().first_child : Document::kNone};
}

}  // namespace actorsim
