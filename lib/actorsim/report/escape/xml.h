// XML, and so SVG: elements with attributes and text. Whatever the text, the document is well-formed and shows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

/// Text as it may stand between tags, and inside quotes: markup is escaped, and so is what XML 1.0 cannot hold (control
/// characters, U+FFFE, what is no UTF-8) or what would reorder or hide text. Line ends stay.
std::string xml_text(std::string_view text);

/// Writes one document, an element at a time. Names of elements and attributes are the program's own, never foreign.
class XmlWriter {
 public:
  /// `indent`: blanks for each level.
  explicit XmlWriter(std::ostream& out, std::size_t indent = 2) : out_(out), indent_(indent) {}

  /// `<?xml …?>`
  void declaration();

  XmlWriter& open(std::string_view name);
  /// Of the element that was opened last, before anything inside it.
  XmlWriter& attribute(std::string_view name, std::string_view value);
  XmlWriter& attribute(std::string_view name, std::uint64_t value);
  /// Text inside the element. It is then closed on the same line.
  XmlWriter& text(std::string_view text);
  /// The program's own text, such as a style sheet: written as it is.
  XmlWriter& style(std::string_view own);
  XmlWriter& close();

  /// `<name>text</name>`
  void element(std::string_view name, std::string_view text);

 private:
  struct Open {
    std::string name;
    bool has_content = false;  // `>` is written
    bool has_elements = false;
  };
  void begin_content();
  void new_line(std::size_t depth);

  std::ostream& out_;
  const std::size_t indent_;
  std::vector<Open> open_;
  bool has_begun_ = false;
};

}  // namespace actorsim
