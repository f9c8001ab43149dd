"""Reports that cannot be written where they should be."""

import contextlib
import json
import os
import resource
import shutil
import subprocess

from harness import BAD_INPUT, FAILED, FAILS, OK, PASSES, Skipped, demand, fault

STREAMED = ("jsonl", "tap")  # written case by case
AT_THE_END = ("json", "junit", "sarif", "html", "markdown", "github", "mermaid")
OLD = "of the last time\n"


def large(stage):
    """A scenario whose report has some 300 kB in each format."""
    stage.write("scenario.yaml", 'actorsim: 1\nchains: ["' + " -> ".join(f"A/{hop}" for hop in range(300)) + ' -> A/0"]\n')


def demand_old_report(stage, name):
    demand(stage.read(name) == OLD, f"{name} is another one: {stage.read(name)[:200]}")
    stage.demand_no_parts()


# ---- files that cannot be written -----------------------------------------------------------------------------------

@fault("a full disk: /dev/full as a report")
def _(stage):
    stage.write("good.yaml")
    stage.write("fails.yaml", FAILS)  # `github` says nothing about what passes
    for form in STREAMED + AT_THE_END:
        stage.run("run", "fails.yaml", "--report", f"{form}=/dev/full", expect=BAD_INPUT,
                  says="/dev/full: error: the report cannot be written: No space left on device")
    stage.run("graph", "good.yaml", "--format", "svg", "--output", "/dev/full", expect=BAD_INPUT,
              says="/dev/full: error: the graph cannot be written: No space left on device")


@fault("a full disk: what real threads did")
def _(stage):
    stage.write("good.yaml")
    stage.run("stress", "good.yaml", "--rounds", "3", "--report", "json=/dev/full", expect=BAD_INPUT,
              says="/dev/full: error: the report cannot be written: No space left on device")
    for report in ("pretty", "json"):
        with open("/dev/full", "wb") as full:
            stage.run("stress", "good.yaml", "--rounds", "3", "--report", report, stdout=full, expect=BAD_INPUT,
                      says="cannot write to standard output: No space left on device")


@fault("a full disk: a file system of 64 KB")
def _(stage):
    unshare = shutil.which("unshare")
    script = ('mount -t tmpfs -o size=64k none small && echo "of the last time" >small/r && cp small/r small/s && '
              'shift && "$0" run scenario.yaml --report json=small/r --report jsonl=small/s; code=$?; '
              'cat small/r; ls small; exit $code')
    large(stage)
    (stage.folder / "small").mkdir()
    if not unshare:
        raise Skipped("no unshare")
    prefix = [unshare, "--mount"] if stage.program.is_root else [unshare, "--map-root-user", "--mount"]
    if subprocess.run([*prefix, "mount", "-t", "tmpfs", "none", stage.folder / "small"], capture_output=True,
                      check=False).returncode != 0:
        raise Skipped("no file system can be mounted here")
    answer = subprocess.run([*prefix, "sh", "-c", script, stage.program.path, "x"], cwd=stage.folder, text=True,
                            env=stage.environment, capture_output=True, timeout=120, check=False)
    demand(answer.returncode == BAD_INPUT, answer)
    for name in "rs":
        demand(f"small/{name}: error: the report cannot be written: No space left on device" in answer.stderr, answer)
    demand(answer.stdout.endswith("of the last time\nr\ns\n"), answer)


@fault("a bound on the size of files")
def _(stage):
    large(stage)
    for form in AT_THE_END:
        if form in ("github",):
            continue  # short
        stage.write("report", OLD)
        stage.run("run", "scenario.yaml", "--report", f"{form}=report", "--report", "pretty", "-vv", expect=BAD_INPUT,
                  limits={resource.RLIMIT_FSIZE: 1000}, stdout=subprocess.DEVNULL,
                  says="report: error: the report cannot be written: File too large")
        demand_old_report(stage, "report")


@fault("the same, of a report that is written case by case")
def _(stage):
    large(stage)
    stage.run("run", "scenario.yaml", "--report", "jsonl=report", expect=BAD_INPUT,
              limits={resource.RLIMIT_FSIZE: 1000}, stdout=subprocess.DEVNULL,
              says="report: error: the report cannot be written: File too large")
    demand('"type":"summary"' not in stage.read("report"), "it looks whole")


