#!/usr/bin/env python3
"""What other tools take from the repository: the GitHub Action, the hooks for pre-commit, the Dockerfile, the manifest
for vcpkg, CMake's presets. Their form is checked, and what they run is run, as far as that goes without those tools.

    check_integrations.py REPOSITORY PROGRAM

Takes the Debian package python3-yaml.
"""

import fnmatch
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

try:
    import yaml
except ImportError as error:
    # Debian's packages are there for Debian's interpreter only; another may come first in PATH.
    if os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3") and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    sys.exit(f"{error}: install what Debian calls python3-yaml")

from support import end, expect, expect_equal, fenced_blocks, run, version_of

GOOD = "actorsim: 1\nname: good\nchains: [A -> B]\n"
BAD = "actorsim: 1\nname: '</pre><script>alert(1)</script> & ```'\nchains: [A -> A]\n"
WRONG = "actorsim: 1\nchain: [A -> B]\n"


def main(repository, program):
    repository, program = Path(repository), Path(program).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        check_action(repository, program, folder)
        check_hooks(repository, program, folder)
        check_dockerfile(repository, folder)
    check_vcpkg(repository)
    check_presets(repository)
    end()


# ---- the GitHub Action -----------------------------------------------------------------------------------------------


def check_action(repository, program, folder):
    action = yaml.safe_load((repository / "action.yml").read_text(encoding="utf-8"))
    expect(set(action) == {"name", "description", "branding", "inputs", "outputs", "runs"}, "the keys of action.yml")
    expect_equal(sorted(action["inputs"]), ["args", "paths", "report", "version"], "the inputs of the action")
    for name, value in action["inputs"].items():
        expect(set(value) == {"description", "default"} and isinstance(value["default"], str), f"the input {name}")
    expect_equal(action["runs"]["using"], "composite", "what the action runs as")
    get, start = action["runs"]["steps"]
    for step in get, start:
        expect(set(step) == {"name", "id", "shell", "env", "run"} and step["shell"] == "bash", f"step {step['name']}")
        expect("${{" not in step["run"], f"step {step['name']}: nothing is filled into the script")
        for name in step["env"]:
            expect(re.search(rf"\${{?{name}\b", step["run"]), f"step {step['name']}: {name} is used")
        check_shell(step["run"], step["name"])
    everything = str(action["runs"]["steps"])
    for name in action["inputs"]:
        expect(f"${{{{ inputs.{name} }}}}" in everything, f"the input {name} is used")
    expect_equal(action["outputs"]["exit-code"]["value"], "${{ steps.run.outputs.exit-code }}", "the output")

    documented = "".join(fenced_blocks((repository / "README.md").read_text(encoding="utf-8"), "yaml"))
    used = re.search(r"uses: \S+/actorsim@v(\S+)\n +with:\n((?: +[\w-]+:.*\n)+)", documented)
    expect(used is not None, "README.md shows the action")
    if used:
        expect_equal(used[1], version_of(repository), "the version of the action in README.md")
        shown = set(re.findall(r"^ +([\w-]+):", used[2], re.MULTILINE))
        expect(shown <= set(action["inputs"]), f"README.md uses inputs that there are: {shown}")

    check_getting(get["run"], program, folder)
    check_running(start["run"], program, folder)


def check_shell(script, name):
    if shutil.which("shellcheck") is None:
        return
    result = subprocess.run(["shellcheck", "--shell=bash", "-"], input=script, text=True, capture_output=True)
    expect(result.returncode == 0, f"shellcheck of step {name}:\n{result.stdout}")


class Step:
    """A script of the action with what a runner gives it."""

    def __init__(self, script, folder):
        self.script, self.folder = script, folder
        folder.mkdir()
        self.output, self.summary = folder / "output", folder / "summary"
        self.temp = folder / "temp"
        self.temp.mkdir()

    def run(self, **env):
        self.output.write_text("")
        if not self.summary.exists():
            self.summary.write_text("")
        return run("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", self.script, may_fail=True,
                   cwd=self.folder, env={"GITHUB_OUTPUT": str(self.output), "GITHUB_STEP_SUMMARY": str(self.summary),
                                         "RUNNER_TEMP": str(self.temp), **env})

    def outputs(self):
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


