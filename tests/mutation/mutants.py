#!/usr/bin/env python3
"""Small defects, one at a time, that the tests have to notice. README.md beside this file tells how.

    mutants.py weave FOLDER                      writes the sources that have mutants, all of them woven in, to FOLDER
    mutants.py run BUILD [NAME...] [--missing] [--sample N] [--jobs N] [--table]
                                                 tests those mutants, with the programs of the build folder

Exit codes: 0 every mutant was noticed (and those that are called equivalent were not), 1 one was not, 2 something is
wrong with the list, the names or the unmutated programs.
"""

import argparse
import concurrent.futures
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import tomllib
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
LIBRARY = REPOSITORY / "lib" / "actorsim"
KEYS = {"name", "file", "before", "after", "why", "equivalent"}
MOST_PAGES = (4 << 30) // resource.getpagesize()  # in memory, of one test process


class Problem(Exception):
    """What is wrong, for whoever edits the list."""


# ---- the list -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str  # below lib/actorsim
    before: str
    after: str
    why: str
    equivalent: str = ""  # why nobody can notice it

    @property
    def number(self):
        """The same whatever else is in the list, so that a new mutant is one file to build."""
        return zlib.crc32(self.name.encode()) & 0x7fffffff or 1

    @property
    def digest(self):
        return zlib.crc32("\0".join([self.file, self.before, self.after]).encode())


def read_list(path):
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{path.name}: {error}") from None
    mutants = []
    for entry in entries:
        missing = KEYS - {"equivalent"} - entry.keys()
        unknown = entry.keys() - KEYS
        if missing or unknown:
            what = f"lacks {', '.join(sorted(missing))}" if missing else f"has the unknown {', '.join(sorted(unknown))}"
            raise Problem(f"mutant {entry.get('name', entry)} {what}")
        mutants.append(Mutant(**entry))
    for kind, value_of in ("name", lambda m: m.name), ("number; rename one", lambda m: m.number):
        seen = {}
        for mutant in mutants:
            other = seen.setdefault(value_of(mutant), mutant)
            if other is not mutant:
                raise Problem(f"mutants {other.name} and {mutant.name} have the same {kind}")
    return mutants


# ---- weaving --------------------------------------------------------------------------------------------------------


def place_of(mutant, text):
    """Where in the file's text its `before` is: begin and end."""
    count = text.count(mutant.before) if mutant.before else 0
    if count != 1:
        found = "is not there any more" if count == 0 else f"is there {count} times; take more of its surroundings"
        raise Problem(f"mutant {mutant.name} has rotted: its `before` {found} in {mutant.file}:\n  {mutant.before}")
    begin = text.index(mutant.before)
    return begin, begin + len(mutant.before)


def is_statement(code):
    return code.rstrip().endswith((";", "}"))


def alternatives(mutants, before):
    """Code that does what the chosen one of the mutants does, else what stands in `before`."""
    if is_statement(mutants[0].before):
        branches = [f"if (ACTORSIM_MUTANT({m.number})) {{ {m.after} }} else " for m in mutants]
        return "".join(branches) + "{ " + before + " }"
    choices = [f"ACTORSIM_MUTANT({m.number}) ? ({m.after}) : " for m in mutants]
    return "(" + "".join(choices) + "(" + before + "))"


def weave(text, mutants):
    """The text with all mutants in it. One may stand within another; then each has the other's place unmutated."""
    places = {}
    for mutant in mutants:
        places.setdefault(place_of(mutant, text), []).append(mutant)
    spans = sorted(places, key=lambda span: (span[0], -span[1]))

    def part(begin, end, inside):
        result, at = [], begin
        while inside:
            span = inside.pop(0)
            within = []
            while inside and inside[0][0] < span[1]:
                if inside[0][1] > span[1]:
                    names = " and ".join(places[each][0].name for each in (span, inside[0]))
                    raise Problem(f"mutants {names} overlap: one must lie within the other")
                within.append(inside.pop(0))
            result += [text[at:span[0]], alternatives(places[span], part(*span, within))]
            at = span[1]
        return "".join(result) + text[at:end]

    return part(0, len(text), spans)


def write_if_changed(path, text):
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_woven(mutants, folder):
    """CMake takes the files of the folder in place of those of the library. What did not change is not built again."""
    by_file = {}
    for mutant in mutants:
        by_file.setdefault(mutant.file, []).append(mutant)
    for file, those in by_file.items():
        path = LIBRARY / file
        if path.suffix != ".cpp" or not path.is_file():
            raise Problem(f"mutant {those[0].name}: there is no {file} in lib/actorsim")
        up = "../" * file.count("/")
        text = f'#include "{up}mutant.h"\n#line 1\n' + weave(path.read_text(encoding="utf-8"), those)
        write_if_changed(folder / file, text)
    write_if_changed(folder / "mutant.h", (HERE / "mutant.h").read_text(encoding="utf-8"))
    for old in folder.rglob("*.cpp"):
        if old.relative_to(folder).as_posix() not in by_file:
            old.unlink()


