#!/usr/bin/env python3
"""What `cmake --install` makes of a build folder: the right files, that work wherever the tree is moved to, for
find_package, for pkg-config, and for somebody who takes the sources as a part of his own project.

    check_install.py REPOSITORY BUILD

BUILD has the library and the program; nothing of them is compiled again. README.md says what is checked and why.
"""

import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from support import (SKIPPED, check_consumer, check_example, complain, end, expect, expect_equal, fenced_blocks,
                     public_headers, run, version_of)


def main(repository, build):
    repository, build = Path(repository), Path(build)
    if shutil.which("ninja") is None:
        print("skipped: ninja is not installed")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        first = folder / "first"
        run("cmake", "--install", build, "--prefix", first)
        prefix = folder / "moved" / "to here"  # a blank, too
        prefix.parent.mkdir()
        first.rename(prefix)

        check_files(repository, build, first, prefix)
        check_program(prefix)
        check_find_package(repository, build, folder, prefix)
        check_pkg_config(repository, folder, prefix.rename(folder / "elsewhere"))
        check_subdirectory(repository, build, folder)
        check_generated_files(repository, folder)
    end()


# ---- the tree --------------------------------------------------------------------------------------------------------


def check_files(repository, build, first, prefix):
    found = {path.relative_to(prefix).as_posix() for path in prefix.rglob("*") if path.is_file()}
    headers = {f"include/{header}" for header in public_headers(repository)}
    scenarios = {f"share/actorsim/{path.relative_to(repository).as_posix()}"
                 for path in (repository / "scenarios").rglob("*") if path.is_file()}
    config = build_type(build).lower()
    others = {
        "bin/actorsim",
        "lib/libactorsim.a",
        "lib/pkgconfig/actorsim.pc",
        "lib/cmake/actorsim/actorsimConfig.cmake",
        "lib/cmake/actorsim/actorsimConfigVersion.cmake",
        "lib/cmake/actorsim/actorsimTargets.cmake",
        f"lib/cmake/actorsim/actorsimTargets-{config}.cmake",
        "share/actorsim/schema/actorsim.schema.json",
        "share/actorsim/schema/report.schema.json",
        "share/doc/actorsim/CHANGELOG.md",
        "share/doc/actorsim/README.md",
        "share/doc/actorsim/copyright",
        "share/doc/actorsim/examples/will_it_deadlock.cpp",
    }
    generated = {path for path in found if path.startswith("share/man/") or "complet" in path or "/zsh/" in path}
    wanted = headers | scenarios | others
    for path in sorted(wanted - found):
        complain(f"not installed: {path}")
    for path in sorted(found - wanted - generated):
        complain(f"installed, but nobody should see it: {path}")

    # Nothing that is read knows where it was made.
    for path in found:
        if not path.startswith(("bin/", "lib/libactorsim")):
            text = (prefix / path).read_text(encoding="utf-8")
            for place in (repository, build, first):
                expect(f"{place}/" not in text, f"{path} names {place}")


