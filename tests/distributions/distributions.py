#!/usr/bin/env python3
"""Builds and tests in small Debian systems, with other versions of everything. README.md beside this file tells how.

    distributions.py [NAME...] [--list] [--table] [--jobs N]

A NAME is that of a distribution, of a configuration, or both: trixie, gcc-release, bookworm/test. Exit codes: 0 all of
them passed, 1 one did not, 2 nothing could be tried.
"""

import argparse
import os
import re
import sys
import time
from pathlib import Path

from configurations import SUITES, configurations
from results import Result, read_results, table
from roots import SOURCES, Mirror, Problem, Roots, copy_head, head_of

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("g++", "clang", "cmake", "ninja-build", "catch2", "libyaml-cpp-dev", "libfmt-dev", "libcli11-dev",
            "nlohmann-json3-dev", "libboost-dev", "libboost1.81-dev", "libexpected-dev", "libtomlplusplus-dev", "libxxhash-dev",
            "python3", "bash", "zsh", "fish", "mandoc", "groff", "graphviz", "rumur", "spin")


def selected(names, known):
    """Pairs of a suite and a configuration, in order."""
    pairs = [(suite, each) for suite in SUITES for each in known]
    for name in names:
        if not any(name in aliases(suite, each) for suite, each in pairs):
            raise Problem(f"nothing is called '{name}'; --list shows the names")
    return [pair for pair in pairs if not names or aliases(*pair) & set(names)]


def aliases(suite, configuration):
    return {suite, configuration.name, f"{suite}/{configuration.name}"}


def tell(text):
    print(f"distributions: {text}", file=sys.stderr, flush=True)


class Trial:
    """One configuration in one root, and what is written down about it."""

    def __init__(self, roots, configuration, commit, mirror):
        self.roots, self.configuration, self.mirror = roots, configuration, mirror
        self.root = "fresh" if configuration.bare else "full"
        self.folder = roots.folder / "results"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log_path = self.folder / f"{configuration.name}.log"
        self.result = Result(roots.suite, configuration.name, configuration.description, commit)

    def run(self):
        with open(self.log_path, "wb") as log:
            self.roots.make_bare(self.mirror, log)
            self.roots.copy_bare(self.root, anew=self.configuration.bare)
            copy_head(REPOSITORY, self.roots.folder / self.root / SOURCES)
            if self.is_ready(log):
                for what, command in self.configuration.steps:
                    if not self.step(what, command, log):
                        break
                self.result.versions = self.versions(log)
            else:
                self.result.outcome = "cannot be prepared"
        self.result.save(self.folder)
        if self.configuration.bare and self.result.passed:
            self.roots.remove(self.root)
        return self.result

    def is_ready(self, log):
        """Whether what the configuration takes is installed now."""
        commands = [self.configuration.before] if self.configuration.before else []
        if self.roots.compiled:
            commands.insert(0, ("apt-get", "install", "-y", "--no-install-recommends", "ccache"))
        return all(self.enter("prepare", command, log)[0] == 0 for command in commands)

    def step(self, what, command, log):
        """Whether it succeeds; what it says and how long it takes is taken down."""
        begin = log.tell()
        status, seconds = self.enter(what, command, log)
        self.result.take(what, status, seconds, self.log_path.read_bytes()[begin:].decode("utf-8", "replace"))
        return status == 0

    def enter(self, what, command, log):
        """The exit code and the seconds."""
        tell(f"{self.roots.suite}/{self.configuration.name}: {what}")
        log.write(f"\n=== {what}\n".encode())
        log.flush()
        start = time.monotonic()
        status = self.roots.enter(self.root, command, log)
        log.seek(0, os.SEEK_END)
        return status, time.monotonic() - start

    def versions(self, log):
        """Of what the configuration may have used: package, version."""
        begin = log.tell()
        query = ("dpkg-query", "--show", "--showformat=${Package} ${Version}\\n", *PACKAGES)
        self.enter("versions", ("sh", "-c", '"$@" 2>/dev/null', "sh", *query), log)
        lines = self.log_path.read_bytes()[begin:].decode("utf-8", "replace").splitlines()
        return dict(line.split(" ") for line in lines if re.fullmatch(r"[a-z0-9.+-]+ [0-9]\S*", line))


def arguments():
    parser = argparse.ArgumentParser(
        prog="./dev distributions",
        description="Builds and tests what is committed in small Debian systems, which debootstrap makes from the mirror "
                    "that apt of this machine knows. It takes root, and some 3 GB for each distribution.",
        epilog="ACTORSIM_DISTRIBUTIONS: the folder for the systems, in place of build/distributions. "
               "ACTORSIM_DISTRIBUTIONS_CCACHE: a folder; what is compiled is kept there by ccache.")
    parser.add_argument("name", nargs="*", help="a distribution, a configuration or both: trixie, gcc-release, bookworm/test")
    parser.add_argument("--list", action="store_true", help="the names, and what they stand for")
    parser.add_argument("--table", action="store_true", help="what came of it the last time, as Markdown")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="how many to compile at once")
    return parser.parse_args()


def main():
    options = arguments()
    folder = Path(os.environ.get("ACTORSIM_DISTRIBUTIONS") or REPOSITORY / "build/distributions").resolve()
    pairs = selected(options.name, configurations(options.jobs))
    if options.list:
        for suite, each in pairs:
            print(f"{suite}/{each.name}: {SUITES[suite]}, {each.description}: {'; '.join(what for what, _ in each.steps)}")
        return 0
    if options.table:
        kept = {suite: read_results(folder / suite / "results") for suite in SUITES}
        print(table([kept[suite][each.name] for suite, each in pairs if each.name in kept[suite]]))
        return 0
    if os.geteuid() != 0:
        raise Problem("it takes root to make a system and to enter it: sudo ./dev distributions")
    results = [result for suite in SUITES for result in try_all(folder, suite, [c for s, c in pairs if s == suite])]
    print(table(results))
    return 0 if all(result.passed for result in results) else 1


def try_all(folder, suite, those):
    if not those:
        return
    commit, changed = head_of(REPOSITORY)
    if changed:
        tell(f"what is not committed is not tried; it is {commit} that is")
    compiled = os.environ.get("ACTORSIM_DISTRIBUTIONS_CCACHE")
    if compiled:
        compiled = Path(compiled).resolve()
        compiled.mkdir(parents=True, exist_ok=True)
        compiled.chmod(0o777)
    roots, mirror = Roots(folder, suite, compiled), Mirror.of_this_machine()
    for configuration in those:
        trial = Trial(roots, configuration, commit, mirror)
        result = trial.run()
        tell(f"{suite}/{configuration.name}: {result.outcome}" + ("" if result.passed else f"; see {trial.log_path}"))
        yield result


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        tell(problem)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
