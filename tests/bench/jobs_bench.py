#!/usr/bin/env python3
"""How much faster two jobs are than one: jobs_bench.py ACTORSIM [ROUNDS]. Use an optimised build on an idle machine.

Two folders of 1,000 files each: copies of the scenarios of this repository, and the smallest scenario there is. Rounds with
one and two jobs take turns; the least time of each counts, as whatever else runs only adds to it.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
FILES = 1000
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"


def seconds(folder, jobs):
    begin = time.perf_counter()
    subprocess.run([PROGRAM, "run", ".", "-q", "-j", str(jobs)], cwd=folder, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def measure(what, folder):
    seconds(folder, 2)  # so that the files are in memory
    times = {1: [], 2: []}
    for _ in range(ROUNDS):
        for jobs in times:
            times[jobs].append(seconds(folder, jobs))
    one, two = min(times[1]), min(times[2])
    print(f"{what}: {one * 1000:.0f} ms with --jobs 1, {two * 1000:.0f} ms with --jobs 2: {one / two:.2f} times as fast")


def main():
    examples = sorted(SCENARIOS.rglob("*.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for i in range(FILES):
            example = examples[i % len(examples)]
            place = root / "examples" / str(i // len(examples)) / example.relative_to(SCENARIOS).parent
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(example, place)
            for named in example.parent.glob("*.json"):
                shutil.copy(named, place)
            small = root / "small" / str(i // 100)
            small.mkdir(parents=True, exist_ok=True)
            (small / f"{i}.yaml").write_text("actorsim: 1\nconfig: {reentrancy: {enabled: true}}\nchains: [A -> B -> A]\n")
        measure("copies of scenarios/", root / "examples")
        measure("the smallest scenario", root / "small")


if __name__ == "__main__":
    main()
