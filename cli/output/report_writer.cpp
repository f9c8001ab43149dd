// Streams are written in place: whoever reads them wants to do so before the end.
#include "cli/output/report_writer.h"

#include <algorithm>
#include <cerrno>
#include <ostream>
#include <utility>

#include "cli/files/spared_inputs.h"
#include "cli/output/problems.h"
#include "cli/output/write_file.h"

namespace actorsim {

ReportWriter::ReportWriter(const Options& options, Session& session)
    : options_(options),
      session_(session),
      shows_excerpts_(shows_excerpts(options, session.environment)),
      keeps_calls_(actorsim::wants_calls_of_passed(options)),
      shows_films_(wants_films(options)) {
  for (const ReportRequest& request : options.reports) {
    if (description_of(request.format).write_case == nullptr) continue;
    Stream& stream = streams_.emplace_back();
    stream.format = &description_of(request.format);
    stream.name = request.file;
  }
}

// Not before there is something to write: a mistake on the command line must not cost the report of the last time.
std::ostream& ReportWriter::open(Stream& stream) const {
  if (stream.out != nullptr) return *stream.out;
  const std::filesystem::path path = session_.environment.current_folder / stream.name;
  stream.out = stream.name.empty() ? &session_.out : standard_stream_at(path, session_);
  if (stream.out != nullptr) return *stream.out;
  stream.is_input = is_named_by_scenario(path, session_);
  errno = 0;
  stream.file = std::make_unique<std::ofstream>();
  if (!stream.is_input) stream.file->open(path, std::ios::binary | std::ios::trunc);
  stream.out = stream.file.get();
  note_failure(stream);
  return *stream.out;
}

void ReportWriter::note_failure(Stream& stream) {
  if (stream.file != nullptr && !*stream.file && stream.error == 0) stream.error = errno;
}

void ReportWriter::begin_file(const Source& source) {
  source_.reset();
  if (shows_excerpts_ || shows_films_) source_ = source;
}

void ReportWriter::add(CaseReport entry) {
  for (Stream& stream : streams_) {
    stream.format->write_case(open(stream), entry);
    stream.out->flush();
    note_failure(stream);
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
    stream.format->write(open(stream), report_, {});
    if (stream.file == nullptr) continue;
    note_failure(stream);
    stream.file->close();
    note_failure(stream);
    if (*stream.file && !stream.is_input) continue;
    const std::string reason =
        stream.is_input ? "would replace a file that a scenario names" : why_not_written(stream.error);
    tell(session_, file_problem("cannot-write", stream.name, "the report " + reason));
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
