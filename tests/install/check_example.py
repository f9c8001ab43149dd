#!/usr/bin/env python3
"""The worked example, which was compiled by the build: it prints what lib/README.md says, and what the documents show
of it stands in it.

    check_example.py PROGRAM REPOSITORY
"""

import sys
import textwrap
from pathlib import Path

from support import check_example, complain, end, expect, fenced_blocks


def main(program, repository):
    check_example(program, repository)
    example = (Path(repository) / "lib/examples/will_it_deadlock.cpp").read_text(encoding="utf-8")
    lines = "".join(line.strip() + "\n" for line in example.splitlines())
    shown = 0
    for name in ("README.md", "lib/README.md"):
        for block in fenced_blocks((Path(repository) / name).read_text(encoding="utf-8"), "cpp"):
            shown += 1
            for part in textwrap.dedent(block).split("…\n"):  # a line with … stands for lines that are left out
                if "".join(line.strip() + "\n" for line in part.splitlines()) not in lines:
                    complain(f"{name}: not in lib/examples/will_it_deadlock.cpp:\n{part}")
    expect(shown > 0, "the documents show something of the example")
    end()


main(*sys.argv[1:])
