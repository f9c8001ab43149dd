// Files that are there as a whole, or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

namespace actorsim {

/// Writes beside `path` and renames, so that nobody reads half of it and what was there stays if it fails. Links are
/// followed, also one that leads nowhere yet; the permissions of a file that is replaced are kept. What is no file (a
/// pipe, /dev/stderr) is written in place. Returns why it failed, as the end of a sentence; empty: it went well.
std::string write_file(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write);

/// "cannot be written", and why: `error` is an errno, or 0.
std::string why_not_written(int error);

}  // namespace actorsim