@fault("a folder that may not be written to")
def _(stage):
    stage.write("good.yaml")
    stage.write("closed/report", OLD)
    (stage.folder / "closed").chmod(0o555)
    for form in AT_THE_END:
        stage.run("run", "good.yaml", "--report", f"{form}=closed/report", expect=BAD_INPUT, as_nobody=True,
                  says="closed/report: error: the report cannot be written: Permission denied")
        demand_old_report(stage, "closed/report")
    for form in STREAMED:
        stage.run("run", "good.yaml", "--report", f"{form}=closed/new", expect=BAD_INPUT, as_nobody=True,
                  says="closed/new: error: the report cannot be written: Permission denied")


@fault("a folder that is not there")
def _(stage):
    stage.write("good.yaml")
    for form in STREAMED + AT_THE_END:
        stage.run("run", "good.yaml", "--report", f"{form}=nowhere/report", expect=BAD_INPUT,
                  says="nowhere/report: error: the report cannot be written: No such file or directory")


@fault("a report whose path is a folder")
def _(stage):
    stage.write("good.yaml")
    (stage.folder / "report").mkdir()
    for form in STREAMED + AT_THE_END:
        stage.run("run", "good.yaml", "--report", f"{form}=report", expect=BAD_INPUT,
                  says="report: error: the report cannot be written: ")
    stage.demand_no_parts()


@fault("one path for two reports")
def _(stage):
    stage.write("good.yaml")
    stage.write("report", OLD)
    for first, second in (("report", "report"), ("report", "./report"), ("x/../report", "report"), ("-", "-")):
        answer = stage.run("run", "good.yaml", "--report", f"json={first}", "--report", f"junit={second}",
                           expect=BAD_INPUT, says="error: ")
        demand("two reports go to the file" in answer.err or "only one report" in answer.err, answer)
    demand_old_report(stage, "report")


@fault("a report in the place of the scenario")
def _(stage):
    stage.write("good.yaml")
    for name in ("good.yaml", "./good.yaml"):
        stage.run("run", "good.yaml", "--report", f"json={name}", expect=BAD_INPUT,
                  says="the report would replace the scenario 'good.yaml'")
    demand(stage.read("good.yaml") == PASSES, "the scenario is gone")


@fault("a report in the place of a scenario, by another name")
def _(stage):
    stage.write("in/good.yaml")
    stage.write("link.yaml").unlink()
    os.symlink("in/good.yaml", stage.folder / "link.yaml")
    os.link(stage.folder / "in/good.yaml", stage.folder / "second.yaml")
    for form in STREAMED + AT_THE_END:
        for operand, report in (("in/good.yaml", stage.folder / "in/good.yaml"), ("in", "in/good.yaml"),
                                ("in/*.yaml", "in/good.yaml"), ("link.yaml", "link.yaml"),
                                ("link.yaml", "in/good.yaml"), ("in", "second.yaml")):
            stage.run("run", operand, "--report", f"{form}={report}", expect=BAD_INPUT,
                      says="the report would replace the scenario '")
            demand(stage.read("in/good.yaml") == PASSES, "the scenario is gone")


@fault("a graph in the place of its scenario")
def _(stage):
    stage.write("good.yaml")
    os.symlink("good.yaml", stage.folder / "link.svg")
    for target in ("good.yaml", "./good.yaml", "link.svg"):
        stage.run("graph", "good.yaml", "--format", "svg", "--output", target, expect=BAD_INPUT,
                  says="the graph would replace the scenario 'good.yaml'")
    demand(stage.read("good.yaml") == PASSES, "the scenario is gone")
    stage.run("graph", "good.yaml", "--output", "good.svg", expect=OK)
    stage.run("graph", "good.yaml", "--output", "good.svg", expect=OK)


@fault("a report in the place of the file that is standard input")
def _(stage):
    stage.write("good.yaml")
    for arguments in (("run", "-", "--report", "json=good.yaml"), ("run", "-", "--report", "jsonl=good.yaml"),
                      ("graph", "-", "--format", "svg", "--output", "good.yaml")):
        with open(stage.folder / "good.yaml", "rb") as opened:
            stage.run(*arguments, stdin=opened, expect=BAD_INPUT,
                      says="would replace the file that is standard input")
    demand(stage.read("good.yaml") == PASSES, "the scenario is gone")


