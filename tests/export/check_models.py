#!/usr/bin/env python3
"""What `actorsim graph` exports, checked by the model checkers that it is for.

    check_models.py PROGRAM

Takes the Debian packages rumur and spin, and a C compiler; skipped (exit code 77) where one of them is missing.
README.md says what is checked and why.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
from dataclasses import dataclass
from math import comb, factorial
from pathlib import Path

SKIPPED = 77
COMPILER = os.environ.get("CC", "cc")
ON = "config: {reentrancy: {enabled: true}}\n"
OFF = "config: {reentrancy: {enabled: false}}\n"


# ---- what must come out ---------------------------------------------------------------------------------------------


@dataclass
class Opinion:
    """What a checker says of a model."""
    states: int
    stuck: int                    # states in which nobody can move and somebody has not come to the end
    shortest: "int | None" = None  # steps to the first of them; None: none, or the checker does not say


@dataclass
class Case:
    name: str
    text: str
    states: int
    stuck: int
    shortest: "int | None" = None


def ring_states(size):
    """((5+√29)/2)^N + ((5-√29)/2)^N - 1, as its recurrence."""
    before, now = 2, 5
    for _ in range(size - 1):
        before, now = now, 5 * now + before
    return now - 1


def queue_states(clients):
    """Of clients that call one actor once: some stand in its queue in some order, the others are before or behind."""
    return sum(comb(clients, waiting) * factorial(waiting) * 2 ** (clients - waiting)
               for waiting in range(clients + 1))


def ring(size):
    chains = "".join(f"  - A/{i} -> A/{(i + 1) % size}\n" for i in range(size))
    return f"{ON}chains:\n{chains}"


def ring_of_loads(size, count):
    calls = "".join(f"  - {{call: A/{i}.m, with: {{next: {(i + 1) % size}}}, count: {count}}}\n" for i in range(size))
    return f"{ON}actors: {{A: {{m: [{{call: A/$next.k}}], k: []}}}}\nstart:\n{calls}"


def clients(count):
    return f"{ON}actors: {{A: {{m: []}}}}\nstart: [{{call: A/1.m, count: {count}}}]\n"


def starts(*entries):
    return f"{OFF}actors: {{A: {{m: [], again: [{{call: self.m}}]}}}}\nstart: [{', '.join(entries)}]\n"


# Small numbers were counted by hand; 134, 165 and 253 by tests/support/naive_lock_program.h, 15,624 by a program that is
# no part of this.
CASES = [
    Case("A -> B -> A with reentrancy: one chain, six steps", ON + "chains: [A -> B -> A]", 7, 0),
    Case("A -> B -> A without: stuck as the third call arrives", OFF + "chains: [A -> B -> A]", 4, 1, 3),
    Case("A -> B -> A whose id is dropped", ON + "chains: [A -/> B -> A]", 4, 1, 3),
    Case("an actor that calls itself, under 1.15", 'dapr: "1.15"\n' + OFF + "chains: [A -> A]", 3, 1, 2),
    Case("two chains that cross", ON + "chains: [A -> B, B -> A]", ring_states(2), 1, 4),
    Case("two chains that cross, without reentrancy", OFF + "chains: [A -> B, B -> A]", ring_states(2), 1, 4),
    Case("a ring of 4", ring(4), ring_states(4), 1, 8),
    Case("a ring of 6", ring(6), ring_states(6), 1, 12),
    Case("a ring of 3 with two calls each", ring_of_loads(3, 2), 15_624, 6 ** 3, 9),
    Case("three chains over shared actors, in one order", ON + "chains: [A -> B -> C, B -> C, A -> C]", 134, 0),
    Case("three chains over shared actors, in a circle", ON + "chains: [A -> B -> C, B -> C, C -> A]", 165, 3, 6),
    Case("two clients of one actor", clients(2), queue_states(2), 0),
    Case("three clients of one actor", clients(3), queue_states(3), 0),
    Case("five clients of one actor", clients(5), queue_states(5), 0),
    Case("a loop of one client", starts("{call: A/1.m, count: 3, clients: 1}"), 7, 0),
    Case("a loop of two clients", starts("{call: A/$i.m, count: 3, clients: 2}"), 1 + 2 + 4 + 6, 0),
    Case("one after the other", starts("{call: A/1.m, as: a}", "{call: A/2.m, after: a}"), 5, 0),
    Case("one after a load", starts("{call: A/$i.m, count: 2, as: a}", "{call: A/2.m, after: a}"), 3 * 3 + 2, 0),
    Case("one after another that is stuck", starts("{call: A/1.again, as: a}", "{call: A/2.m, after: a}"), 3, 1, 2),
    Case("two chains of one id are inside together",
         ON + "actors: {A: {m: []}}\nstart: [{call: A/1.m, header: x}, {call: A/1.m, header: x}]", 3 * 3, 0),
    Case("two chains of one id, and two others",
         ON + "actors: {A: {m: [{call: B/1.m}]}, B: {m: []}}\n"
         "start: [{call: A/1.m, header: x}, {call: B/1.m, header: x}, {call: A/1.m}, {call: B/1.m}]", 253, 0),
]


# ---- the checkers ---------------------------------------------------------------------------------------------------


def run(folder, *command):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    return result.returncode, result.stdout, result.stderr


def must(folder, *command):
    code, out, err = run(folder, *command)
    if code != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {code}:\n{out}{err}")
    return out


def ask_rumur(folder):
    must(folder, "rumur", "--threads", "1", "--deadlock-detection", "stuck", "--max-errors", "1000000",
         "--output-format", "machine-readable", "--output", "murphi.c", "model.m")
    must(folder, COMPILER, "-std=c11", "-O2", "-w", "-o", "murphi", "murphi.c")
    report = xml.etree.ElementTree.fromstring(run(folder, "./murphi")[1])
    errors = report.findall("error")
    other = [error.findtext("message") for error in errors if error.findtext("message") != "deadlock"]
    if other:
        raise RuntimeError(f"rumur: {other[0]}")
    shortest = min((len(error.findall("transition")) - 1 for error in errors), default=None)  # the start is one
    return Opinion(int(report.find("summary").get("states")), len(errors), shortest)


def ask_spin(folder):
    must(folder, "spin", "-a", "model.pml")
    must(folder, COMPILER, "-O2", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c")
    report = must(folder, "./pan", "-m1000000", "-c0", "-w20")
    states = re.search(r"^ *(\d+) states, stored$", report, re.MULTILINE)
    errors = re.search(r"errors: (\d+)$", report, re.MULTILINE)
    if states is None or errors is None or "too small" in report:
        raise RuntimeError(f"spin says\n{report}")
    return Opinion(int(states.group(1)), int(errors.group(1)))


# A further opinion is a further function: it finds the scenario in scenario.yaml.
CHECKERS = {"rumur": ask_rumur, "spin": ask_spin}


def check(program, case):
    """What is wrong, a line each."""
    with tempfile.TemporaryDirectory(prefix="actorsim-export-") as name:
        folder = Path(name)
        folder.joinpath("scenario.yaml").write_text(f"actorsim: 1\n{case.text}\n", encoding="utf-8")
        must(folder, program, "graph", "scenario.yaml", "--format", "murphi", "--output", "model.m")
        must(folder, program, "graph", "scenario.yaml", "--format", "promela", "--output", "model.pml")
        problems = []
        for checker, ask in CHECKERS.items():
            opinion = ask(folder)
            shortest = case.shortest if opinion.shortest is not None else None
            expected = Opinion(case.states, case.stuck, shortest)
            if opinion != expected:
                problems.append(f"{case.name}: {checker} says {opinion}, not {expected}")
        return problems


def main():
    missing = [tool for tool in (*CHECKERS, COMPILER) if shutil.which(tool) is None]
    if missing:
        print(f"skipped: there is no {', '.join(missing)}")
        return SKIPPED
    program = Path(sys.argv[1]).resolve()
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = list(pool.map(lambda case: check(program, case), CASES))
    problems = [problem for result in results for problem in result]
    for problem in problems:
        print(problem)
    print(f"{len(CASES)} models, {len(problems)} wrong opinions")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
