"""What is no file, is gone, leads out, or changes meanwhile."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading

from harness import (BAD_INPUT, ENDLESS, FAILED, INTERRUPTED, OK, PASSES, demand, end_of, fault, wait_until,
                     was_ended_by)

SECRET = "secret: swordfish\n"


# ---- no files -------------------------------------------------------------------------------------------------------

@fault("a pipe that nobody writes to")
def _(stage):
    os.mkfifo(stage.folder / "pipe.yaml")
    stage.run("run", "pipe.yaml", expect=BAD_INPUT, says="pipe.yaml: error: this is a pipe, not a file")


@fault("a pipe in a folder")
def _(stage):
    stage.write("folder/good.yaml")
    os.mkfifo(stage.folder / "folder/pipe.yaml")
    stage.run("run", "folder", expect=OK)


@fault("a socket")
def _(stage):
    with socket.socket(socket.AF_UNIX) as listening:
        there = os.getcwd()
        os.chdir(stage.folder)  # the name of a socket is short
        try:
            listening.bind("socket.yaml")
        finally:
            os.chdir(there)
        stage.run("run", "socket.yaml", expect=BAD_INPUT, says="this is a socket, not a file")


@fault("devices")
def _(stage):
    for device in ("/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "/dev/random"):
        stage.run("run", device, expect=BAD_INPUT, says="this is a device, not a file")


@fault("a link to a device in a folder")
def _(stage):
    stage.write("folder/good.yaml")
    os.symlink("/dev/zero", stage.folder / "folder/zero.yaml")
    stage.run("run", "folder", expect=OK)


@fault("a pipe, a device and a folder where a scenario names a file")
def _(stage):
    os.mkfifo(stage.folder / "pipe.yaml")
    os.mkdir(stage.folder / "folder.yaml")
    os.symlink("/dev/zero", stage.folder / "zero.yaml")
    for name, reason in (("pipe", "is a pipe, not a file"), ("folder", "is a folder, not a file"),
                         ("zero", "leads out of the folder")):
        stage.write("scenario.yaml", f"actorsim: 1\nconfiguration: {name}.yaml\nchains: [A -> B]\n")
        stage.run("run", "scenario.yaml", expect=BAD_INPUT, says=reason)


@fault("a folder named like a scenario")
def _(stage):
    os.mkdir(stage.folder / "folder.yaml")
    stage.run("run", "folder.yaml", expect=BAD_INPUT, says="no scenario in this folder")


@fault("a pipe as the file of options")
def _(stage):
    stage.write("good.yaml")
    os.mkfifo(stage.folder / "options.toml")
    stage.run("run", "--config", "options.toml", "good.yaml", expect=BAD_INPUT, says="this is a pipe, not a file")


@fault("a device and a folder as the file of options")
def _(stage):
    stage.write("good.yaml")
    stage.run("run", "--config", "/dev/zero", "good.yaml", expect=BAD_INPUT, says="this is a device, not a file")
    stage.run("run", "--config", ".", "good.yaml", expect=BAD_INPUT, says="Is a directory")


# ---- gone, or not for everybody -------------------------------------------------------------------------------------

@fault("a file that may not be read")
def _(stage):
    stage.write("folder/closed.yaml").chmod(0)
    stage.write("folder/open.yaml")
    for name in ("folder", "folder/closed.yaml"):
        stage.run("run", name, expect=BAD_INPUT, says="closed.yaml: error: cannot be read: Permission denied",
                  as_nobody=True)


@fault("a folder that may not be read")
def _(stage):
    stage.write("folder/closed/good.yaml")
    stage.write("folder/open.yaml")
    (stage.folder / "folder/closed").chmod(0)
    stage.run("run", "folder", expect=BAD_INPUT, says="folder/closed: error: cannot be read: Permission denied",
              as_nobody=True)
    stage.run("run", "folder/closed/good.yaml", expect=BAD_INPUT, says="Permission denied", as_nobody=True)


@fault("a current folder that may not be read")
def _(stage):
    stage.write("good.yaml")
    (stage.folder / "closed").mkdir()
    (stage.folder / "closed").chmod(0o311)
    stage.run("run", "../good.yaml", expect=OK, cwd=stage.folder / "closed", as_nobody=True)


@fault("a current folder that is gone")
def _(stage):
    stage.write("good.yaml")
    gone = stage.folder / "gone"
    gone.mkdir()
    program = [stage.program.path, "run"]
    script = 'rmdir "$PWD" && "$0" "$@"; echo "exit code $?"'
    answer = subprocess.run(["sh", "-c", script, *program, "."], cwd=gone, env=stage.environment, timeout=120,
                            capture_output=True, text=True)
    demand("exit code 2" in answer.stdout and "error:" in answer.stderr, answer)


@fault("a file that is gone between finding and reading it")
def _(stage):
    # One at a time, in order: the first line that is printed shows that the folder has been read.
    stage.write("folder/1.yaml")
    stage.write("folder/2.yaml", ENDLESS.replace("1e12", "2e6"))
    stage.write("folder/3.yaml")
    stage.write("folder/4.yaml")
    process = stage.start("run", "folder", "--jobs", "1", "--report", "jsonl", stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    first = process.stdout.readline()
    (stage.folder / "folder/3.yaml").unlink()
    out, err = process.communicate(timeout=120)
    demand(b'"folder/1.yaml"' in first and b'"folder/4.yaml"' in out, out)
    demand(process.returncode == BAD_INPUT, process.returncode)
    demand(b"folder/3.yaml: error: cannot be read: No such file or directory" in err, err)


@fault("a file that becomes a pipe between finding and reading it")
def _(stage):
    stage.write("folder/1.yaml")
    stage.write("folder/2.yaml", ENDLESS.replace("1e12", "2e6"))
    stage.write("folder/3.yaml")
    process = stage.start("run", "folder", "--jobs", "1", "--report", "jsonl", stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    process.stdout.readline()
    (stage.folder / "folder/3.yaml").unlink()
    os.mkfifo(stage.folder / "folder/3.yaml")
    try:
        _, err = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        demand(False, "it waits for somebody to write into the pipe")
    # Where it was looked at before, it is told; else it is passed over, as pipes in folders are.
    is_told = b"folder/3.yaml: error: cannot be read: this is a pipe, not a file" in err
    demand(is_told or b"folder/3.yaml" not in err, err)


@contextlib.contextmanager
def meanwhile(work):
    """Calls `work` again and again, beside."""
    is_over = threading.Event()

    def repeat():
        while not is_over.is_set():
            work()
    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@fault("a file that changes while it is read")
def _(stage):
    path = stage.write("changing.yaml")
    long = PASSES + "# " + "x" * 1_000_000 + "\n"

    def change():
        for text in (PASSES, long, ""):
            path.write_text(text)
    with meanwhile(change):
        for _ in range(20):
            stage.run("run", "changing.yaml", expect=(OK, BAD_INPUT), megabytes=300)


@fault("files that come and go in a folder that is read")
def _(stage):
    for number in range(20):
        stage.write(f"folder/{number % 3}/stays-{number}.yaml")
    flicker = stage.folder / "folder/1/flickers"

    def change():
        flicker.mkdir()
        (flicker / "a.yaml").write_text(PASSES)
        (flicker / "a.yaml").unlink()
        flicker.rmdir()
    with meanwhile(change):
        for _ in range(20):
            answer = stage.run("run", "folder", expect=(OK, BAD_INPUT))
            demand("20 passed" in answer.out or "21 passed" in answer.out, answer)


# ---- links ----------------------------------------------------------------------------------------------------------

@fault("a link that leads nowhere")
def _(stage):
    (stage.folder / "folder").mkdir()
    os.symlink("nowhere.yaml", stage.folder / "folder/link.yaml")
    stage.write("folder/good.yaml")
    stage.run("run", "folder/link.yaml", expect=BAD_INPUT, says="this link leads nowhere")
    stage.run("run", "folder", expect=BAD_INPUT, says="folder/link.yaml: error: cannot be read")


@fault("links in a circle")
def _(stage):
    os.symlink("b.yaml", stage.folder / "a.yaml")
    os.symlink("a.yaml", stage.folder / "b.yaml")
    stage.run("run", "a.yaml", expect=BAD_INPUT, says="Too many levels of symbolic links")
    stage.run("run", ".", expect=BAD_INPUT, says="Too many levels of symbolic links")
    stage.run("run", "a.yaml/../*.yaml", expect=BAD_INPUT, says="error:")


@fault("a folder with a link to itself")
def _(stage):
    stage.write("folder/good.yaml")
    os.symlink(".", stage.folder / "folder/again")
    os.symlink("..", stage.folder / "folder/up")
    for argument in ("folder", "folder/**/*.yaml"):
        answer = stage.run("run", argument, expect=OK)
        demand("1 passed" in answer.out, answer)


@fault("folders 300 deep")
def _(stage):
    stage.write("/".join(["folder"] * 300) + "/good.yaml")
    answer = stage.run("run", ".", expect=OK)
    demand("1 passed" in answer.out, answer)


def names_file(stage, path, *says, code=BAD_INPUT, argument="inside/scenario.yaml"):
    for key in ("configuration", "config"):
        stage.write("inside/scenario.yaml", f"actorsim: 1\n{key}: {path}\nchains: [A -> B]\n")
        answer = stage.run("run", argument, expect=code, says=says)
        demand("swordfish" not in answer.out + answer.err, f"it reads what is outside: {answer}")


@fault("a scenario that names a file outside")
def _(stage):
    stage.write("outside.yaml", SECRET)
    names_file(stage, "../outside.yaml", "leads out of the folder")
    names_file(stage, "x/../../outside.yaml", "leads out of the folder")
    names_file(stage, stage.folder / "outside.yaml", "is no path relative to this file")


@fault("a scenario that names a link to a file outside")
def _(stage):
    stage.write("outside.yaml", SECRET)
    (stage.folder / "inside").mkdir()
    os.symlink("../outside.yaml", stage.folder / "inside/link.yaml")
    os.symlink("link.yaml", stage.folder / "inside/second.yaml")
    names_file(stage, "link.yaml", "leads out of the folder")
    names_file(stage, "second.yaml", "leads out of the folder")
    names_file(stage, "link.yaml", "leads out of the folder", argument="inside")


@fault("a scenario that names a file through a link to a folder outside")
def _(stage):
    stage.write("outside/secret.yaml", SECRET)
    (stage.folder / "inside").mkdir()
    os.symlink("../outside", stage.folder / "inside/link")
    names_file(stage, "link/secret.yaml", "leads out of the folder")
    names_file(stage, "link/../outside/secret.yaml", "leads out of the folder")


@fault("a folder that is named like the beginning of another")
def _(stage):
    stage.write("inside-not/secret.yaml", SECRET)
    names_file(stage, "../inside-not/secret.yaml", "leads out of the folder")


@fault("a scenario that names a link into its own folder")
def _(stage):
    stage.write("inside/real/options.yaml", "{reentrancy: {enabled: true}}\n")
    os.symlink("real/options.yaml", stage.folder / "inside/link.yaml")
    stage.write("inside/scenario.yaml", "actorsim: 1\nconfig: link.yaml\nchains: [A -> A]\n")
    answer = stage.run("run", "inside/scenario.yaml", expect=(OK, FAILED, BAD_INPUT))
    demand("leads out" not in answer.err, answer)


@fault("a folder that becomes a link to one outside while a scenario names it")
def _(stage):
    stage.write("outside/it.yaml", SECRET)
    stage.write("inside/real/it.yaml", "harmless: 1\n")
    link, real, aside = (stage.folder / "inside" / name for name in ("folder", "real", "aside"))
    real.rename(link)
    stage.write("inside/scenario.yaml", "actorsim: 1\nscenarios:\n" + "".join(
        f"  - {{name: s{number}, configuration: folder/../folder/it.yaml, chains: [A -> B]}}\n" for number in range(3)))

    def change():
        link.rename(aside)
        os.symlink("../outside", link)
        link.unlink()
        aside.rename(link)
    with meanwhile(change):
        for _ in range(60):
            answer = stage.run("run", "inside/scenario.yaml", expect=(OK, BAD_INPUT))
            demand("swordfish" not in answer.out + answer.err, f"it reads what is outside: {answer}")


# ---- standard input -------------------------------------------------------------------------------------------------

@fault("standard input without an end")
def _(stage):
    with open("/dev/zero", "rb") as zeros:
        stage.run("run", "-", stdin=zeros, expect=BAD_INPUT, says="<stdin>: error: larger than 64 MiB", megabytes=400)


@fault("standard input that says nothing, and an interrupt")
def _(stage):
    for command in ("run", "explore", "check", "compare", "list", "graph"):
        reading, writing = os.pipe()
        with open(reading, "rb") as silent, open(writing, "wb"):
            process = stage.start(command, "-", stdin=silent)
            wait_until(lambda: process.poll() is not None or is_waiting(process.pid))
            process.send_signal(signal.SIGINT)
            code = end_of(process)
        demand(was_ended_by(code, signal.SIGINT) or code == INTERRUPTED, f"{command}: exit code {code}")


def is_waiting(pid):
    """Does the process sleep?"""
    with contextlib.suppress(OSError, IndexError):
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "S"
    return True


@fault("standard input that is closed, or a folder")
def _(stage):
    stage.run("run", "-", closed=[0], expect=BAD_INPUT, says="<stdin>: error: cannot be read")
    folder = os.open(stage.folder, os.O_RDONLY)
    try:
        stage.run("run", "-", stdin=folder, expect=BAD_INPUT, says="<stdin>: error:")
    finally:
        os.close(folder)


# ---- --watch --------------------------------------------------------------------------------------------------------

def watched(stage, argument, changes):
    """Watches; each change must lead to one of its texts on either stream. Then an interrupt ends it."""
    log = stage.folder / "log"
    with open(log, "wb") as out:
        process = stage.start("run", argument, "--watch", stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: b"watching" in log.read_bytes())
        for change, text in changes:
            before = len(log.read_bytes())
            change()
            wait_until(lambda: text in log.read_bytes()[before:] and b"watching" in log.read_bytes()[before:])
        process.send_signal(signal.SIGINT)
        demand(end_of(process) == INTERRUPTED, "not 130")
    finally:
        process.kill()
        process.wait()


@fault("a watched file that goes and comes again")
def _(stage):
    path = stage.write("folder/it.yaml")
    watched(stage, "folder/it.yaml", [(path.unlink, b"there is no such file"),
                                      (lambda: path.write_text(PASSES), b"1 passed")])


@fault("a watched folder that goes and comes again")
def _(stage):
    path = stage.write("folder/it.yaml")
    watched(stage, "folder", [(lambda: shutil.rmtree(path.parent), b"there is no such file or folder"),
                              (lambda: stage.write("folder/it.yaml"), b"1 passed")])


@fault("a watched file that becomes a pipe")
def _(stage):
    path = stage.write("it.yaml")

    def change():
        path.unlink()
        os.mkfifo(path)
    watched(stage, "it.yaml", [(change, b"this is a pipe, not a file")])
