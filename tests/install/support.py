"""What the checks of installed trees, packages and integrations share: commands, complaints, and what the worked
example prints."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = 77

complaints = []


def complain(what):
    complaints.append(what)
    print(f"not so: {what}", file=sys.stderr)


def expect(condition, what):
    if not condition:
        complain(what)


def expect_equal(actual, expected, what):
    if actual != expected:
        complain(f"{what}: {actual!r} instead of {expected!r}")


def run(*command, may_fail=False, env=None, **options):
    """The finished process; what it says on both streams is its stdout. A failure that may not be ends all."""
    result = subprocess.run([str(part) for part in command], text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})},
                            **options)
    if result.returncode != 0 and not may_fail:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{result.stdout}exit code {result.returncode}")
    return result


def end():
    sys.exit(f"{len(complaints)} complaints" if complaints else 0)


def fenced_blocks(document, info):
    """The texts of the blocks that open with ```info."""
    return re.findall(rf"^```{re.escape(info)}\n(.*?)^```$", document, re.DOTALL | re.MULTILINE)


def documented_output(repository):
    """What lib/README.md says that the worked example prints."""
    document = (Path(repository) / "lib/README.md").read_text(encoding="utf-8")
    blocks = fenced_blocks(document, "text will_it_deadlock")
    if len(blocks) != 1:
        sys.exit("lib/README.md: one block ```text will_it_deadlock is wanted")
    return blocks[0]


def check_example(program, repository, env=None):
    """The worked example prints what is documented, and ends with 1: it can deadlock."""
    result = run(program, may_fail=True, env=env)
    expect_equal(result.stdout, documented_output(repository), f"{program} prints")
    expect_equal(result.returncode, 1, f"exit code of {program}")


def check_consumer(repository, prefix, folder, *arguments):
    """Somebody else's project, with the installed example, finds what is installed below the prefix and uses it."""
    source, build = folder / "source", folder / "build"
    shutil.copytree(repository / "tests/install/consumer", source)
    shutil.copy(prefix / "share/doc/actorsim/examples/will_it_deadlock.cpp", source)
    run("cmake", "-G", "Ninja", "-S", source, "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}", *arguments)
    run("cmake", "--build", build)
    check_example(build / "will_it_deadlock", repository)


def public_headers(repository):
    text = (Path(repository) / "lib/install/public_headers.cmake").read_text(encoding="utf-8")
    return re.findall(r"^  (actorsim/\S+[.]h)$", text, re.MULTILINE)


def version_of(repository):
    text = (Path(repository) / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"^project\(actorsim VERSION ([0-9.]+)", text, re.MULTILINE)[1]