def build_type(build):
    for line in (build / "CMakeCache.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("CMAKE_BUILD_TYPE:"):
            return line.split("=", 1)[1]
    return ""


def check_program(prefix):
    program, data = prefix / "bin/actorsim", prefix / "share/actorsim"
    result = run(program, "run", "-q", data / "scenarios")
    expect("passed" in result.stdout, "the installed program runs the installed scenarios")
    for arguments, file in (("schema",), "actorsim.schema.json"), (("schema", "report"), "report.schema.json"):
        expect_equal(run(program, *arguments).stdout, (data / "schema" / file).read_text(encoding="utf-8"),
                     f"the installed {file}")


# ---- its users -------------------------------------------------------------------------------------------------------


def check_find_package(repository, build, folder, prefix):
    check_consumer(repository, prefix, folder / "consumer")
    # The target of yaml-cpp need not have the name that it had when the library was built: it changed with 0.8.
    is_new = "yaml-cpp::yaml-cpp" in (prefix / "lib/cmake/actorsim/actorsimTargets.cmake").read_text()
    other = [f"-Dyaml-cpp_DIR={repository / 'tests/install/yaml-cpp'}",
             f"-DYAML_CPP_NAME={'yaml-cpp' if is_new else 'yaml-cpp::yaml-cpp'}"]
    check_consumer(repository, prefix, folder / "built-here-used-there", *other)
    there = folder / "built-there"
    run("cmake", "-G", "Ninja", "-S", repository, "-B", there, "-DACTORSIM_BUILD_CLI=OFF", "-DACTORSIM_BUILD_TESTS=OFF",
        *other)
    (there / "libactorsim.a").symlink_to(build / "libactorsim.a")
    run("cmake", "--install", there, "--component", "actorsim_development", "--prefix", folder / "from-there")
    library = folder / "from-there/lib/libactorsim.a"
    library.unlink()  # installed as the link that it is
    library.symlink_to(build / "libactorsim.a")
    check_consumer(repository, folder / "from-there", folder / "built-there-used-here")

    consumer = (repository / "tests/install/consumer/CMakeLists.txt").read_text(encoding="utf-8").splitlines()
    for name in ("README.md", "lib/README.md"):
        for block in fenced_blocks((repository / name).read_text(encoding="utf-8"), "cmake"):
            for line in block.splitlines():
                expect(line in consumer, f"{name} shows CMake's side as it is tested: {line}")


def check_pkg_config(repository, folder, prefix):
    """By the command that lib/README.md shows."""
    if shutil.which("pkg-config") is None:
        print("no pkg-config here")
        return
    paths = {"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
    expect_equal(run("pkg-config", "--modversion", "actorsim", env=paths).stdout.strip(), version_of(repository),
                 "the version that pkg-config tells")
    document = (repository / "lib/README.md").read_text(encoding="utf-8")
    commands = [block for block in fenced_blocks(document, "sh") if "pkg-config" in block]
    expect_equal(len(commands), 1, "commands with pkg-config in lib/README.md")
    work = folder / "by-pkg-config"
    work.mkdir()
    shutil.copy(prefix / "share/doc/actorsim/examples/will_it_deadlock.cpp", work)
    run("sh", "-c", commands[0], cwd=work, env=paths)
    check_example(work / "will_it_deadlock", repository)


def check_subdirectory(repository, build, folder):
    """Sets everything up, compiles the consumer, and links it with the library that there is already."""
    below = folder / "subdirectory"
    run("cmake", "-G", "Ninja", "-S", repository / "tests/install/subdirectory", "-B", below,
        f"-DACTORSIM_SOURCE={repository}", "-DCMAKE_BUILD_TYPE=Release")
    commands = run("ninja", "-C", below, "-t", "commands", "will_it_deadlock").stdout.splitlines()
    ours = [command for command in commands if "will_it_deadlock.cpp.o" in command]
    expect_equal(len(ours), 2, "commands that compile and link the consumer")
    expect("-W" not in ours[0], f"no warnings of ours for the consumer: {ours[0]}")
    expect("actorsim" not in (below / "cmake_install.cmake").read_text(encoding="utf-8").replace(
        "_deps/actorsim-build/cmake_install.cmake", ""), "the consumer installs nothing of ours")
    library = below / "_deps/actorsim-build/libactorsim.a"
    library.symlink_to(build / "libactorsim.a")
    (below / "CMakeFiles/will_it_deadlock.dir").mkdir(parents=True, exist_ok=True)
    for command in ours:
        for parent in parents_of_outputs(command):
            (below / parent).mkdir(parents=True, exist_ok=True)
        run("sh", "-c", command, cwd=below)
    check_example(below / "will_it_deadlock", repository)


def parents_of_outputs(command):
    words = shlex.split(command)
    return [Path(words[i + 1]).parent for i, word in enumerate(words[:-1]) if word in ("-o", "-MF")]


def check_generated_files(repository, folder):
    build, prefix = folder / "generated", folder / "generated-prefix"
    run("cmake", "-G", "Ninja", "-S", repository / "tests/install/generated", "-B", build,
        f"-DACTORSIM_SOURCE={repository}", f"-DCMAKE_INSTALL_PREFIX={prefix}")
    run("cmake", "--build", build, "--target", "actorsim_installed")
    run("cmake", "--install", build)
    for path, made_from in (("share/man/man1/actorsim.1", "actorsim.1"),
                            ("share/bash-completion/completions/actorsim", "completions.bash"),
                            ("share/zsh/site-functions/_actorsim", "completions.zsh"),
                            ("share/fish/vendor_completions.d/actorsim.fish", "completions.fish")):
        file = prefix / path
        expect_equal(file.read_text(encoding="utf-8").strip() if file.exists() else None, made_from, path)


main(*sys.argv[1:])
