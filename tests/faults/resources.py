"""Too little of what the system gives."""

import fcntl
import os
import resource
import shutil
import stat
import subprocess

from harness import (BAD_INPUT, FAILED, FAILS, INCONCLUSIVE, OK, PASSES, Skipped, demand, fault)

RING = ("actorsim: 1\nconfig: {reentrancy: {enabled: true}}\nchains:\n" +
        "".join(f"  - A/{i} -> A/{(i + 1) % 16}\n" for i in range(16)))
MB = 1 << 20
NO_MEMORY = "actorsim: error: there is not enough memory"


@fault("address space that grows from too little to enough")
def _(stage):
    stage.skip_with_sanitizers()
    stage.write("list.yaml", "actorsim: 1\nchains: [" + "A -> B," * 30_000 + "]\n")
    codes = set()
    for megabytes in range(20, 260, 20):
        answer = stage.run("run", "list.yaml", "--jobs", "1", limits={resource.RLIMIT_AS: megabytes * MB})
        demand(answer.code in (OK, BAD_INPUT, 127), answer)  # 127: not even libraries can be loaded
        demand(answer.code != BAD_INPUT or NO_MEMORY in answer.err, answer)
        codes.add(answer.code)
    demand({OK, BAD_INPUT} <= codes, f"only {codes}")


@fault("the same, on several threads")
def _(stage):
    stage.skip_with_sanitizers()
    for number in range(8):
        stage.write(f"in/{number}.yaml", "actorsim: 1\nchains: [" + "A -> B," * 10_000 + "]\n")
    for megabytes in range(30, 400, 40):
        answer = stage.run("run", "in", "--jobs", "4", limits={resource.RLIMIT_AS: megabytes * MB})
        demand(answer.code in (OK, BAD_INPUT, 127), answer)
        demand(answer.code != BAD_INPUT or NO_MEMORY in answer.err, answer)


@fault("too little address space for a report, with one of the last time")
def _(stage):
    stage.skip_with_sanitizers()
    stage.write("in.yaml", "actorsim: 1\nchains: [" + "A -> B," * 20_000 + "]\n")
    for megabytes in range(60, 300, 30):
        stage.write("report", "of the last time\n")
        answer = stage.run("run", "in.yaml", "--report", "json=report", "-v", "--jobs", "1",
                           limits={resource.RLIMIT_AS: megabytes * MB})
        demand(answer.code in (OK, BAD_INPUT), answer)
        text = stage.read("report")
        demand(text.endswith("}\n") if answer.code == OK else text == "of the last time\n", f"half a report: {answer}")
        stage.demand_no_parts()


@fault("too little address space for all orders")
def _(stage):
    stage.skip_with_sanitizers()
    stage.write("ring.yaml", RING)
    for threads in ("1", "2"):
        answer = stage.run("explore", "ring.yaml", "--reduction", "none", "--threads", threads, "--time-limit", "3s",
                           limits={resource.RLIMIT_AS: 150 * MB})
        demand(answer.code in (INCONCLUSIVE, FAILED, BAD_INPUT), answer)
        demand(answer.code != BAD_INPUT or NO_MEMORY in answer.err, answer)


STRESSED = "actorsim: 1\nchains: [A -> B, B -> A, A -> C, C -> B, A -> A]\n"


@fault("too little address space for real threads")
def _(stage):
    stage.skip_with_sanitizers()
    stage.write("in.yaml", STRESSED)
    codes = set()
    for megabytes in range(60, 660, 20):
        answer = stage.run("stress", "in.yaml", "--max-states", "100", "--rounds", "3",
                           limits={resource.RLIMIT_AS: megabytes * MB})
        demand(answer.code in (FAILED, INCONCLUSIVE, OK, BAD_INPUT), answer)
        told = NO_MEMORY in answer.err or "the system gives no" in answer.err
        demand(answer.code != BAD_INPUT or told, answer)
        codes.add(answer.code)
    demand({BAD_INPUT, INCONCLUSIVE} <= codes, f"only {codes}")


