#!/usr/bin/env python3
"""The packages that cpack makes of a build folder: what they say of themselves, what is in them, and that the program
and the library work from where they are unpacked.

    check_packages.py REPOSITORY BUILD

Where CI is set and this is root, the Debian packages are really installed and removed again. README.md says more.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from support import SKIPPED, check_consumer, check_example, complain, end, expect, expect_equal, public_headers, run, version_of

EPOCH = 1700000000
DATE = "Tue, 14 Nov 2023 22:13:20 +0000"


def main(repository, build):
    repository, build = Path(repository), Path(build)
    for tool in ("cpack", "dpkg-deb", "dpkg-shlibdeps", "objdump", "gzip"):
        if shutil.which(tool) is None:
            print(f"skipped: {tool} is not installed")
            sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        packages = pack(build, folder / "packages")
        check_same_bytes(packages, build, folder / "again")
        check_archive(repository, packages[".tar.gz"], folder / "archive")
        check_debian_packages(repository, packages, folder / "debian")
        if os.environ.get("CI") and os.geteuid() == 0:
            check_real_install(repository, packages)
    end()


def pack(build, folder):
    """The packages by what their names end in."""
    run("cpack", "--config", build / "CPackConfig.cmake", "-B", folder, env={"SOURCE_DATE_EPOCH": str(EPOCH)})
    packages = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".sha256":
            kind = ".tar.gz" if path.name.endswith(".tar.gz") else path.name.split("_")[0]
            packages[kind] = path
    expect_equal(sorted(packages), [".tar.gz", "actorsim", "libactorsim-dev"], "the packages")
    return packages


def check_same_bytes(packages, build, folder):
    """SOURCE_DATE_EPOCH is all that tells one packing from the next."""
    for kind, path in pack(build, folder).items():
        expect(path.read_bytes() == packages[kind].read_bytes(), f"{path.name}: the same bytes each time")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        expect_equal(Path(f"{path}.sha256").read_text(encoding="utf-8").split(), [digest, path.name], "the checksum")


# ---- the archive -----------------------------------------------------------------------------------------------------


def check_archive(repository, archive, folder):
    top = f"actorsim-{version_of(repository)}-Linux-{os.uname().machine}"
    expect_equal(archive.name, top + ".tar.gz", "the archive's name")
    with tarfile.open(archive) as tar:
        for member in tar:
            expect(member.name.startswith(top + "/") or member.name == top, f"{member.name}: below one folder")
            closed = member.issym() or not member.mode & 0o022
            expect(member.uid == 0 and closed, f"{member.name}: root's, and nobody else writes it")
        tar.extractall(folder)
    root = folder / top
    check_program(root / "bin/actorsim", root / "share/actorsim")
    # What is not of the C and C++ runtime comes along.
    for line in run("ldd", root / "bin/actorsim").stdout.splitlines():
        name, _, path = line.strip().partition(" => ")
        runtime = re.match(r"(linux-vdso|lib(c|m|gcc_s|stdc[+][+]|dl|rt|pthread)[.]so|/lib)", name)
        expect(runtime or path.startswith(str(root.resolve())), f"{name} comes from the system: {path}")
    check_consumer(repository, root, folder / "consumer")


def check_program(program, data, env=None):
    expect("passed" in run(program, "run", "-q", data / "scenarios", env=env).stdout, f"{program} runs scenarios")
    expect_equal(run(program, "ask", "A -> A", may_fail=True, env=env).returncode, 1, "exit code of a deadlock")


# ---- Debian ----------------------------------------------------------------------------------------------------------


def check_debian_packages(repository, packages, folder):
    version = version_of(repository) + "-1"
    architecture = run("dpkg", "--print-architecture").stdout.strip()
    sections = {"actorsim": "devel", "libactorsim-dev": "libdevel"}
    for name, section in sections.items():
        package = packages[name]
        fields = control_fields(package)
        expect_equal(package.name, f"{name}_{version}_{architecture}.deb", "the package's name")
        expect_equal(fields.get("Version"), version, f"{name}: Version")
        expect_equal(fields.get("Section"), section, f"{name}: Section")
        expect_equal(fields.get("Architecture"), architecture, f"{name}: Architecture")
        expect(re.fullmatch(r".+ <\S+@\S+>", fields.get("Maintainer", "")), f"{name}: a Maintainer with an address")
        check_description(name, fields.get("Description", ""))
        check_members(name, package)
        run("dpkg", "-x", package, folder)
        check_documents(name, version, folder / "usr/share/doc" / name)
    check_dependencies(packages)

    program = folder / "usr/bin/actorsim"
    expect("PATH" not in run("objdump", "-p", program).stdout, "the program has no search path of its own")
    expect(".debug_info" not in run("objdump", "-h", program).stdout, "the program is stripped")
    check_program(program, folder / "usr/share/actorsim")
    headers = {path.relative_to(folder / "usr/include").as_posix() for path in (folder / "usr/include").rglob("*.h")}
    expect_equal(headers, set(public_headers(repository)), "the headers of libactorsim-dev")
    check_consumer(repository, folder / "usr", folder / "consumer")
    check_lintian(packages)


def control_fields(package):
    fields = {}
    for line in run("dpkg-deb", "-f", package).stdout.splitlines():
        if line.startswith(" "):
            fields[name] += "\n" + line[1:]
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
    return fields


def check_description(name, description):
    synopsis, *rest = description.split("\n")
    expect(0 < len(synopsis) <= 80 and not synopsis.endswith("."), f"{name}: a synopsis: {synopsis}")
    expect(rest and all(len(line) <= 80 for line in rest), f"{name}: a description")


def check_dependencies(packages):
    depends = control_fields(packages["actorsim"]).get("Depends", "")
    for library in ("libc6", "libstdc++6", "libfmt", "libyaml-cpp"):
        expect(re.search(rf"(^|, ){re.escape(library)}[0-9.t]* \(>= ", depends),
               f"actorsim depends on {library}: {depends}")
    depends = control_fields(packages["libactorsim-dev"]).get("Depends", "")
    bounded = [f"{library} ({sign} " for library in ("libfmt-dev", "libyaml-cpp-dev") for sign in (">=", "<<")]
    for library in ("libexpected-dev", *bounded):
        expect(library in depends, f"libactorsim-dev depends on {library}: {depends}")
    # They are there, as this was compiled with them: the bounds fit.
    checked = subprocess.run(["dpkg-checkbuilddeps", "-d", depends, "/dev/null"], text=True, capture_output=True)
    expect_equal(checked.stderr.strip(), "", "what libactorsim-dev depends on is met here")


def check_members(name, package):
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as unpacked:
        with tarfile.open(fileobj=unpacked.stdout, mode="r|") as tar:
            for member in tar:
                expect((member.uid, member.gid) == (0, 0), f"{name}: {member.name} is root's")
                runs = member.isdir() or member.name == "./usr/bin/actorsim"
                expect_equal(oct(member.mode), oct(0o755 if runs else 0o644), f"{name}: mode of {member.name}")
                expect(re.match(r"[.]/usr(/(bin|include|lib|share)(/|$)|/?$)", member.name), f"{name}: {member.name}")
        unpacked.stdout.read()


def check_documents(name, version, folder):
    copyright_text = (folder / "copyright").read_text(encoding="utf-8")
    expect(copyright_text.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"),
           f"{name}: a copyright file of Debian's format")
    changelog = run("gzip", "-dc", folder / "changelog.Debian.gz").stdout
    expect_equal(changelog.splitlines()[0], f"actorsim ({version}) unstable; urgency=medium", f"{name}: changelog")
    expect(changelog.rstrip().endswith("  " + DATE), f"{name}: the changelog ends with its date: {changelog}")
    expect("# Changelog" in run("gzip", "-dc", folder / "changelog.gz").stdout, f"{name}: our own changelog")
    expect(not (folder / "../../zsh/site-functions").exists(), f"{name}: zsh's completion where zsh finds it")
    for page in (folder / "../../man").rglob("*.[0-9]"):
        complain(f"{name}: {page.name} is not compressed")


def check_lintian(packages):
    """Errors only: what it warns of is a matter of taste, or of Debian's own archive."""
    if shutil.which("lintian") is None:
        return
    for name in ("actorsim", "libactorsim-dev"):
        result = run("lintian", "--allow-root", "--profile", "debian", "--fail-on", "error", packages[name],
                     may_fail=True)
        expect_equal(result.returncode, 0, f"lintian of {name}:\n{result.stdout}")