# ---- running --------------------------------------------------------------------------------------------------------


@dataclass
class Run:
    code: "int | None"  # None: took too long, or too much
    seconds: float      # of processor time
    waited: float
    output: str


def pages_of(process):
    """How much it has in memory. (A limit on what it may ask for would refuse the stacks of many threads.)"""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0


def run_limited(command, number, processor_seconds, wall_seconds, output):
    """A test program with a mutant, bounded in time and memory. Its output goes to a file, so nothing can block."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    environment = dict(os.environ, ACTORSIM_MUTANT=str(number))
    start = time.monotonic()
    with open(output, "wb") as stream:
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=stream,
                                   stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=limit)
    is_late = False
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        too_much = time.monotonic() - start > wall_seconds or pages_of(process.pid) > MOST_PAGES
        if too_much and not is_late:
            is_late = True
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    is_late = is_late or process.returncode == -signal.SIGXCPU
    return Run(None if is_late else process.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - start,
               output.read_text(encoding="utf-8", errors="replace"))


class Stage:
    """A test program with some of its tests. Mutants count once the unmutated program has passed, and bounds them."""

    def __init__(self, suite, command, only_for=""):
        self.suite, self.command, self.only_for = suite, command, only_for
        self.bounds = None  # seconds of processor and of wall time: more is a hang

    def calibrate(self, output):
        run = run_limited(self.command, 0, 3600, 3600, output)
        if run.code != 0 or "No test" in run.output:
            raise Problem(f"the unmutated {self.suite} fails:\n{run.output[-4000:]}")
        self.bounds = int(4 * run.seconds) + 2, 4 * run.waited + 60
        print(f"unmutated   {self.suite}: passes, {run.seconds:.1f} s", flush=True)

    def run(self, mutant, output):
        return run_limited(self.command, mutant.number, *self.bounds, output)


def stages_with(programs):
    """The suites, those first that are quick and near to the mutants."""
    catch = ["-r", "compact", "--abort"]
    recordings = sorted(str(path) for path in (REPOSITORY / "tests" / "conformance").glob("*.jsonl.gz"))
    folders = [REPOSITORY / "tests" / "unit" / module for module in ("lock", "model")]
    threads = "blocking_lock_test"  # between threads a broken lock may hang, which takes long to notice
    slow = {threads, "bounds_test", "call_map_test"}
    near = sorted({path.stem for folder in folders for path in folder.glob("*_test.cpp")} - slow)
    unit = [programs / "unit_tests", "-#", *catch]
    return [Stage("unit", [*unit, ",".join(f"[#{file}]~[.]" for file in near)]),
            Stage("conformance", [programs / "lock_conformance", *recordings], only_for="lock/"),
            Stage("unit", [*unit, f"[#{threads}]"], only_for="lock/"),
            Stage("property", [programs / "property_tests", *catch]),
            Stage("laws", [programs / "laws_tests", *catch]),
            Stage("unit", [*unit, "~[.]" + "".join(f"~[#{file}]" for file in [*near, threads])]),
            Stage("golden", [programs / "golden_tests", *catch]),
            Stage("explore", [programs / "explore_tests", *catch])]


def how_it_ended(run):
    if run.code is None:
        return "hangs"
    if run.code < 0:
        return "crashes: " + signal.Signals(-run.code).name
    failed = re.search(r"tests/([\w/]+)\.cpp:\d+: failed", run.output, re.IGNORECASE)
    return failed.group(1) if failed else "fails"


def verdict(mutant, result):
    if result["suite"] is None:
        return "equivalent" if mutant.equivalent else "SURVIVED"
    return "NOTICED" if mutant.equivalent else "killed"


def choose(mutants, arguments, known):
    by_name = {mutant.name: mutant for mutant in mutants}
    for name in arguments.names:
        if name not in by_name:
            alike = [other for other in by_name if name in other]
            raise Problem(f"there is no mutant {name!r}" + (f"; perhaps {', '.join(alike)}" if alike else ""))
    chosen = [by_name[name] for name in arguments.names] or mutants
    if arguments.missing:
        chosen = [mutant for mutant in chosen if mutant.name not in known]
    if arguments.sample:
        count = min(arguments.sample, len(chosen))
        chosen = [chosen[i * len(chosen) // count] for i in range(count)]
    return chosen


def run_all(mutants, arguments):
    """Suite by suite, so that the quick ones have told of all mutants before a slow one begins."""
    build = Path(arguments.build).resolve()
    results_file = build / "mutants.json"
    known = json.loads(results_file.read_text()) if results_file.exists() else {}
    known = {m.name: known[m.name] for m in mutants if known.get(m.name, {}).get("digest") == m.digest}
    chosen = choose(mutants, arguments, known)
    outputs = build / "mutant-outputs"
    outputs.mkdir(exist_ok=True)
    seconds = dict.fromkeys((mutant.name for mutant in chosen), 0.0)
    counts = {}

    def note(mutant, suite, how):
        result = {"suite": suite, "how": how, "seconds": round(seconds[mutant.name], 2), "digest": mutant.digest}
        word = verdict(mutant, result)
        counts[word] = counts.get(word, 0) + 1
        by = f"by {suite}: {how}" if suite else f"by nobody: {mutant.equivalent or mutant.why}"
        print(f"{word:<11} {mutant.name} {by}, {seconds[mutant.name]:.1f} s", flush=True)
        known[mutant.name] = result
        results_file.write_text(json.dumps(known, indent=1))

    alive = list(chosen)
    for stage in stages_with(build / "tests"):
        here = [mutant for mutant in alive if mutant.file.startswith(stage.only_for)]
        if not here:
            continue
        stage.calibrate(outputs / "unmutated.txt")
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            runs = {pool.submit(stage.run, mutant, outputs / f"{mutant.name}.txt"): mutant for mutant in here}
            for done in concurrent.futures.as_completed(runs):
                mutant, run = runs[done], done.result()
                seconds[mutant.name] += run.seconds
                if run.code != 0:
                    alive.remove(mutant)
                    note(mutant, stage.suite, how_it_ended(run))
    for mutant in alive:
        note(mutant, None, "")
    if arguments.table:
        write_tables(mutants, known)
    print(f"{len(chosen)} mutants: " + ", ".join(f"{count} {word}" for word, count in sorted(counts.items())))
    return 1 if "SURVIVED" in counts or "NOTICED" in counts else 0


# ---- the table ------------------------------------------------------------------------------------------------------

BEGIN, END = "<!-- written by ./dev mutants --table -->\n", "<!-- end -->\n"


def in_cell(text):
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def noticed_by(mutant, results):
    if mutant.name not in results:
        return "not tested yet"
    result = results[mutant.name]
    if result["suite"]:
        return f"{result['suite']}: {result['how']}"
    return f"nobody can: {mutant.equivalent}" if mutant.equivalent else "**nobody**"


def table(mutants, results):
    suites = [results[mutant.name]["suite"] for mutant in mutants if mutant.name in results]
    by_suite = ", ".join(f"{suites.count(suite)} by {suite}" for suite in sorted(set(filter(None, suites))))
    survivors = suites.count(None)
    lines = [f"Of {len(mutants)} mutants {len(suites)} were tested: {len(suites) - survivors} are killed ({by_suite}), "
             f"{survivors} are not.", "",
             "| mutant | in | what it is | noticed by | s |", "| --- | --- | --- | --- | --- |"]
    for mutant in mutants:
        seconds = f"{results[mutant.name]['seconds']:.1f}" if mutant.name in results else ""
        lines.append(f"| {mutant.name} | {mutant.file.removesuffix('.cpp')} | {in_cell(mutant.why)} "
                     f"| {in_cell(noticed_by(mutant, results))} | {seconds} |")
    return "\n".join(lines) + "\n"


def summary(mutants, results):
    """A row for each source."""
    lines = ["| in | mutants | noticed | by | change nothing |", "| --- | --- | --- | --- | --- |"]
    for file in sorted({mutant.file for mutant in mutants}):
        those = [mutant for mutant in mutants if mutant.file == file]
        suites = [results[mutant.name]["suite"] for mutant in those if mutant.name in results]
        killers = Counter(filter(None, suites))
        by = ", ".join(f"{suite} {count}" for suite, count in sorted(killers.items()))
        lines.append(f"| {file.removesuffix('.cpp')} | {len(those)} | {killers.total()} | {by} "
                     f"| {sum(bool(mutant.equivalent) for mutant in those)} |")
    return "\n".join(lines) + "\n"


def write_between(readme, what):
    text = readme.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    readme.write_text(text[:begin] + "\n" + what + "\n" + text[end:], encoding="utf-8")


def write_tables(mutants, results):
    write_between(HERE / "README.md", table(mutants, results))
    write_between(HERE.parent / "README.md", summary(mutants, results))


def main(words):
    parser = argparse.ArgumentParser(prog="mutants.py")
    commands = parser.add_subparsers(dest="command", required=True)
    weaving = commands.add_parser("weave")
    weaving.add_argument("folder", type=Path)
    running = commands.add_parser("run")
    running.add_argument("build", type=Path)
    running.add_argument("names", nargs="*", metavar="NAME")
    running.add_argument("--missing", action="store_true", help="only those of which no result is known")
    running.add_argument("--sample", type=int, metavar="N", help="N of them, spread over the list")
    running.add_argument("--jobs", type=int, default=2, metavar="N", help="how many at a time (2)")
    running.add_argument("--table", action="store_true", help="write the results into README.md here and of tests/")
    arguments = parser.parse_args(words)
    try:
        mutants = read_list(HERE / "mutants.toml")
        if arguments.command == "weave":
            write_woven(mutants, arguments.folder)
            return 0
        return run_all(mutants, arguments)
    except Problem as problem:
        print(f"mutants: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
