#!/usr/bin/env python3
"""Faults, injected one by one, and how the program takes them.

    check_faults.py PROGRAM REPOSITORY [WORD...]

With words, only faults whose topic or name has one of them. README.md lists what is injected, how, and what is expected.
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

import harness

import files      # noqa: F401  each registers its faults
import inputs     # noqa: F401
import reports    # noqa: F401
import resources  # noqa: F401
import signals    # noqa: F401

README = Path(__file__).with_name("README.md")


def rows_of_readme():
    """The names of faults by topic: the tables under headings that name a file."""
    rows, topic = {}, None
    for line in README.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"## `(\w+)\.py`", line)
        topic = heading.group(1) if heading else topic
        row = re.match(r"\| (?!fault \||---)(.*?) \|", line)
        if row and topic:
            rows.setdefault(topic, []).append(row.group(1).replace("\\|", "|"))
    return rows


def complaints_about_readme():
    told = rows_of_readme()
    found = {}
    for topic, name, _ in harness.FAULTS:
        found.setdefault(topic, []).append(name)
    complaints = [f"README.md does not tell, or not in turn: {topic}: {name}"
                  for topic, names in found.items() for name in names if name not in told.get(topic, [])]
    complaints += [f"nobody injects what README.md tells: {topic}: {name}"
                   for topic, names in told.items() for name in names if name not in found.get(topic, [])]
    number = f"**{len(harness.FAULTS)} faults**"
    if number not in README.read_text(encoding="utf-8"):
        complaints.append(f"README.md does not say {number}")
    return complaints


def inject(program, topic, name, function):
    """What is wrong, or None."""
    began = time.monotonic()
    try:
        with harness.stage(program) as stage:
            function(stage)
        result, told = "ok", None
    except harness.Skipped as skipped:
        result, told = "skipped", None
        name += f" ({skipped})"
    except harness.Wrong as wrong:
        result, told = "FAILED", f"{topic}: {name}: {wrong}"
    print(f"{result:8} {time.monotonic() - began:5.1f} s  {topic}: {name}", flush=True)
    return result, told


def main(program_path, words):
    harness.heed_signals()
    program = harness.Program(program_path)
    chosen = [fault for fault in harness.FAULTS
              if not words or any(word in fault[0] or word in fault[1] for word in words)]
    results, complaints = Counter(), complaints_about_readme()
    for fault in chosen:
        result, told = inject(program, *fault)
        results[result] += 1
        complaints += [told] if told else []
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"{len(chosen)} faults: " + ", ".join(f"{count} {result}" for result, count in sorted(results.items())))
    return 1 if complaints or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[3:]))
