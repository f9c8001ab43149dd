"""Interrupts at any moment. Whenever they come, a report is the old one or a whole one."""

import json
import random
import re
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree

from harness import (BAD_INPUT, ENDLESS, FAILED, FAILS, INCONCLUSIVE, INTERRUPTED, OK, PASSES, Wrong, demand, end_of,
                     fault, wait_until, was_ended_by)

OLD = "of the last time\n"
LONGEST_DELAY = 0.12  # seconds: about what such a run takes
RING = ("actorsim: 1\nname: ring\nconfig: {reentrancy: {enabled: true}}\nchains:\n" +
        "".join(f"  - A/{i} -> A/{(i + 1) % 9}\n" for i in range(9)))


def is_whole(form, text):
    """Has the report its end, in the eyes of those who read it?"""
    if form == "json":
        json.loads(text)
    elif form == "junit":
        ElementTree.fromstring(text)
    elif form == "html":
        demand(text.rstrip().endswith("</html>"), "no end of the page")
    elif form == "jsonl":
        demand(json.loads(text.splitlines()[-1])["type"] == "summary", "no summary at the end")
    elif form == "tap":
        plan = re.search(r"^1\.\.(\d+)", text, re.MULTILINE)
        points = re.findall(r"^(?:not )?ok \d+", text, re.MULTILINE)
        demand(plan and len(points) == int(plan.group(1)), "not as many points as planned")
    else:
        demand(bool(text), "nothing")


def demand_old_or_whole(stage, forms, code):
    stage.demand_no_parts()
    for form in forms:
        text = stage.read(f"report.{form}")
        if text == OLD:
            demand(code < 0, f"{form}: exit code {code}, and no report")
            continue
        try:
            is_whole(form, text)
        except (ValueError, ElementTree.ParseError, Wrong, LookupError) as error:
            raise Wrong(f"{form}: neither old nor whole: {error}: {text[-300:]!r}") from None


def interrupt_at_random(stage, command, forms, number, times, ordinary, seed):
    chance = random.Random(seed)
    codes = set()
    for _ in range(times):
        for form in forms:
            stage.write(f"report.{form}", OLD)
        arguments = [f"--report={form}=report.{form}" for form in forms]
        process = stage.start(*command, *arguments)
        time.sleep(chance.uniform(0, LONGEST_DELAY))
        process.send_signal(number)
        code = end_of(process)
        demand(was_ended_by(code, number) or code in ordinary, f"exit code {code}")
        demand_old_or_whole(stage, forms, code)
        codes.add(code)
    return codes


def folder_of_scenarios(stage):
    for number in range(60):
        stage.write(f"in/{number:02}.yaml", FAILS if number % 3 else PASSES)
    stage.write("in/99.yaml", RING.replace("chains:", "expect: {never: [deadlock]}\nchains:"))


@fault("SIGINT and SIGTERM at 40 moments of run")
def _(stage):
    folder_of_scenarios(stage)
    for seed, number in enumerate((signal.SIGINT, signal.SIGTERM)):
        interrupt_at_random(stage, ["run", "in", "--jobs", str(1 + seed)], ["json", "junit", "html", "jsonl", "tap"],
                            number, 20, (FAILED, INCONCLUSIVE), seed)


@fault("SIGINT and SIGTERM at 30 moments of explore")
def _(stage):
    folder_of_scenarios(stage)
    for seed, number in enumerate((signal.SIGINT, signal.SIGTERM)):
        interrupt_at_random(stage, ["explore", "in", "--reduction", "none", "--time-limit", "5s"], ["json", "markdown"],
                            number, 15, (FAILED, INCONCLUSIVE, OK), seed)


@fault("SIGINT and SIGTERM at 20 moments of compare")
def _(stage):
    folder_of_scenarios(stage)
    for seed, number in enumerate((signal.SIGINT, signal.SIGTERM)):
        interrupt_at_random(stage, ["compare", "in"], ["json"], number, 10, (OK,), seed)


@fault("SIGINT and SIGTERM at 20 moments of check, list and graph")
def _(stage):
    folder_of_scenarios(stage)
    for seed, number in enumerate((signal.SIGINT, signal.SIGTERM)):
        for command in (["check", "in"], ["list", "in"]):
            interrupt_at_random(stage, command, [], number, 3, (OK,), seed)
        chance = random.Random(seed)
        for _ in range(4):
            stage.write("graph.svg", OLD)
            process = stage.start("graph", "in/00.yaml", "--format", "svg", "--output", "graph.svg")
            time.sleep(chance.uniform(0, LONGEST_DELAY / 2))
            process.send_signal(number)
            code = end_of(process)
            demand(was_ended_by(code, number) or code == OK, f"exit code {code}")
            text = stage.read("graph.svg")
            demand(text == OLD or text.rstrip().endswith("</svg>"), f"half of a graph: {text[-200:]}")
            stage.demand_no_parts()


def at_work(stage, *arguments, **others):
    """A process that shows on standard error that a case is at work."""
    log = stage.folder / "progress"
    with open(log, "wb") as err:
        process = stage.start(*arguments, "--progress", "always", stderr=err, **others)
    try:
        wait_until(lambda: process.poll() is not None or re.search(rb"done.* (calls|states)", log.read_bytes()))
        demand(process.poll() is None, f"it ended: {log.read_bytes()[-500:]}")
    except Wrong:
        process.kill()
        process.wait()
        raise
    return process