@fault("--max-memory of little")
def _(stage):
    stage.write("ring.yaml", RING)
    for size in ("1KiB", "1MiB", "16MiB"):
        answer = stage.run("explore", "ring.yaml", "--reduction", "none", "--max-memory", size, "--time-limit", "20s",
                           expect=(INCONCLUSIVE, FAILED), megabytes=100)
        demand("not complete" in answer.out, answer)


@fault("no more open files")
def _(stage):
    stage.skip_with_sanitizers("the sanitizers look at memory through a pipe")
    stage.write("in/folder/good.yaml")
    stage.write("in/good.yaml")
    for most in range(3, 12):
        answer = stage.run("run", "in", "--report", "json=report", limits={resource.RLIMIT_NOFILE: most})
        demand(answer.code in (OK, BAD_INPUT, 127), answer)  # 127: not even libraries can be loaded
        demand(answer.code != BAD_INPUT or "Too many open files" in answer.err, answer)


@fault("a stack of 128 KB")
def _(stage):
    stage.skip_with_sanitizers()
    stage.write("deep.yaml", "actorsim: 1\nchains: " + "[" * 100_000)
    stage.write("chain.yaml", 'actorsim: 1\nchains: ["' + " -> ".join(f"A/{hop}" for hop in range(2_000)) + '"]\n')
    stage.write("self.yaml", "actorsim: 1\nconfig: {reentrancy: {enabled: true, maxStackDepth: 1000000000}}\n"
                "actors: {A: {m: [{call: A/1.m}]}}\nstart: [{call: A/1.m}]\n")
    stage.write("ring.yaml", RING)
    limits = {resource.RLIMIT_STACK: 128 << 10}
    for jobs in ("1", "2"):
        stage.run("run", "deep.yaml", "self.yaml", "--jobs", jobs, limits=limits, expect=BAD_INPUT)
        stage.run("run", "chain.yaml", "--jobs", jobs, "--report", "html=report", "-vv", stdout=subprocess.DEVNULL,
                  limits=limits, expect=OK)
    stage.run("explore", "ring.yaml", "--time-limit", "1s", limits=limits, expect=(FAILED, INCONCLUSIVE, OK))
    stage.write("short.yaml", 'actorsim: 1\nchains: ["' + " -> ".join(f"A/{hop}" for hop in range(500)) + '"]\n')
    stage.run("graph", "short.yaml", limits={resource.RLIMIT_STACK: MB}, expect=OK)


@fault("no threads to be had")
def _(stage):
    stage.skip_with_sanitizers()
    for number in range(4):
        stage.write(f"in/{number}.yaml", FAILS)
    stage.write("ring.yaml", RING.replace("% 16", "% 9"))
    # Of users, not of processes: whoever else runs as nobody counts as well, which is why the least bound is taken.
    if not stage.program.is_root:
        raise Skipped("whoever tests has other processes")
    limits = {resource.RLIMIT_NPROC: 1}
    wanted = stage.run("run", "in", "--jobs", "1", as_nobody=True, expect=FAILED).out
    answer = stage.run("run", "in", "--jobs", "4", as_nobody=True, limits=limits, expect=FAILED)
    demand(answer.out == wanted, answer)
    stage.run("explore", "ring.yaml", "--jobs", "2", "--threads", "4", "--reduction", "none", "--time-limit", "2s",
              as_nobody=True, limits=limits, expect=(OK, FAILED, INCONCLUSIVE))
    stage.run("run", "in", "--jobs", "4", "--max-failures", "1", as_nobody=True, limits=limits, expect=FAILED)


@fault("no threads to be had for real threads")
def _(stage):
    stage.skip_with_sanitizers()
    stage.write("in.yaml", STRESSED)
    if not stage.program.is_root:
        raise Skipped("whoever tests has other processes")
    stage.run("stress", "in.yaml", as_nobody=True, limits={resource.RLIMIT_NPROC: 1}, expect=BAD_INPUT,
              says="the system gives no threads to play with")