def check_real_install(repository, packages):
    if run("dpkg-query", "-W", "actorsim", may_fail=True).returncode == 0 or Path("/usr/bin/actorsim").exists():
        print("actorsim is installed here already: left alone")
        return
    names = ("actorsim", "libactorsim-dev")
    try:
        run("dpkg", "-i", *(packages[name] for name in names))
        check_program(Path("/usr/bin/actorsim"), Path("/usr/share/actorsim"))
        expect_equal(run("/usr/bin/actorsim", "--version").stdout.strip(), f"actorsim {version_of(repository)}",
                     "the installed version")
        with tempfile.TemporaryDirectory() as folder:
            flags = run("pkgconf", "--cflags", "--libs", "actorsim").stdout.split()
            program = Path(folder) / "will_it_deadlock"
            run("c++", "-std=c++20", "/usr/share/doc/actorsim/examples/will_it_deadlock.cpp", "-o", program, *flags)
            check_example(program, repository)
    finally:
        run("dpkg", "--purge", *reversed(names))
    left = [path for path in ("/usr/bin/actorsim", "/usr/share/actorsim", "/usr/include/actorsim",
                              "/usr/share/doc/actorsim") if Path(path).exists()]
    expect_equal(left, [], "left behind")


main(*sys.argv[1:])
