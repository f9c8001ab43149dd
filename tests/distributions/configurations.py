"""What is tried in each distribution, the most telling first."""

from dataclasses import dataclass

SUITES = {"trixie": "Debian 13", "bookworm": "Debian 12"}
COMPILERS = {"g++": "gcc", "clang++": "clang"}
USER = "somebody"

# setarch as ./dev does it: sanitizers and the widest randomised address spaces do not agree.
CTEST = 'run=; ! setarch -R true 2>/dev/null || run="setarch -R"; exec $run ctest --output-on-failure --no-tests=error "$@"'
MAKE_USER = f"""
apt-get install -y --no-install-recommends sudo &&
useradd --create-home {USER} &&
echo '{USER} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/{USER} &&
chown -R {USER} .
"""


@dataclass(frozen=True)
class Configuration:
    name: str
    compiler: str
    build_type: str
    sanitizers: bool
    steps: tuple  # of (what, command), run one after another in the sources
    before: tuple = ("./dev", "prepare")  # the command that gets the root ready; it may print what it likes
    bare: bool = False  # begins in a new root, with nothing installed

    @property
    def description(self):
        return f"{self.compiler}, {self.build_type}{', sanitizers' if self.sanitizers else ''}"


def plain(compiler, build_type, sanitizers, jobs):
    """Built without presets, as somebody does who knows CMake only."""
    name = "-".join([COMPILERS[compiler], build_type.lower(), *(["sanitized"] if sanitizers else [])])
    options = {"CMAKE_BUILD_TYPE": build_type, "CMAKE_CXX_COMPILER": compiler, "ACTORSIM_WERROR": "ON"}
    if sanitizers:
        options["ACTORSIM_SANITIZE"] = "address,undefined"
        if build_type == "Debug":
            options["CMAKE_CXX_FLAGS_DEBUG"] = "-O1 -g1"  # as in the preset: without, the tests take too long
    build = f"build/{name}"
    configure = ["cmake", "-S", ".", "-B", build, "-G", "Ninja", *(f"-D{key}={value}" for key, value in options.items())]
    return Configuration(name, compiler, build_type, sanitizers, (
        ("configure", tuple(configure)),
        ("build", ("cmake", "--build", build, "-j", str(jobs))),
        ("test", ("sh", "-c", CTEST, "sh", "--test-dir", build, "-j", str(jobs)))))


def by_dev(name, *arguments, compiler="g++", build_type="Debug", sanitizers=False):
    """One command of ./dev, which knows by itself how to build."""
    command = ("./dev", *arguments)
    return Configuration(name, compiler, build_type, sanitizers, ((" ".join(command), command),))


def twice(what, command):
    return (what, command), (what + ", again", command)


def configurations(jobs):
    """All of them; the compilers, build types and sanitizers in all combinations."""
    run = ("./dev", "run", "scenarios/basics/a-b-a.yaml")
    run_as_user = ("runuser", "-u", USER, "--", "env", f"HOME=/home/{USER}", *run)
    return [
        Configuration("test", "g++", "Debug", True, twice("./dev test", ("./dev", "test")), before=(), bare=True),
        plain("clang++", "Debug", True, jobs),
        plain("g++", "Release", False, jobs),
        plain("clang++", "Release", False, jobs),
        plain("g++", "Debug", False, jobs),
        plain("clang++", "Debug", False, jobs),
        plain("g++", "Release", True, jobs),
        plain("clang++", "Release", True, jobs),
        Configuration("user", "g++", "Release", False, twice("./dev run", run_as_user), before=("sh", "-c", MAKE_USER),
                      bare=True),
        by_dev("install-test", "install-test", build_type="Release"),
        by_dev("lint", "lint", compiler="clang++"),
        by_dev("tsan", "tsan"),
        by_dev("fuzz", "fuzz", "5", compiler="clang++", sanitizers=True),
    ]
