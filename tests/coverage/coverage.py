#!/usr/bin/env python3
"""Which lines and branches of lib/ the tests reach, and why not the others. README.md beside this file tells how.

    coverage.py FOLDER [--judge]    reads FOLDER/exports/*.json, what `llvm-cov export` tells of each program of the
                                    tests, prints figures by folder, and writes FOLDER/uncovered.txt; --judge compares
                                    that with the list justified.toml

Exit codes: 0 all is well, 1 the list and what was measured differ, 2 something is wrong with the list or the files.
"""

import argparse
import json
import os
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
LIBRARY = REPOSITORY / "lib" / "actorsim"
JUDGED = ("lock", "model")  # each uncovered branch of these stands in the list
NEVER = ("true", "false", "either")
KEYS = {"file", "line", "condition", "never", "why", "times"}


class Problem(Exception):
    """What is wrong, for whoever edits the list."""


# ---- what llvm-cov tells --------------------------------------------------------------------------------------------


@dataclass
class Measured:
    """Of one file: how often each line and each branch was come to, in whichever program that was most."""
    lines: dict = field(default_factory=dict)     # line -> count
    branches: dict = field(default_factory=dict)  # (line, column, last line, column behind) -> [true, false]

    def add_line(self, line, count):
        self.lines[line] = max(count, self.lines.get(line, 0))

    def add_branch(self, place, when_true, when_false):
        counts = self.branches.setdefault(place, [0, 0])
        counts[0] = max(counts[0], when_true)
        counts[1] = max(counts[1], when_false)


def line_counts(segments):
    """Line -> count, as `llvm-cov show` counts: the most of what begins there, or else of what began before.
    A segment is (line, column, count, whether it has a count, whether a region begins, whether that is a gap)."""
    by_line = {}
    for segment in segments:
        by_line.setdefault(segment[0], []).append(segment)
    counts = {}
    wrapped = None
    for line in range(min(by_line, default=1), max(by_line, default=0) + 1):
        here = by_line.get(line, [])
        begin = [count for _, _, count, is_counted, is_entry, is_gap in here if is_counted and is_entry and not is_gap]
        skipped = bool(here) and not here[0][3] and here[0][4]
        goes_on = wrapped is not None and wrapped[3]
        if not skipped and (goes_on or begin):
            counts[line] = max([wrapped[2] if goes_on else 0, *begin])
        if here:
            wrapped = here[-1]
    return counts


def add_export(measured, export, library):
    """Takes over what one program tells of the files below the folder. Instantiations of a template, and copies of
    what is in a header, are one: a branch is covered if any of them takes it. Conditions that a constant decides are
    not among the branches of a function."""
    def file_of(name):
        path = Path(os.path.normpath(name))  # the compiler may have been started with `../..`
        return path.relative_to(library).as_posix() if path.is_relative_to(library) else None

    for data in export["data"]:
        for each in data["files"]:
            file = file_of(each["filename"])
            if file:
                of_file = measured.setdefault(file, Measured())
                for line, count in line_counts(each["segments"]).items():
                    of_file.add_line(line, count)
        for function in data["functions"]:
            files = [file_of(name) for name in function["filenames"]]
            for *place, when_true, when_false, in_file, _, _ in function["branches"]:
                if files[in_file]:
                    of_file = measured.setdefault(files[in_file], Measured())
                    of_file.add_branch(tuple(place), when_true, when_false)


# ---- what is not covered --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Uncovered:
    """A condition that was never true, or never false, or that nobody came to."""
    file: str  # below lib/actorsim
    line: str  # its text, blanks aside
    condition: str
    never: str
    number: int = 0
    column: int = 0

    @property
    def key(self):
        return self.file, self.line, self.condition, self.never

    def __str__(self):
        how = "was not come to" if self.never == "either" else f"was never {self.never}"
        return f"{self.file}:{self.number}:{self.column}: {self.condition} {how}"


def text_between(lines, place):
    """The source from one place to another, on one line."""
    first, column, last, behind = place
    rows = lines[first - 1:last]
    rows[-1] = rows[-1][:behind - 1]
    rows[0] = rows[0][column - 1:]
    return " ".join(" ".join(rows).split())


def drop_what_is_no_branch(of_file, text):
    """The way past a switch that names every enumerator, which the compiler sees to; and comparisons that it writes."""
    lines = text.splitlines()
    for place in list(of_file.branches):
        row = lines[place[0] - 1]
        past_a_switch = row[:place[1] - 1].endswith("switch (") and not of_file.branches[place][0]
        if past_a_switch or row.endswith("= default;"):
            del of_file.branches[place]


def uncovered_branches(file, of_file, text):
    lines = text.splitlines()
    result = []
    for place, (when_true, when_false) in sorted(of_file.branches.items()):
        if when_true and when_false:
            continue
        never = "either" if not when_true and not when_false else "false" if when_true else "true"
        result.append(Uncovered(file, lines[place[0] - 1].strip(), text_between(lines, place), never, *place[:2]))
    return result


def uncovered_lines(of_file):
    """Ranges of lines that were not come to: [(first, last)]."""
    ranges = []
    for line in sorted(line for line, count in of_file.lines.items() if count == 0):
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1] = ranges[-1][0], line
        else:
            ranges.append((line, line))
    return ranges


def folder_of(file):
    return file.split("/")[0] if "/" in file else "."


