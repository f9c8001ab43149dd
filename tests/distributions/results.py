"""What came of trying: read from what the commands printed, kept from one time to the next, shown as a table."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

WARNING = re.compile(r"(?:^|\s)warning:|^CMake (?:Deprecation |Dev)?Warning", re.MULTILINE)
TESTS = re.compile(r"^\d+% tests passed, (\d+) tests? failed out of (\d+)", re.MULTILINE)
NOT_RUN = re.compile(r"^\s*\d+ - (\S+) \((?:Skipped|Not Run|Disabled)\)", re.MULTILINE)
FAILED = re.compile(r"^\s*\d+ - (\S+) \((?:Failed|Timeout|SEGFAULT|Child aborted|[^)]*Exception[^)]*)\)", re.MULTILINE)


@dataclass
class Result:
    suite: str
    name: str
    description: str
    commit: str
    outcome: str = "passed"  # or what failed
    versions: dict = field(default_factory=dict)
    seconds: dict = field(default_factory=dict)  # of each step
    tests: int = 0
    not_passed: list = field(default_factory=list)
    not_run: list = field(default_factory=list)
    warnings: int = 0

    def take(self, step, status, seconds, text):
        """One step more. What it warns of is a failure too."""
        self.seconds[step] = round(seconds)
        warnings = len(WARNING.findall(text))
        self.warnings += warnings
        for failed, tests in TESTS.findall(text):
            self.tests = int(tests)
        self.not_passed += [name for name in FAILED.findall(text) if name not in self.not_passed]
        self.not_run += [name for name in NOT_RUN.findall(text) if name not in self.not_run]
        if self.outcome != "passed":
            return
        if status != 0:
            self.outcome = f"{step}: exit code {status}"
        elif warnings:
            self.outcome = f"{step}: warns"

    @property
    def passed(self):
        return self.outcome == "passed"

    def save(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.json").write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_results(folder):
    """All that were saved, by name."""
    results = (Result(**json.loads(path.read_text(encoding="utf-8"))) for path in Path(folder).glob("*.json"))
    return {result.name: result for result in results}


def duration(seconds):
    return f"{seconds} s" if seconds < 100 else f"{(seconds + 30) // 60} min"


def table_row(result):
    outcome = result.outcome
    if result.tests:
        outcome += f", {result.tests - len(result.not_passed) - len(result.not_run)} of {result.tests} tests"
    if result.not_passed:
        outcome += f"; failed: {', '.join(result.not_passed)}"
    if result.not_run:
        outcome += f"; not run: {', '.join(result.not_run)}"
    times = ", ".join(f"{step} {duration(seconds)}" for step, seconds in result.seconds.items())
    cells = [result.suite, f"`{result.name}`", result.description, outcome, times, result.commit]
    return "| " + " | ".join(cells) + " |"


def table(results):
    """Markdown, in the order given."""
    head = ["| distribution | name | what | result | time | commit |", "| --- | --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *(table_row(result) for result in results)])