def check_getting(script, program, folder):
    step = Step(script, folder / "get")
    # Built from the sources, by a dev that does as if.
    action = folder / "_actions/somebody/actorsim/main"
    (action / "build/release").mkdir(parents=True)
    (action / "build/release/actorsim").symlink_to(program)
    (action / "dev").write_text('#!/bin/sh\n[ "$1" = schema ] && [ -z "$BROKEN" ]\n')
    (action / "dev").chmod(0o755)
    here = {"GITHUB_ACTION_PATH": str(action), "VERSION": "", "REPOSITORY": "", "BROKEN": ""}
    result = step.run(**here)
    expect_equal(result.returncode, 0, f"building from the sources:\n{result.stdout}")
    expect_equal(step.outputs().get("program"), str(action / "build/release/actorsim"), "the program that was built")
    result = step.run(**{**here, "BROKEN": "yes"})
    expect(result.returncode != 0 and "::error::actorsim: cannot be built" in result.stdout, "a build that fails")

    # Downloaded. The files are laid out as the releases of a repository are.
    if shutil.which("curl") is None:
        return
    name = f"actorsim-0.1.0-{os.uname().sysname}-{os.uname().machine}"
    releases = folder / "server/somebody/actorsim/releases/download/v0.1.0"
    releases.mkdir(parents=True)
    with tarfile.open(releases / f"{name}.tar.gz", "w:gz") as tar:
        tar.add(program, f"{name}/bin/actorsim")
    digest = hashlib.sha256((releases / f"{name}.tar.gz").read_bytes()).hexdigest()
    checksum = releases / f"{name}.tar.gz.sha256"
    checksum.write_text(f"{digest}  {name}.tar.gz\n")
    there = {**here, "VERSION": "0.1.0", "GITHUB_SERVER_URL": f"file://{folder}/server"}
    for repository in "somebody/actorsim", "":
        result = step.run(**{**there, "REPOSITORY": repository})
        expect_equal(result.returncode, 0, f"downloading:\n{result.stdout}")
        got = step.outputs().get("program", "")
        expect(got.startswith(str(step.temp)) and os.access(got, os.X_OK), f"the program that was downloaded: {got}")
    for what, env in {
        "is not like 0.1.0": {"VERSION": "v0.1.0"},
        "'version' is not like": {"VERSION": "0.1.0/../../x"},
        "cannot download": {"VERSION": "0.1.9"},
        "cannot tell whose releases": {"GITHUB_ACTION_PATH": str(folder)},
    }.items():
        result = step.run(**{**there, **env})
        expect(result.returncode != 0 and what in result.stdout, f"{env}: {what}, not:\n{result.stdout}")
        expect("program" not in step.outputs(), f"{env}: no program")
    checksum.write_text(f"{'0' * 64}  {name}.tar.gz\n")
    result = step.run(**there)
    expect(result.returncode != 0 and "not what its checksum says" in result.stdout, "a download that was changed")


