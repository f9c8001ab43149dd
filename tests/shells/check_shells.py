#!/usr/bin/env python3
"""Completions in real shells, and the manual page in real formatters: check_shells.py ACTORSIM. See README.md.

Each shell is asked what it would offer for a command line. Exit code 77: a shell or formatter is not installed.
"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
TIMEOUT = 60

BASH_DRIVER = r"""
source completions.bash
# The words as readline splits them: '=' stands alone.
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
compopt() { :; }
_actorsim
printf '%s\n' "${COMPREPLY[@]}"
"""

ZSH_SETUP = r"""
PROMPT= RPROMPT= unsetopt=
fpath=($PWD $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
  local -a offered
  builtin compadd -O offered "$@"
  (($#offered)) && print -rl -- $offered >>offers
  builtin compadd "$@"
}
show-buffer() { print -r -- "$BUFFER" >buffer; BUFFER= }
zle -N show-buffer
bindkey '^X' show-buffer
unsetopt beep list_beep
print ready >ready
"""


class Bash:
    def __init__(self, folder):
        self.folder = folder
        write(folder, "completions.bash", generate("bash"))
        write(folder, "driver.bash", BASH_DRIVER)

    def offers(self, line):
        words = line.replace("=", " = ").split(" ") if "=" in line else line.split(" ")
        answer = run(["bash", "driver.bash", *words], cwd=self.folder)
        return set(answer.stdout.split("\n")) - {""}


class Zsh:
    """An interactive shell on a terminal of its own; what completion adds is written into a file."""

    def __init__(self, folder):
        self.folder = folder
        write(folder, "_actorsim", generate("zsh"))
        write(folder, ".zshrc", ZSH_SETUP)
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.environ.update({"ZDOTDIR": folder, "TERM": "dumb", "LC_ALL": "C.UTF-8"})
            os.execvp("zsh", ["zsh", "-i"])
        self.wait_for("ready")

    def offers(self, line):
        for name in ("offers", "buffer"):
            if os.path.exists(os.path.join(self.folder, name)):
                os.remove(os.path.join(self.folder, name))
        os.write(self.terminal, line.encode() + b"\t\x18")
        self.wait_for("buffer")
        offered = set(read(self.folder, "offers").split("\n")) - {""}
        completed = read(self.folder, "buffer").rstrip("\n")
        return offered | ({completed.split(" ")[-1].strip()} if completed.strip() != line.strip() else set())

    def wait_for(self, name):
        end = time.monotonic() + TIMEOUT
        while not os.path.exists(os.path.join(self.folder, name)) or not read(self.folder, name):
            if time.monotonic() > end:
                raise SystemExit(f"zsh does not answer: no {name}")
            if select.select([self.terminal], [], [], 0.05)[0]:
                os.read(self.terminal, 65536)  # so that it can go on writing


class Fish:
    def __init__(self, folder):
        self.folder = folder
        write(folder, "completions.fish", generate("fish"))

    def offers(self, line):
        script = "source completions.fish; complete -C " + "'" + line.replace("'", "\\'") + "'"
        answer = run(["fish", "--no-config", "-c", script], cwd=self.folder, env={"HOME": self.folder})
        return {text.split("\t")[0] for text in answer.stdout.split("\n")} - {""}


def generate(shell):
    return run([PROGRAM, "completions", shell]).stdout


def run(command, cwd=None, env=None):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}
    answer = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=TIMEOUT,
                            stdin=subprocess.DEVNULL)
    if answer.stderr:
        raise SystemExit(f"{command}: {answer.stderr}")
    return answer


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def read(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def make_files(folder):
    for name in ("shop.yaml", "shelf.json", "shed.txt", "sub/inner.yml"):
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        write(folder, name, "")


# A command line, what must be offered, and what must not be.
EXPECTED = [
    ("actorsim ", {"run", "ask", "explore", "explain", "completions", "help"}, {"shop.yaml", "--set"}),
    ("actorsim ex", {"explore", "explain"}, {"run"}),
    ("actorsim run --max-", {"--max-states", "--max-memory", "--max-failures"}, {"--set", "--goal"}),
    ("actorsim explore --go", {"--goal"}, set()),
    ("actorsim ask --ma", set(), {"--max-states"}),
    ("actorsim run --color ", {"auto", "always", "never"}, {"run"}),
    ("actorsim run --color=n", {"never", "--color=never"}, {"auto", "--color=auto"}),
    ("actorsim run --error-format ", {"long", "short", "json"}, set()),
    ("actorsim run --dapr 1.1", {"1.14", "1.18"}, {"1.2", "docs"}),
    ("actorsim run --dapr 1.14,1.1", {"1.15", "1.14,1.15"}, {"1.2", "1.14,1.2"}),
    ("actorsim run --reduction movers,s", {"stubborn", "movers,stubborn"}, {"all", "movers,all"}),
    ("actorsim run --report ", {"json", "pretty"}, {"shop.yaml"}),
    ("actorsim run --report json=she", {"shed.txt", "json=shed.txt"}, {"shop.yaml", "json=shop.yaml"}),
    ("actorsim explore --report h", {"html"}, {"json"}),
    ("actorsim compare --report ", {"json", "pretty"}, {"html"}),
    ("actorsim explore --goal d", {"deadlock"}, {"verdicts"}),
    ("actorsim graph --format m", {"mermaid", "murphi"}, {"promela"}),
    ("actorsim run sh", {"shop.yaml", "shelf.json"}, {"shed.txt"}),
    ("actorsim run --ascii su", {"sub", "sub/"}, {"shop.yaml"}),
    ("actorsim run --config she", {"shed.txt"}, {"shop.yaml"}),
    ("actorsim completions ", {"bash", "zsh", "fish"}, {"shop.yaml"}),
    ("actorsim schema ", {"scenario", "report"}, {"shop.yaml"}),
    ("actorsim explain dead", {"deadlock"}, {"run"}),
    ("actorsim init --example ", {"call-back", "crossing"}, set()),
]

# Where a shell may offer more, or says the same in another way: only one of these words has to be there.
ANY_OF = [{"never", "--color=never"}, {"1.15", "1.14,1.15"}, {"stubborn", "movers,stubborn"}, {"sub", "sub/"},
          {"shed.txt", "json=shed.txt"}]


def check_shell(name, shell):
    failures = 0
    for line, wanted, unwanted in EXPECTED:
        offered = shell.offers(line)
        missing = wanted - offered
        for alternatives in ANY_OF:
            if alternatives & offered:
                missing -= alternatives
        wrong = unwanted & offered
        if missing or wrong:
            failures += 1
            print(f"{name}: {line!r}: missing {sorted(missing)}, wrong {sorted(wrong)}, offered {sorted(offered)}")
    print(f"{name}: {len(EXPECTED)} command lines, {failures} wrong")
    return failures


def check_manual(folder):
    write(folder, "actorsim.1", run([PROGRAM, "man"]).stdout)
    failures = 0
    for command in (["mandoc", "-T", "lint", "actorsim.1"],
                    ["groff", "-man", "-Tutf8", "-ww", "-z", "actorsim.1"]):
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT)
        said = answer.stdout + answer.stderr
        if said:
            failures += 1
            print(f"{command[0]}: {said}")
    page = run(["mandoc", "-T", "ascii", "actorsim.1"], cwd=folder).stdout
    page = re.sub(".\b", "", page)  # bold is printed twice
    for text in ("ACTORSIM_MAX_STATES", "actorsim.toml", "EXIT STATUS", "CLICOLOR_FORCE"):
        if text not in page:
            failures += 1
            print(f"the manual does not speak of {text}")
    print(f"manual: {len(page.splitlines())} lines, {failures} wrong")
    return failures


def main():
    missing = [tool for tool in ("bash", "zsh", "fish", "mandoc", "groff") if shutil.which(tool) is None]
    if missing:
        print("not installed:", ", ".join(missing))
        sys.exit(77)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        make_files(folder)
        for shell in (Bash, Zsh, Fish):
            failures += check_shell(shell.__name__.lower(), shell(folder))
        failures += check_manual(folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
