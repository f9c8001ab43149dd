// Which runs are drawn.
#include "actorsim/report/formats/mermaid.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/escape/markdown.h"
#include "actorsim/report/escape/mermaid.h"
#include "actorsim/report/formats/findings.h"
#include "actorsim/report/formats/sequence.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostDiagrams = 100;
constexpr std::size_t kMostCalls = 200;  // of a diagram: beyond some 50,000 characters Mermaid draws none

struct Picture {
  std::string title;
  const Run* run = nullptr;
};

std::vector<Picture> pictures_of(const CaseReport& entry) {
  std::vector<Picture> pictures;
  for (const ReplayedRun& replay : entry.replays) {
    pictures.push_back(
        {fmt::format("{}: {} leads to {}", case_title(entry), schedule_text(replay.schedule), replay.leads_to),
         &replay.run});
  }
  if (pictures.empty() && entry.run)
    pictures.push_back({fmt::format("{}: {}", case_title(entry), case_result(entry)), &*entry.run});
  return pictures;
}

bool is_bad(const CaseReport& entry) { return entry.status == Status::fail || entry.status == Status::inconclusive; }

std::vector<Picture> pictures_of(const Report& report) {
  const bool has_bad = std::any_of(report.cases.begin(), report.cases.end(), is_bad);
  std::vector<Picture> pictures;
  for (const CaseReport& entry : report.cases) {
    if (has_bad && !is_bad(entry)) continue;
    for (Picture& picture : pictures_of(entry)) pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace

void write_mermaid(std::ostream& out, const Report& report, const ReportOptions&) {
  const std::vector<Picture> pictures = pictures_of(report);
  if (pictures.empty()) {  // an empty file is none of Mermaid
    out << "sequenceDiagram\n  title " << mermaid_text("nothing ran") << '\n';
    return;
  }
  if (pictures.size() == 1) {
    out << sequence_diagram(*pictures.front().run, pictures.front().title, kMostCalls);
    return;
  }
  for (std::size_t i = 0; i < std::min(pictures.size(), kMostDiagrams); ++i) {
    out << (i == 0 ? "" : "\n") << "## " << markdown_code(pictures[i].title, MarkdownPlace::text) << "\n\n"
        << markdown_block(sequence_diagram(*pictures[i].run, "", kMostCalls), "mermaid");
  }
  if (pictures.size() > kMostDiagrams) out << fmt::format("\n… and {} more\n", pictures.size() - kMostDiagrams);
}

}  // namespace actorsim