def check_running(script, program, folder):
    env = {"PROGRAM": str(program), "PATHS": "", "REPORTS": "", "ARGS": ""}

    def case(name, **changes):
        step = Step(script, folder / name)
        (step.folder / "with blank").mkdir()
        (step.folder / "with blank/good.yaml").write_text(GOOD)
        (step.folder / "bad.yaml").write_text(BAD)
        (step.folder / "-v.yaml").write_text(GOOD)
        result = step.run(**{**env, **changes})
        expect_equal(step.outputs(), {"exit-code": str(result.returncode)}, f"{name}: outputs\n{result.stdout}")
        return step, result

    step, result = case("one", PATHS="  with blank/good.yaml \r\n\n-v.yaml\n", REPORTS=" json=out.json\njson=b.json",
                        ARGS="--dapr=1.14\n-v\n")
    expect_equal(result.returncode, 0, f"what holds:\n{result.stdout}")
    for name in "out.json", "b.json":
        cases = json.loads((step.folder / name).read_text())["cases"]
        expect_equal([entry["dapr"] for entry in cases], ["1.14", "1.14"], f"the cases of {name}")
    expect("2 passed" in step.summary.read_text(), "a summary")

    step, result = case("two", PATHS="bad.yaml")
    expect_equal(result.returncode, 1, f"what does not hold:\n{result.stdout}")
    summary = step.summary.read_text()
    expect("<script>" not in summary and "&lt;/pre>" not in summary and summary.count("</pre>") == 1,
           f"hostile names are text in the summary:\n{summary}")
    expect("&lt;script&gt;" in summary and "&amp;" in summary, f"hostile names are shown in the summary:\n{summary}")

    _, result = case("three", PATHS="nowhere.yaml")
    expect_equal(result.returncode, 2, f"no such file:\n{result.stdout}")

    writer = folder / "writer"
    writer.write_text('#!/bin/sh\necho mine >"$GITHUB_STEP_SUMMARY"\nexit 3\n')
    writer.chmod(0o755)
    step, result = case("four", PROGRAM=str(writer))
    expect_equal((result.returncode, step.summary.read_text()), (3, "mine\n"), "the program's own summary stays")


# ---- hooks -----------------------------------------------------------------------------------------------------------


def check_hooks(repository, program, folder):
    hooks = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    expect_equal([hook["id"] for hook in hooks], ["actorsim-check", "actorsim-check-docker", "actorsim-run"],
                 "the hooks")
    work = folder / "hooks"
    (work / "bin").mkdir(parents=True)
    (work / "bin/actorsim").symlink_to(program)
    env = {"PATH": f"{work / 'bin'}:{os.environ['PATH']}"}
    readme = (repository / "README.md").read_text(encoding="utf-8")
    for hook in hooks:
        expect(set(hook) == {"id", "name", "description", "entry", "args", "language", "types_or", "pass_filenames"},
               f"the keys of {hook['id']}")
        expect(hook["language"] in ("system", "docker"), f"the language of {hook['id']}")
        expect(hook["pass_filenames"] is False and hook["types_or"] == ["yaml", "json"], f"the files of {hook['id']}")
        expect(hook["id"] in readme, f"README.md tells of {hook['id']}")
        for text, code in (GOOD, 0), (WRONG, 2):
            (work / "checks.yaml").write_text(text)
            result = run(*hook["entry"].split(), *hook["args"], cwd=work, env=env, may_fail=True)
            expect_equal(result.returncode, code, f"{hook['id']} of\n{text}{result.stdout}")
    if shutil.which("pre-commit") is not None:
        run("pre-commit", "validate-manifest", repository / ".pre-commit-hooks.yaml")


# ---- the image -------------------------------------------------------------------------------------------------------


