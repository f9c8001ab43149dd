// Streams are written in place: whoever reads them wants to do so before the end.
#include "cli/output/report_writer.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "cli/output/problems.h"

namespace actorsim {

ReportWriter::ReportWriter(const Options& options, Session& session)
    : options_(options),
      session_(session),
      shows_excerpts_(shows_excerpts(options, session.environment)),
      keeps_calls_(actorsim::wants_calls_of_passed(options)),
      shows_films_(wants_films(options)) {
  for (const ReportRequest& request : options.reports) {
    if (description_of(request.format).write_case != nullptr) open_stream(request);
  }
}

void ReportWriter::open_stream(const ReportRequest& request) {
  Stream stream;
  stream.format = &description_of(request.format);
  stream.name = request.file;
  stream.out = &session_.out;
  if (!request.file.empty()) {
    stream.file = std::make_unique<std::ofstream>(session_.environment.current_folder / request.file,
                                                  std::ios::binary | std::ios::trunc);
    stream.out = stream.file.get();
  }
  streams_.push_back(std::move(stream));
}

void ReportWriter::begin_file(const Source& source) {
  source_.reset();
  if (shows_excerpts_ || shows_films_) source_ = source;
}

void ReportWriter::add(CaseReport entry) {
  for (Stream& stream : streams_) {
    stream.format->write_case(*stream.out, entry);
    stream.out->flush();
  }
  if (entry.status == Status::pass && !entry.is_replay && !keeps_calls_ && entry.run)
    std::vector<CallRecord>().swap(entry.run->calls);  // thousands of cases need not stay in memory
  if ((entry.status != Status::pass || shows_films_) && source_ && source_->name == entry.file) {
    report_.sources.push_back(std::move(*source_));
    source_.reset();
  }
  report_.cases.push_back(std::move(entry));
}

bool ReportWriter::close_streams() {
  bool all_written = true;
  for (Stream& stream : streams_) {
    stream.format->write(*stream.out, report_, {});
    if (stream.file == nullptr) continue;
    stream.file->close();
    if (*stream.file) continue;
    tell(session_, file_problem("cannot-write", stream.name, "the report cannot be written"));
    all_written = false;
  }
  return all_written;
}

int ReportWriter::finish(std::vector<Diagnostic> diagnostics, std::vector<Source> sources) {
  report_.diagnostics = std::move(diagnostics);
  for (Source& source : sources) {
    if (report_.find_source(source.name) == nullptr) report_.sources.push_back(std::move(source));
  }
  const bool streams_are_written = close_streams();
  Options others = options_;
  const auto is_streamed = [](const ReportRequest& request) {
    return description_of(request.format).write_case != nullptr;
  };
  others.reports.erase(std::remove_if(others.reports.begin(), others.reports.end(), is_streamed), others.reports.end());
  const int code = write_reports(report_, Shape::cases, others, session_);
  return streams_are_written ? code : kExitBadInput;
}

}  // namespace actorsim
