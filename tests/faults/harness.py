"""Running the program under a fault, with bounds on its time, its memory and what it prints."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

PASSES = "actorsim: 1\nchains: [A -> B]\n"
FAILS = "actorsim: 1\nchains: [A -> A]\n"
# Never comes to an end by itself, within any time that a test has.
ENDLESS = ("actorsim: 1\nname: endless\nchains: [A -> B]\nuntil: 1000000h\nlimits: {calls: 1e12}\n"
           "start: [{timer: A/1.m1, every: 1ms}]\n")

OK, FAILED, BAD_INPUT, INCONCLUSIVE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130

MOST_SECONDS = 120  # of one run, on a machine that has other things to do: a hang, if it takes longer
MOST_MEGABYTES = 2000
MOST_PRINTED = 1 << 20

NOBODY = 65534


class Wrong(Exception):
    """What the program did and should not have done."""


class Skipped(Exception):
    """Why a fault cannot be injected here."""


def demand(holds, what):
    if not holds:
        raise Wrong(what)


class Answer:
    def __init__(self, code, out, err, seconds, megabytes):
        self.code, self.out, self.err = code, out, err
        self.seconds, self.megabytes = seconds, megabytes

    def __str__(self):
        return f"exit code {self.code}, after {self.seconds:.1f} s, {self.megabytes} MB\n{self.out[-1000:]}{self.err[-1000:]}"


FAULTS = []  # (topic, name, function)


def fault(name):
    """Registers a function of a Stage, which injects one fault."""
    def register(function):
        FAULTS.append((function.__module__, name, function))
        return function
    return register


def holds_text(path, text):
    """Without having all of a large file in memory, which would count as memory of whoever is started next."""
    last = b""
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            if text in last + piece:
                return True
            last = piece[-len(text):]
    return False


class Program:
    def __init__(self, path):
        self.path = Path(path).resolve()
        self.has_sanitizers = holds_text(self.path, b"__asan_init")
        self.is_root = os.geteuid() == 0


class Stage:
    """A folder, empty at first, and the program in it."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = Path(folder)
        self.environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8",
                            "HOME": str(folder), "TERM": "xterm"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def write(self, name, content=PASSES):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def read(self, name):
        return (self.folder / name).read_text(errors="replace")

    def names(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())

    def skip_with_sanitizers(self, why="the address sanitizer needs more address space than is left to it"):
        if self.program.has_sanitizers:
            raise Skipped(why)

    def start(self, *arguments, closed=(), limits=None, as_nobody=False, environment=None, **streams):
        """A process; `closed`: descriptors, `limits`: of `resource`, both for it alone."""
        def prepare():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            for what, most in (limits or {}).items():
                hard = resource.getrlimit(what)[1]
                bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(what, (bound, hard if what == resource.RLIMIT_STACK else bound))
            for descriptor in closed:
                os.close(descriptor)
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL,
                   "cwd": self.folder, "env": {**self.environment, **(environment or {})}, **streams}
        if as_nobody and self.program.is_root:
            options.update(user=NOBODY, group=NOBODY, extra_groups=[])
        if closed or limits:
            options["preexec_fn"] = prepare
        return subprocess.Popen([str(self.program_for(as_nobody)), *map(str, arguments)], **options)

    def program_for(self, as_nobody):
        """The program, where whoever runs it may read it."""
        if not as_nobody or not self.program.is_root:
            return self.program.path
        reachable = all(parent.stat().st_mode & 0o001 for parent in self.program.path.parents)
        if reachable:
            return self.program.path
        copy = self.folder.parent / "program"
        if not copy.exists():
            shutil.copy(self.program.path, copy)
            copy.chmod(0o755)
        return copy

    def run(self, *arguments, expect=None, says=(), seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES, on_start=None,
            **others):
        """Runs it to its end. `expect`: the exit code, or several; `says`: texts on standard error."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            began = time.monotonic()
            process = self.start(*arguments, **{"stdout": out, "stderr": err, **others})
            watchdog = threading.Timer(seconds, process.kill)
            watchdog.start()
            if on_start:
                on_start(process)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            was_killed = not watchdog.is_alive()
            watchdog.cancel()
            texts = []
            for stream in (out, err):
                stream.seek(0)
                texts.append(stream.read().decode(errors="replace"))
        answer = Answer(process.returncode, *texts, time.monotonic() - began, usage.ru_maxrss // 1024)
        self.judge(answer, was_killed, expect, says, megabytes)
        return answer

    def judge(self, answer, was_killed, expect, says, megabytes):
        demand(not was_killed, f"it hangs: {answer}")
        demand("AddressSanitizer" not in answer.err and "runtime error:" not in answer.err, f"a sanitizer: {answer}")
        demand("LeakSanitizer" not in answer.err, f"a leak: {answer}")
        demand(answer.code != INTERNAL or expect == INTERNAL, f"it takes it for a bug: {answer}")
        if not self.program.has_sanitizers:
            demand(answer.megabytes <= megabytes, f"more than {megabytes} MB: {answer}")
        demand(len(answer.out) + len(answer.err) <= MOST_PRINTED, f"it prints too much: {answer}")
        if expect is not None:
            codes = expect if isinstance(expect, tuple) else (expect,)
            demand(answer.code in codes, f"expected exit code {expect}: {answer}")
        for text in (says,) if isinstance(says, str) else says:
            demand(text in answer.err, f"does not say {text!r}: {answer}")

    def demand_no_parts(self):
        parts = [name for name in self.names() if name.endswith(".part")]
        demand(not parts, f"left behind: {parts}")


@contextlib.contextmanager
def stage(program):
    """Others may enter the folder, so that the program can run as somebody else."""
    outer = tempfile.mkdtemp(prefix="actorsim-faults-")
    os.chmod(outer, 0o755)
    folder = os.path.join(outer, "stage")
    os.mkdir(folder)
    os.chmod(folder, 0o777)
    try:
        yield Stage(program, folder)
    finally:
        for path, _, _ in os.walk(outer):
            with contextlib.suppress(OSError):
                os.chmod(path, 0o777)
        shutil.rmtree(outer, ignore_errors=True)


def wait_until(holds, seconds=MOST_SECONDS):
    end = time.monotonic() + seconds
    while not holds():
        demand(time.monotonic() < end, "what was waited for does not happen")
        time.sleep(0.005)


def end_of(process, seconds=MOST_SECONDS):
    """The exit code of a process that is about to end."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise Wrong("it hangs") from None


def was_ended_by(code, number):
    """Ended by the signal, or by itself because of it."""
    return code in (-number, INTERRUPTED)


def heed_signals():
    """Whoever starts tests in the background may ignore these, which programs that are started inherit."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
