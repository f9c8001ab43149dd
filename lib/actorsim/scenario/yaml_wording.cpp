// The table of yaml-cpp's texts that can be met while parsing.
#include "actorsim/scenario/yaml_wording.h"

namespace actorsim {
namespace {

constexpr YamlWording kWordings[] = {
    {"end of map flow not found", "in this {…} a ',' or the closing '}' is missing", "a blank belongs behind each ':'"},
    {"end of sequence flow not found", "in this […] a ',' or the closing ']' is missing", ""},
    {"end of map not found", "this line does not fit the mapping above it",
     "check its indentation, and that it is 'key: value'"},
    {"end of sequence not found", "this line does not fit the list above it",
     "check its indentation, and that it begins with '- '"},
    {"illegal map value", "a ':' cannot stand here", "quote the text if it contains ': '; check the indentation"},
    {"illegal map key", "a key cannot stand here", "check the indentation"},
    {"illegal block entry", "a '-' cannot stand here", "check the indentation"},
    {"illegal flow end", "this bracket closes nothing", ""},
    {"illegal EOF in scalar", "this quoted text is not closed", ""},
    {"illegal document indicator in scalar", "a line of '---' or '...' cannot stand inside a quoted text", ""},
    {"illegal character in scalar", "this character cannot stand here", ""},
    {"illegal tab when looking for indentation", "a tab cannot indent", "indent with spaces"},
    {"unknown escape character", "unknown escape sequence", "use '…' quotes if the backslash is meant as it stands"},
    {"bad character found while scanning hex number", "a bad hexadecimal escape", ""},
    {"invalid unicode", "an escape for a character that does not exist", ""},
    {"the referenced anchor is not defined", "aliases (*name) are not part of the format",
     "write the value out, or quote it if it begins with '*'"},
    {"illegal character found while scanning alias", "aliases (*name) are not part of the format",
     "quote the value if it begins with '*'"},
    {"alias not found after *", "aliases (*name) are not part of the format", "quote the value if it begins with '*'"},
    {"illegal character found while scanning anchor", "anchors (&name) are not part of the format",
     "quote the value if it begins with '&'"},
    {"anchor not found after &", "anchors (&name) are not part of the format", "quote the value if it begins with '&'"},
    {"cannot assign multiple tags", "tags (!name) are not part of the format", "quote the value if it begins with '!'"},
    {"tag handle with no suffix", "tags (!name) are not part of the format", "quote the value if it begins with '!'"},
    {"illegal character found while scanning tag", "tags (!name) are not part of the format",
     "quote the value if it begins with '!'"},
    {"end of verbatim tag not found", "tags (!name) are not part of the format",
     "quote the value if it begins with '!'"},
    {"cannot assign multiple anchors", "anchors (&name) are not part of the format",
     "quote the value if it begins with '&'"},
    {"aliases can't have any content", "aliases (*name) are not part of the format",
     "quote the value if it begins with '*'"},
    {"cannot set zero indentation", "a block of text cannot have the indentation 0", ""},
    {"unexpected character in block scalar", "a '|' or '>' here begins a block of text on the next line",
     "quote the text if it begins with '|' or '>'"},
    {"unknown token", "this character cannot begin a value", "quote the value"},
};

}  // namespace

const YamlWording* find_yaml_wording(std::string_view theirs) {
  for (const YamlWording& wording : kWordings) {
    if (theirs.substr(0, wording.theirs.size()) == wording.theirs) return &wording;
  }
  return nullptr;
}

}  // namespace actorsim