@fault("fewer threads than real threads need")
def _(stage):
    stage.write("crowd.yaml", "actorsim: 1\nactors: {A: {m: [{call: A/1.m}]}}\nstart: [{call: A/1.m, count: 5000}]\n")
    for threads, words in (("1", "more than 1 thread\n"), ("64", "more than 64 threads\n")):
        answer = stage.run("stress", "crowd.yaml", "--threads", threads, "--time-limit", "100ms", expect=BAD_INPUT,
                           says=words)
        demand(answer.seconds < 30, f"it goes on: {answer}")


@fault("a round of real threads without an end")
def _(stage):
    handlers = {"sleeps": "repeat: 100000000, steps: [{sleep: 1ns}]", "tries": "call: B/1.n, retry: {max: 1000000000}"}
    for name, handler in handlers.items():
        stage.write(f"{name}.yaml", f"actorsim: 1\nactors: {{A: {{m: [{{{handler}}}]}}, B: {{n: [{{fail: no}}]}}}}\n"
                    "start: [{call: A/1.m}]\n")
        answer = stage.run("stress", f"{name}.yaml", "--duration", "500ms", "--time-limit", "100ms",
                           expect=INCONCLUSIVE, megabytes=200)
        demand("no round came to its end in the time" in answer.out, answer)


@fault("more jobs and threads than anybody has")
def _(stage):
    for number in range(4):
        stage.write(f"in/{number}.yaml", PASSES)
    stage.run("run", "in", "--jobs", "1024", expect=OK)
    stage.run("run", "in", "--jobs", "1000000", expect=BAD_INPUT)


@fault("no folder for temporary files, no home, no locale")
def _(stage):
    stage.write("fails.yaml", FAILS)
    wanted = stage.run("run", "fails.yaml", expect=FAILED).out
    for variables in ({"TMPDIR": "/nowhere"}, {"HOME": "/nowhere"}, {"HOME": ""}, {"HOME": "relative"},
                      {"XDG_STATE_HOME": "/proc/nowhere"}, {"XDG_STATE_HOME": "/dev/null"}, {"LC_ALL": "C"},
                      {"LC_ALL": "xx_XX.none"}, {"TERM": ""}, {"TZ": "nowhere"}):
        answer = stage.run("run", "fails.yaml", environment=variables, expect=FAILED)
        demand(answer.out == wanted, f"{variables}: {answer}")
        stage.run("run", "fails.yaml", "--rerun-failed", environment=variables, expect=FAILED)


@fault("a home that may not be written to")
def _(stage):
    stage.write("fails.yaml", FAILS)
    (stage.folder / "home").mkdir(mode=0o555)
    stage.run("run", "fails.yaml", environment={"HOME": str(stage.folder / "home")}, as_nobody=True, expect=FAILED)


# ---- the list of cases that failed ----------------------------------------------------------------------------------

LIST = "state/actorsim/failed-cases"
HEADER = b"actorsim failed cases, format 1\n"


def rerun(stage, **others):
    return stage.run("run", "in", "--rerun-failed", environment={"XDG_STATE_HOME": str(stage.folder / "state")}, **others)


@fault("a damaged list of cases that failed")
def _(stage):
    stage.write("in/fails.yaml", FAILS)
    stage.write("in/passes.yaml", PASSES)
    good = None
    rerun(stage, expect=FAILED)
    good = (stage.folder / LIST).read_bytes()
    for content in (b"", b"\0" * 10_000, os.urandom(10_000), HEADER + b"\t\t\t\n", good[:-1], good + b"/half", good[5:],
                    HEADER + b"\x1b[31m\tx\n" * 200_000, b"x" * (1 << 20)):
        stage.write(LIST, content)
        answer = rerun(stage, expect=FAILED, megabytes=300)
        demand("\x1b" not in answer.out + answer.err, answer)
        demand((stage.folder / LIST).read_bytes().startswith(HEADER), "it stays damaged")
        answer = rerun(stage, expect=FAILED)
        demand("0 passed, 1 failed" in answer.out, f"it does not learn: {answer}")


