// What all parts of the loader share: reading values of a document as what they are meant to be, with a diagnostic
// where they are not. Internal to scenario/.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/text.h"
#include "actorsim/scenario/document.h"
#include "actorsim/scenario/expression.h"
#include "actorsim/scenario/file_reader.h"

namespace actorsim {

/// Reads values of one document. Each function gives nothing where the value is not what was wanted, after saying so.
class Reader {
 public:
  /// `files` may be null: then no other file can be read.
  Reader(const Document& document, Diagnostics& diagnostics, Scope scope, const FileReader* files = nullptr)
      : document_(document), diagnostics_(diagnostics), scope_(std::move(scope)), files_(files) {}

  const Document& document() const { return document_; }
  const Scope& scope() const { return scope_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  void error(std::string_view code, Span span, std::string message, std::string help = {});
  void warn(std::string_view code, Span span, std::string message, std::string help = {});
  void report(const LocatedProblem& problem);

  /// The document that the scalar `node` names with a path. It must be kept as long as its values are used.
  std::optional<Document> other_document(DocumentNode node, std::string_view what);

  /// "expected X, found a list".
  void wrong_shape(DocumentNode node, std::string_view wanted, std::string help = {});

  // ---- scalars; `what` names the value in messages ------------------------------------------------------------------

  /// Any scalar, with the variables filled in that are known now; none other may be in it.
  std::optional<std::string> text(DocumentNode node, std::string_view what);
  /// Any scalar, exactly as it is written.
  std::optional<std::string> raw_text(DocumentNode node, std::string_view what);
  /// Any scalar, with the variables filled in that are known now; others are left as they stand. For texts with a
  /// grammar of their own. The view is valid until the next call.
  std::optional<LocatedText> prepared(DocumentNode node, std::string_view what);
  std::optional<Template> template_text(DocumentNode node, std::string_view what);
  std::optional<bool> boolean(DocumentNode node, std::string_view what);
  std::optional<std::int64_t> integer(DocumentNode node, std::string_view what,
                                      std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                                      std::int64_t most = std::numeric_limits<std::int64_t>::max());
  std::optional<Nanoseconds> duration(DocumentNode node, std::string_view what);
  /// A number, `$name` or `$(…)`; checked against the bounds if it is known now.
  std::optional<Expression> count(DocumentNode node, std::string_view what, std::int64_t least, std::int64_t most);
  std::optional<std::string> name(DocumentNode node, std::string_view what);
  /// One of `words`: its index.
  std::optional<std::size_t> word(DocumentNode node, std::string_view what, const std::vector<std::string>& words);

  // ---- collections --------------------------------------------------------------------------------------------------

  bool expect_mapping(DocumentNode node, std::string_view what);
  bool expect_sequence(DocumentNode node, std::string_view what);
  std::vector<std::string> text_list(DocumentNode node, std::string_view what);

  /// Calls `visit(key, value, key_span)` for every known key of a mapping and complains about the others.
  template <typename Keys, typename Visit>
  void fields(DocumentNode node, std::string_view what, const Keys& keys, Visit visit) {
    if (!expect_mapping(node, what)) return;
    for (const auto& entry : node.entries()) {
      if (!entry.key.is_scalar()) continue;
      bool known = false;
      for (const std::string_view key : keys) known = known || key == entry.key.text();
      if (known) {
        visit(entry.key.text(), entry.value, entry.key.span());
      } else {
        unknown_key(entry.key, what, std::vector<std::string>(std::begin(keys), std::end(keys)));
      }
    }
  }

  void unknown_key(DocumentNode key, std::string_view what, const std::vector<std::string>& keys);

  /// The value of a key, if it stands there.
  static std::optional<DocumentNode> find(DocumentNode mapping, std::string_view key);

  /// A variable that is bound while the scenario runs, for as long as this object lives.
  class Binding {
   public:
    Binding(Reader& reader, std::string name) : reader_(reader) { reader_.scope_.running.push_back(std::move(name)); }
    ~Binding() { reader_.scope_.running.pop_back(); }
    Binding(const Binding&) = delete;
    Binding& operator=(const Binding&) = delete;

   private:
    Reader& reader_;
  };

 private:
  bool expect_scalar(DocumentNode node, std::string_view what, std::string_view kind);
  // The text of a plain scalar that is to be a number, a boolean or a duration.
  std::optional<std::string> bare(DocumentNode node, std::string_view what, std::string_view kind);
  void bad_value(std::string_view code, DocumentNode node, std::string_view what, std::string_view text,
                 const ParseProblem& problem);

  const Document& document_;
  Diagnostics& diagnostics_;
  Scope scope_;
  const FileReader* files_;
  std::string buffer_;
};

}  // namespace actorsim