@fault("a report in the place of the file of options, and of one that a scenario names")
def _(stage):
    stage.write("actorsim.toml", "jobs = 1\n")
    configuration = "apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {name: x}\nspec: {}\n"
    stage.write("named.yaml", configuration)
    stage.write("scenario.yaml", "actorsim: 1\nconfiguration: named.yaml\nchains: [A]\n")
    for form in STREAMED + AT_THE_END:
        stage.run("run", "scenario.yaml", "--report", f"{form}=actorsim.toml", expect=BAD_INPUT,
                  says="the report would replace '/")
        stage.run("run", "scenario.yaml", "--report", f"{form}=named.yaml", expect=BAD_INPUT,
                  says="the report would replace a file that a scenario names")
    demand(stage.read("actorsim.toml") == "jobs = 1\n" and stage.read("named.yaml") == configuration, "one is gone")


@fault("a report in a folder of scenarios, again and again")
def _(stage):
    stage.write("good.yaml")
    for form in ("json", "jsonl", "sarif"):
        for _ in range(2):
            stage.run("run", ".", "--report", f"{form}=report.json", expect=OK)


@fault("a mistake on the command line, with a report of the last time")
def _(stage):
    stage.write("good.yaml")
    for form in STREAMED + AT_THE_END:
        stage.write("report", OLD)
        for wrong in (["--case", "nobody"], ["--jobs", "-1"], ["--tag", "none"]):
            stage.run("run", "good.yaml", "--report", f"{form}=report", *wrong, expect=BAD_INPUT)
            demand_old_report(stage, "report")


@fault("a link as a report")
def _(stage):
    stage.write("good.yaml")
    stage.write("elsewhere/report", OLD)
    os.symlink("elsewhere/report", stage.folder / "report")
    stage.run("run", "good.yaml", "--report", "json=report", expect=OK)
    demand((stage.folder / "report").is_symlink(), "the link is replaced")
    demand(json.loads(stage.read("elsewhere/report"))["status"] == "pass", "not written where the link leads")
    stage.demand_no_parts()


@fault("a link that leads nowhere yet as a report")
def _(stage):
    stage.write("good.yaml")
    (stage.folder / "elsewhere").mkdir()
    os.symlink("second", stage.folder / "report")
    os.symlink("elsewhere/report", stage.folder / "second")
    stage.run("run", "good.yaml", "--report", "json=report", expect=OK)
    demand((stage.folder / "report").is_symlink() and (stage.folder / "second").is_symlink(), "a link is replaced")
    demand(json.loads(stage.read("elsewhere/report"))["status"] == "pass", "not written where the links lead")


@fault("a link in a circle as a report")
def _(stage):
    stage.write("good.yaml")
    os.symlink("report", stage.folder / "report")
    stage.run("run", "good.yaml", "--report", "json=report", expect=BAD_INPUT, says="cannot be written: ")
    demand((stage.folder / "report").is_symlink(), "the link is replaced")


@fault("a report that only its owner may read")
def _(stage):
    stage.write("good.yaml")
    stage.write("report", OLD).chmod(0o600)
    stage.run("run", "good.yaml", "--report", "json=report", expect=OK)
    demand(json.loads(stage.read("report"))["status"] == "pass", "not written")
    demand((stage.folder / "report").stat().st_mode & 0o7777 == 0o600, "others may read it now")


@fault("links laid where a report is written aside")
def _(stage):
    stage.write("good.yaml")
    stage.write("victim", OLD)

    def lay_links():
        for number in range(3):
            os.symlink("victim", f"report.{os.getpid()}.{number}.part")

    stage.run("run", "good.yaml", "--report", "json=report", expect=OK, before=lay_links)
    for link in stage.folder.glob("report.*.part"):
        link.unlink()
    demand_old_report(stage, "victim")
    demand(json.loads(stage.read("report"))["status"] == "pass", "not written")
    demand(not (stage.folder / "report").is_symlink(), "a link took its place")


@fault("/dev/stdout as a report, where that is a file")
def _(stage):
    stage.write("good.yaml")
    before = os.readlink("/dev/stdout")
    for form in ("json", "jsonl"):
        with open(stage.folder / "seen", "wb") as seen:
            stage.run("run", "good.yaml", "--report", f"{form}=/dev/stdout", "--report", "pretty", stdout=seen, expect=OK)
        seen = stage.read("seen")
        demand("1 passed" in seen and '"status"' in seen, f"something is lost: {seen}")
    demand(os.readlink("/dev/stdout") == before, "/dev/stdout is another one")


@fault("/dev/stderr as a report, where that is a file")
def _(stage):
    stage.write("bad.yaml", "actorsim: 1\nchains: [A]\nnam: x\n")
    before = os.readlink("/dev/stderr")
    with open(stage.folder / "seen", "wb") as seen:
        stage.run("run", "bad.yaml", "--report", "json=/dev/stderr", stderr=seen, expect=BAD_INPUT)
    seen = stage.read("seen")
    demand("unknown key" in seen and '"status"' in seen, f"something is lost: {seen}")
    demand(os.readlink("/dev/stderr") == before, "/dev/stderr is another one")