# ---- the list -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Justified:
    file: str
    line: str
    condition: str
    never: str
    why: str
    times: int = 1  # so many such places the file has

    @property
    def key(self):
        return self.file, self.line, self.condition, self.never

    def __str__(self):
        return f"{self.file}: {self.condition}, never {self.never}, in the line\n    {self.line}"


def read_list(path):
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("uncovered", [])
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{path.name}: {error}") from None
    result = []
    for entry in entries:
        name = f"{entry.get('file', '?')}: {entry.get('condition', entry.get('line', '?'))}"
        missing = KEYS - {"condition", "times"} - entry.keys()
        unknown = entry.keys() - KEYS
        if missing or unknown:
            what = f"lacks {', '.join(sorted(missing))}" if missing else f"has the unknown {', '.join(sorted(unknown))}"
            raise Problem(f"the entry {name} {what}")
        if entry["never"] not in NEVER:
            raise Problem(f"the entry {name} is never {entry['never']!r}; known: {', '.join(NEVER)}")
        if not entry["why"].strip():
            raise Problem(f"the entry {name} does not say why")
        result.append(Justified(**{"condition": entry["line"], **entry}))
    for key, count in Counter(entry.key for entry in result).items():
        if count > 1:
            raise Problem(f"{key[0]}: {key[2]} is in the list {count} times; say `times` instead")
    return result


def rotten(entries, library):
    """What can be seen without measuring: entries whose line is not in the sources any more."""
    wrong = []
    for entry in entries:
        path = library / entry.file
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
        if lines.count(entry.line) < entry.times:
            wrong.append(f"the list has rotted: not in the sources any more: {entry}")
    return wrong


def judge(entries, uncovered):
    """How the list and what is uncovered differ."""
    allowed = {entry.key: entry.times for entry in entries}
    found = Counter(each.key for each in uncovered)
    wrong = [f"not covered, and not in the list: {each}\n    {each.line}" for each in uncovered
             if found[each.key] > allowed.get(each.key, 0)]
    return wrong + [f"in the list, but covered, or not there any more: {entry}" for entry in entries
                    if found[entry.key] < entry.times]


# ---- the report -----------------------------------------------------------------------------------------------------


def share(covered, of):
    return f"{covered:>6,} of {of:>6,} {100 * covered / of:6.1f} %" if of else f"{'none':>22}"


def figures(measured):
    """One row for each folder and one for all: (name, lines covered, lines, ways covered, ways). Each branch has two
    ways to go."""
    rows = {}
    for file, of_file in measured.items():
        row = rows.setdefault(folder_of(file), [0, 0, 0, 0])
        row[0] += sum(count > 0 for count in of_file.lines.values())
        row[1] += len(of_file.lines)
        row[2] += sum((when_true > 0) + (when_false > 0) for when_true, when_false in of_file.branches.values())
        row[3] += 2 * len(of_file.branches)
    total = [sum(column) for column in zip(*rows.values())] or [0, 0, 0, 0]
    return [(name, *row) for name, row in sorted(rows.items())] + [("all", *total)]


def table(measured):
    lines = [f"{'folder':<10} {'lines':>22}   {'ways of branches':>22}"]
    for name, *row in figures(measured):
        lines.append(f"{name:<10} {share(*row[:2])}   {share(*row[2:])}")
    return "\n".join(lines)


def write_uncovered(path, measured, branches):
    by_file = {}
    for each in branches:
        by_file.setdefault(each.file, []).append(each)
    out = []
    for file, of_file in sorted(measured.items()):
        ranges = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in uncovered_lines(of_file))
        if ranges:
            out.append(f"{file}: lines {ranges}")
        out += [str(each) for each in by_file.get(file, [])]
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def read_measured(folder, library):
    exports = sorted(folder.glob("exports/*.json"))
    if not exports:
        raise Problem(f"nothing was measured: no exports/*.json in {folder}")
    measured = {}
    for path in exports:
        add_export(measured, json.loads(path.read_text(encoding="utf-8")), library)
    absent = sorted(path.relative_to(library).as_posix() for path in library.rglob("*.cpp"))
    absent = [file for file in absent if file not in measured and has_code(library / file)]
    if absent:
        raise Problem("no program that was measured has " + ", ".join(absent))
    return measured


def has_code(path):
    """Tables alone are no code that could be covered."""
    return "return" in path.read_text(encoding="utf-8")


def main(words):
    parser = argparse.ArgumentParser(prog="coverage.py")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judge", action="store_true", help="compare with the list justified.toml")
    arguments = parser.parse_args(words)
    try:
        measured = read_measured(arguments.folder, LIBRARY)
        branches = []
        for file, of_file in sorted(measured.items()):
            text = (LIBRARY / file).read_text(encoding="utf-8")
            drop_what_is_no_branch(of_file, text)
            branches += uncovered_branches(file, of_file, text)
        print(table(measured))
        write_uncovered(arguments.folder / "uncovered.txt", measured, branches)
        if not arguments.judge:
            return 0
        entries = read_list(HERE / "justified.toml")
        judged = [each for each in branches if folder_of(each.file) in JUDGED]
        wrong = judge(entries, judged)
        print("\n".join(wrong or [f"{len(judged)} uncovered branches of {' and '.join(JUDGED)}, all justified"]))
        return 1 if wrong else 0
    except (Problem, OSError) as problem:
        print(f"coverage: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
