// What the page knows before a film is opened, as JSON: the cases with their films, the words for what happens in a
// film, and what was said about the files. main.js reads it; both change together, so that there is no version.
#pragma once

#include <string>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/report/html/page_case.h"

namespace actorsim {

struct PageIndex {
  std::string title;
  Status status = Status::pass;
  const std::vector<PageCase>* cases = nullptr;
  const std::vector<Source>* sources = nullptr;
  const std::vector<Diagnostic>* diagnostics = nullptr;
};

/// The names of the blocks of data that stand beside the index, by case, and by film in it or by source.
std::string film_block(std::size_t number, std::size_t film);
std::string graph_block(std::size_t number);
std::string source_block(std::size_t number);
/// Files that are longer than a person reads are not shown.
bool is_shown(const Source& source);

/// One JSON value. Names and texts are made safe to show.
std::string index_json(const PageIndex& index);

/// The text of a file by lines, each made safe to show.
std::string source_json(const Source& source);

}  // namespace actorsim