def check_dockerfile(repository, folder):
    text = (repository / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    instructions = [line.split(None, 1) for line in re.sub(r"\\\n", "", "\n".join(lines)).splitlines()]
    stages = [rest for word, rest in instructions if word == "FROM"]
    expect_equal(stages, ["debian:12-slim AS build", "debian:12-slim"], "the stages of the Dockerfile")
    last = instructions[max(i for i, (word, _) in enumerate(instructions) if word == "FROM"):]
    what = dict((word, rest) for word, rest in last if word != "RUN")
    expect_equal(json.loads(what["ENTRYPOINT"]), ["actorsim"], "the entry point")
    expect(re.fullmatch(r"[1-9][0-9]*", what["USER"]), "the image's user is not root, by number")
    users = [int(uid) for word, rest in last if word == "RUN" for uid in re.findall(r"useradd .*--uid (\d+)", rest)]
    expect_equal(users, [int(what["USER"])], "the user is made")
    for word, rest in instructions:
        expect(word in ("FROM", "RUN", "COPY", "WORKDIR", "USER", "ENTRYPOINT", "CMD"), f"the instruction {word}")
        if word == "RUN":
            expect("apt-get install" not in rest or ("apt-get update" in rest and "rm -rf /var/lib/apt/lists" in rest),
                   f"no lists of packages stay: {rest}")
            for stage in re.findall(r"from=(\w+)", rest):
                expect(f"debian:12-slim AS {stage}" in stages, f"the stage {stage}")

    # The same packages as dev's, but for those of the tests; where the build is told so, it makes no tests.
    dev = (repository / "dev").read_text(encoding="utf-8")
    lists = re.findall(r'^libraries="(?:\$libraries )?([^"$]*)"', dev, re.MULTILINE)
    wanted = {name for each in lists for name in each.split()} - {"catch2", "zlib1g-dev", "librapidcheck-dev"}
    wanted.add(re.search(r"boost=(libboost1\S+-dev);", dev)[1])
    installed = re.search(r"--no-install-recommends +(.*?) *&& rm", " ".join(instructions[1]), re.DOTALL)[1].split()
    expect_equal({name for name in installed if name.startswith(("lib", "nlohmann"))}, wanted, "libraries of the image")

    # What .dockerignore leaves is enough.
    context = folder / "context"
    copy_context(repository, context)
    run("cmake", "--preset", "release", "-DACTORSIM_BUILD_TESTS=OFF", "-B", folder / "context-build", cwd=context)
    for script in (folder / "context-build").rglob("cmake_install.cmake"):
        for path in re.findall(rf'"({re.escape(str(context))}/[^"]+)"', script.read_text(encoding="utf-8")):
            expect(Path(path).exists(), f"installed, but not in the image's sources: {path}")


def copy_context(repository, context):
    """As docker build does: a pattern leaves something out, one with ! brings it back."""
    patterns = [line for line in (repository / ".dockerignore").read_text(encoding="utf-8").splitlines()
                if line and not line.startswith("#")]
    context.mkdir()
    for path in sorted(repository.iterdir()):
        is_in = True
        for pattern in patterns:
            if fnmatch.fnmatch(path.name, pattern.lstrip("!")):
                is_in = pattern.startswith("!")
        if is_in:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, context / path.name)


# ---- vcpkg and presets -----------------------------------------------------------------------------------------------

# What CMake looks for, by the port that has it.
PORTS = {"fmt": "fmt", "tl-expected": "tl-expected", "yaml-cpp": "yaml-cpp", "nlohmann_json": "nlohmann-json",
         "CLI11": "cli11", "xxhash.h": "xxhash", "boost/unordered/unordered_flat_map.hpp": "boost-unordered",
         "Catch2": "catch2", "rapidcheck": "rapidcheck", "ZLIB": "zlib", "toml++/toml.h": "tomlplusplus", "benchmark": "benchmark",
         "EXPAT": "expat", "Threads": None}


def check_vcpkg(repository):
    manifest = json.loads((repository / "vcpkg.json").read_text(encoding="utf-8"))
    ports = set(manifest["dependencies"])
    for name in manifest["default-features"]:
        expect(name in manifest["features"], f"vcpkg.json: the feature {name}")
    for feature in manifest["features"].values():
        ports |= set(feature["dependencies"])
    searched = set()
    for file in "CMakeLists.txt", "tests/CMakeLists.txt":
        text = (repository / file).read_text(encoding="utf-8")
        searched |= set(re.findall(r"find_package\((\S+) ", text)) | set(re.findall(r"find_path\(\S+ (\S+)", text))
    expect_equal(searched - set(PORTS), set(), "what CMake looks for is known here")
    expect_equal(ports, {PORTS[name] for name in searched} - {None}, "the ports of vcpkg.json")


def check_presets(repository):
    shown = run("cmake", "--list-presets=all", cwd=repository).stdout
    for heading in "configure", "build", "test", "package", "workflow":
        expect(f"Available {heading} presets" in shown, f"presets to {heading}:\n{shown}")


main(*sys.argv[1:])