@fault("a case without an end, and one signal")
def _(stage):
    stage.write("endless.yaml", ENDLESS)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for jobs in ("1", "2"):
            process = at_work(stage, "run", "endless.yaml", "--jobs", jobs, "--report", "json=report.json",
                              "--report", "tap=report.tap")
            process.send_signal(number)
            demand(end_of(process) == INTERRUPTED, f"{number!r}: exit code {process.returncode}")
            demand_old_or_whole(stage, ["json", "tap"], INTERRUPTED)
            (stage.folder / "report.json").unlink()


@fault("all orders of a ring, and one signal")
def _(stage):
    stage.write("ring.yaml", RING.replace("range(9)", "range(14)").replace("% 9", "% 14"))
    stage.write("ring.yaml", "actorsim: 1\nconfig: {reentrancy: {enabled: true}}\nchains:\n" +
                "".join(f"  - A/{i} -> A/{(i + 1) % 16}\n" for i in range(16)))
    for number in (signal.SIGINT, signal.SIGHUP):
        process = at_work(stage, "explore", "ring.yaml", "--reduction", "none", "--report", "json=report.json")
        process.send_signal(number)
        demand(end_of(process) == INTERRUPTED, f"{number!r}: exit code {process.returncode}")
        demand_old_or_whole(stage, ["json"], INTERRUPTED)


@fault("SIGINT and SIGTERM at 20 moments of stress")
def _(stage):
    stage.write("in.yaml", "actorsim: 1\nchains: [A -> B, B -> A, A -> A]\n")
    for seed, number in enumerate((signal.SIGINT, signal.SIGTERM)):
        interrupt_at_random(stage, ["stress", "in.yaml", "--duration", "1s"], ["json"], number, 10, (OK, FAILED), seed)


@fault("a round of real threads without an end, and one signal")
def _(stage):
    stage.write("sleeps.yaml", "actorsim: 1\nactors: {A: {m: [{repeat: 100000000, steps: [{sleep: 1ns}]}]}}\n"
                "start: [{call: A/1.m}]\n")
    stage.write("crowd.yaml", "actorsim: 1\nactors: {A: {m: [{sleep: 1s}]}}\nstart: [{call: A/1.m, count: 9000}]\n")
    for name, number in (("sleeps", signal.SIGINT), ("sleeps", signal.SIGTERM), ("crowd", signal.SIGTERM)):
        stage.write("report.json", OLD)
        process = stage.start("stress", f"{name}.yaml", "--threads", "1" if name == "crowd" else "8", "--rounds", "1000",
                              "--max-states", "10", "--report", "json=report.json")
        time.sleep(0.7)  # it looks at orders for a moment; either way it must end
        demand(process.poll() is None, f"it ended: exit code {process.returncode}")
        process.send_signal(number)
        demand(end_of(process) == INTERRUPTED, f"{number!r}: exit code {process.returncode}")
        demand_old_or_whole(stage, ["json"], INTERRUPTED)


@fault("a second interrupt")
def _(stage):
    stage.write("endless.yaml", ENDLESS)
    stage.write("report.json", OLD)
    for number in (signal.SIGINT, signal.SIGTERM):
        process = at_work(stage, "run", "endless.yaml", "--report", "json=report.json")
        process.send_signal(number)
        process.send_signal(number)
        demand(was_ended_by(end_of(process), number), f"exit code {process.returncode}")


@fault("signals that are to be ignored, as by nohup and in the background")
def _(stage):
    stage.write("endless.yaml", ENDLESS)
    ignored = (signal.SIGHUP, signal.SIGINT)
    try:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)
        process = at_work(stage, "run", "endless.yaml")
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_DFL)
    for number in ignored:
        process.send_signal(number)
        time.sleep(0.3)
        demand(process.poll() is None, "it ended")
    process.send_signal(signal.SIGTERM)
    demand(end_of(process) == INTERRUPTED, f"exit code {process.returncode}")


@fault("an interrupt while a reader does not read")
def _(stage):
    stage.write("endless.yaml", ENDLESS)
    for number in range(3000):
        stage.write(f"in/{number}.yaml", FAILS)
    process = stage.start("run", "in", "endless.yaml", "-vv", "--report", "jsonl", stdout=subprocess.PIPE)
    process.stdout.read(1)
    time.sleep(0.3)  # the pipe is full, or nearly: either way it must end
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    demand(was_ended_by(end_of(process), signal.SIGINT), f"exit code {process.returncode}")


@fault("stopped and continued")
def _(stage):
    folder_of_scenarios(stage)
    for _ in range(5):
        process = stage.start("run", "in", "--report", "json=report.json")
        for _ in range(5):
            time.sleep(0.005)
            process.send_signal(signal.SIGSTOP)
            process.send_signal(signal.SIGCONT)
        demand(end_of(process) in (FAILED, INCONCLUSIVE), f"exit code {process.returncode}")
        demand_old_or_whole(stage, ["json"], FAILED)


@fault("killed while reports are written")
def _(stage):
    folder_of_scenarios(stage)
    chance = random.Random(1)
    for _ in range(20):
        for form in ("json", "html", "jsonl", "tap"):
            stage.write(f"report.{form}", OLD)
        process = stage.start("run", "in", *[f"--report={form}=report.{form}" for form in ("json", "html", "jsonl", "tap")])
        time.sleep(chance.uniform(0, LONGEST_DELAY))
        process.kill()
        end_of(process)
        for form in ("json", "html"):  # the others are written case by case, and have an end to look for
            text = stage.read(f"report.{form}")
            if text != OLD:
                is_whole(form, text)


@fault("interrupts while bad input is told")
def _(stage):
    stage.write("bad.yaml", "actorsim: 1\n" + "".join(f"k{key}: 1\n" for key in range(20_000)))
    interrupt_at_random(stage, ["run", "bad.yaml"], ["json"], signal.SIGINT, 5, (BAD_INPUT,), 1)