@fault("several runs that write one report at the same time")
def _(stage):
    large(stage)
    running = [stage.start("run", "scenario.yaml", "-vv", "--report", "json=report", "--report", "jsonl=-")
               for _ in range(8)]
    codes = {process.wait(120) for process in running}
    demand(codes == {FAILED}, codes)
    demand(json.loads(stage.read("report"))["status"] == "fail", "it is a mixture")
    stage.demand_no_parts()


@fault("a summary of a step that cannot be written")
def _(stage):
    stage.write("good.yaml")
    for path in ("/dev/full", "nowhere/summary", "."):
        stage.run("run", "good.yaml", expect=BAD_INPUT, says="the summary of the step cannot be written",
                  environment={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": path})


# ---- standard streams -----------------------------------------------------------------------------------------------

COMMANDS = (["run", "good.yaml"], ["explore", "good.yaml"], ["compare", "good.yaml"], ["check", "good.yaml"],
            ["list", "good.yaml"], ["graph", "good.yaml"], ["ask", "A -> B"], ["init"], ["schema"], ["man"], ["--help"],
            ["explain", "deadlock"], ["completions", "bash"], ["run", "good.yaml", "--report", "jsonl"])


@fault("standard output on a full disk")
def _(stage):
    stage.write("good.yaml")
    for command in COMMANDS:
        with open("/dev/full", "wb") as full:
            stage.run(*command, stdout=full, expect=BAD_INPUT,
                      says="cannot write to standard output: No space left on device")


@fault("standard output closed")
def _(stage):
    stage.write("good.yaml")
    for command in COMMANDS:
        stage.run(*command, closed=[1], expect=BAD_INPUT, says="cannot write to standard output: Bad file descriptor")


@fault("standard error closed")
def _(stage):
    stage.write("bad.yaml", "actorsim: 1\nchains: [A]\nnam: x\n")
    for command in ("run", "check", "explore"):
        stage.run(command, "bad.yaml", closed=[2], expect=BAD_INPUT)


@fault("all of them closed, and a report in a file")
def _(stage):
    for number in range(3):
        stage.write(f"{number}.yaml", FAILS)
    for closed in ([1], [2], [0, 1, 2], [1, 2]):
        for stream in ("pretty", "jsonl"):
            stage.run("run", *[f"{number}.yaml" for number in range(3)], "-vv", "--report", stream, "--report",
                      "tap=report", closed=closed, expect=BAD_INPUT if 1 in closed else FAILED)
            lines = stage.read("report").splitlines()
            points = [line for line in lines if line.startswith("not ok ")]
            demand(lines[0] == "TAP version 14" and len(points) == 3, "something else got into the report: " +
                   stage.read("report")[:500])
            demand("{" not in stage.read("report").replace("{reentrancy", "").replace("{enabled", ""), "JSON in TAP")


@fault("a reader that has had enough")
def _(stage):
    large(stage)
    for command in (["run", "scenario.yaml", "-vv"], ["run", "scenario.yaml", "--report", "jsonl"],
                    ["run", "scenario.yaml", "--report", "html"]):
        process = stage.start(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(1)
        process.stdout.close()
        err = process.stderr.read()
        demand(process.wait(120) == FAILED and not err, f"{command}: exit code {process.returncode}: {err}")


@fault("a reader that was never there")
def _(stage):
    stage.write("good.yaml")
    for command in COMMANDS:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            stage.run(*command, stdout=writing, expect=OK)
        finally:
            os.close(writing)


@fault("standard error without a reader")
def _(stage):
    stage.write("bad.yaml", "actorsim: 1\nchains: [A]\nnam: x\n")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        stage.run("run", "bad.yaml", stderr=writing, expect=BAD_INPUT)
    finally:
        os.close(writing)


@fault("a pipe as a report")
def _(stage):
    stage.write("good.yaml")
    os.mkfifo(stage.folder / "pipe")
    for form in ("json", "jsonl"):
        with contextlib.ExitStack() as stack:
            reader = stack.enter_context(subprocess.Popen(["cat", "pipe"], cwd=stage.folder, stdout=subprocess.PIPE))
            stage.run("run", "good.yaml", "--report", f"{form}=pipe", expect=OK)
            demand(b'"pass"' in reader.stdout.read(), "nothing came through")
    stage.demand_no_parts()