@fault("no file where the list of cases that failed should be")
def _(stage):
    stage.write("in/fails.yaml", FAILS)
    path = stage.folder / LIST
    path.parent.mkdir(parents=True)

    def sparse():
        with open(path, "wb") as file:
            file.truncate(1 << 30)
    for make in (lambda: os.mkfifo(path), path.mkdir, lambda: os.symlink("/dev/zero", path),
                 lambda: os.symlink(path.name, path), sparse):
        make()
        rerun(stage, expect=FAILED, megabytes=300)
        is_folder = stat.S_ISDIR(os.lstat(path).st_mode)
        shutil.rmtree(path) if is_folder else path.unlink()


@fault("a list of cases that failed that somebody has locked")
def _(stage):
    stage.write("in/fails.yaml", FAILS)
    folder = (stage.folder / LIST).parent
    folder.mkdir(parents=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        rerun(stage, expect=FAILED)
    finally:
        os.close(descriptor)


# ---- actorsim.toml --------------------------------------------------------------------------------------------------

@fault("a file of options that is hostile")
def _(stage):
    stage.write("good.yaml")
    for content in (b"\0" * 1000, os.urandom(1000), b"a = " + b"[" * 100_000, b"a = " + b"{a=" * 100_000,
                    b"[" + b"a." * 100_000 + b"a]", b"a." * 100_000 + b"a = 1",
                    (b"a" + b".a" * 90 + b" = [\n{") * 100, b"jobs = 1e400", b"jobs = 99999999999999999999", b"jobs = -1",
                    b'color = "' + b"x" * (1 << 20) + b'"', b'report = ["json=/dev/full\x1b[31m"]', b"jobs = {a = 1}",
                    b'"\\u001b[31m\\u202e" = 1', b"jobs = nan", b"time-limit = 1979-05-27T07:32:00Z"):
        stage.write("actorsim.toml", content)
        answer = stage.run("run", "good.yaml", expect=BAD_INPUT, megabytes=300)
        demand("error:" in answer.err and "\x1b" not in answer.err, answer)
        demand(len(answer.err) < 100_000, "a long complaint")


@fault("a file of options that is huge")
def _(stage):
    stage.write("good.yaml")
    stage.write("actorsim.toml", "")
    os.truncate(stage.folder / "actorsim.toml", 1 << 30)
    stage.run("run", "good.yaml", expect=BAD_INPUT, says="actorsim.toml: error: larger than 64 MiB", megabytes=300)
    stage.write("actorsim.toml", "# x\n" * (1 << 20) + "jobs = 1\n")
    stage.run("run", "good.yaml", expect=OK, megabytes=300)


@fault("a file of options that is no file, or closed")
def _(stage):
    stage.write("good.yaml")
    path = stage.folder / "actorsim.toml"
    for make in (path.mkdir, lambda: os.mkfifo(path), lambda: os.symlink("/dev/zero", path),
                 lambda: os.symlink("nowhere", path), lambda: os.symlink(path.name, path)):
        make()
        stage.run("run", "good.yaml", expect=(OK, BAD_INPUT))
        path.rmdir() if path.is_dir() else path.unlink()
    stage.write("actorsim.toml", "jobs = 1\n").chmod(0)
    stage.run("run", "good.yaml", expect=BAD_INPUT, as_nobody=True,
              says="actorsim.toml: error: cannot be read: Permission denied")


@fault("variables that are hostile")
def _(stage):
    stage.write("good.yaml")
    for name, value in (("ACTORSIM_JOBS", "9" * 100_000), ("ACTORSIM_JOBS", "\x1b[31m"), ("ACTORSIM_FILTER", "(" * 10_000),
                        ("ACTORSIM_FILTER", "(a*)*(a*)*b" * 10), ("ACTORSIM_COLOR", "\u202e"),
                        ("ACTORSIM_JOB\x1b[31m", "1"), ("ACTORSIM_REPORT", "json=\x1b[31m/x")):
        answer = stage.run("run", "good.yaml", environment={name: value})
        demand(answer.code in (OK, BAD_INPUT), answer)
        demand("\x1b" not in answer.err and "\u202e" not in answer.err, answer)
        demand(len(answer.err) < 10_000, f"{len(answer.err)} bytes of complaints: {answer}")
