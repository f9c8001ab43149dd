"""Small Debian systems in folders: made by debootstrap from the mirror that this machine's apt knows, entered by chroot in
a mount namespace of their own, so that nothing stays mounted and nothing goes on running."""

import io
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

SOURCES = "actorsim"  # where the repository lies in a root
COMMON = ("ca-certificates",)  # all that a bare root has beyond debootstrap's smallest variant
KEPT_SETTINGS = ("Acquire::http", "Acquire::https", "Acquire::Check-", "Acquire::Retries")

# The first process in a root; it leaves with its namespaces, and takes all that it began along.
ENTER = r"""
set -e
root=$1 packages=$2 compiled=$3
shift 3
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount --bind "$packages" "$root/var/cache/apt/archives"
set -- chroot "$root" "$@"
if [ -n "$compiled" ]; then
  mkdir -p "$root/ccache"
  mount --bind "$compiled" "$root/ccache"
  set -- CCACHE_DIR=/ccache CCACHE_UMASK=000 "$@"
fi
status=0
env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb "$@" || status=$?
exit "$status"
"""


class Problem(Exception):
    """Why nothing can be tried, for whoever asked."""


@dataclass(frozen=True)
class Mirror:
    """Where apt finds a distribution, and what else it was told about getting there."""

    packages: str
    security: str
    settings: tuple

    @staticmethod
    def of_this_machine():
        archives = {}
        for line in output_of("apt-get", "indextargets", "--format", "$(LABEL)\t$(REPO_URI)", "Created-By: Packages"):
            label, uri = line.split("\t")
            archives.setdefault(label, uri)
        if "Debian" not in archives:
            raise Problem("apt of this machine knows no mirror of Debian")
        settings = tuple(line for line in output_of("apt-config", "dump") if line.startswith(KEPT_SETTINGS))
        return Mirror(archives["Debian"], archives.get("Debian-Security", ""), settings)

    def sources(self, suite):
        """The lines of sources.list."""
        lines = [f"deb {self.packages} {suite} main", f"deb {self.packages} {suite}-updates main"]
        return lines + ([f"deb {self.security} {suite}-security main"] if self.security else [])


def output_of(*command):
    """The lines that it prints."""
    try:
        result = subprocess.run(command, check=True, text=True, capture_output=True)
    except FileNotFoundError:
        raise Problem(f"{command[0]} is not here: this takes a Debian-like system") from None
    except subprocess.CalledProcessError as error:
        raise Problem(f"{' '.join(command)}: {error.stderr.strip()}") from None
    return [line for line in result.stdout.splitlines() if line]


class Roots:
    """The roots of one suite, below a folder: `bare` is kept as it was made, others are copies of it."""

    def __init__(self, folder, suite, compiled):
        self.folder = folder / suite
        self.suite = suite
        self.packages = folder / "packages" / suite
        self.compiled = compiled  # a folder for ccache, or none
        self.packages.mkdir(parents=True, exist_ok=True)

    def make_bare(self, mirror, log):
        """A system as small as debootstrap makes it, once."""
        bare = self.folder / "bare"
        if bare.is_dir():
            return
        unfinished = self.folder / "unfinished"
        remove(unfinished)
        unfinished.mkdir(parents=True)
        debootstrap = ["debootstrap", "--variant=minbase", f"--cache-dir={self.packages}", self.suite]
        log_command([*debootstrap, unfinished, mirror.packages], log)
        prepare_apt(unfinished, mirror, self.suite)
        (unfinished / "var/cache/apt/archives").mkdir(parents=True, exist_ok=True)
        for step in ["update"], ["upgrade"], ["install", "--no-install-recommends", *COMMON]:
            if self.enter("unfinished", ["apt-get", "-y", *step], log) != 0:
                raise Problem(f"apt-get {step[0]} fails in the new root; see {log.name}")
        unfinished.rename(bare)

    def copy_bare(self, name, anew):
        """A copy with that name; one that is there stays unless it has to be anew."""
        copy = self.folder / name
        if anew:
            remove(copy)
        if not copy.is_dir():
            unfinished = self.folder / "unfinished"
            remove(unfinished)
            subprocess.run(["cp", "-a", "--reflink=auto", self.folder / "bare", unfinished], check=True)
            unfinished.rename(copy)
        shutil.copyfile("/etc/resolv.conf", copy / "etc/resolv.conf")

    def enter(self, name, command, log):
        """Runs the command in the sources there; its exit code. What it says goes to the log."""
        sources = self.folder / name / SOURCES
        sources.mkdir(exist_ok=True)
        inside = ["sh", "-c", f'cd /{SOURCES} && exec "$@"', "sh", *command]
        return subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "sh", self.folder / name,
             self.packages, self.compiled or "", *inside],
            stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False).returncode

    def remove(self, name):
        remove(self.folder / name)


def log_command(command, log):
    try:
        status = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
    except FileNotFoundError:
        raise Problem(f"{command[0]} is not installed") from None
    if status != 0:
        raise Problem(f"{command[0]} fails with {status}; see {log.name}")


def remove(folder):
    subprocess.run(["rm", "-rf", "--one-file-system", folder], check=True)


def prepare_apt(root, mirror, suite):
    (root / "etc/apt/sources.list").write_text("\n".join(mirror.sources(suite)) + "\n")
    (root / "etc/apt/apt.conf.d/50as-outside").write_text("\n".join(mirror.settings) + "\n")
    (root / "etc/dpkg/dpkg.cfg.d/50quick").write_text("force-unsafe-io\n")
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")


# ---- the repository in a root ---------------------------------------------------------------------------------------


def head_of(repository):
    """The commit, and whether there are changes that are not in it."""
    git = ["git", "-c", f"safe.directory={repository}", "-C", str(repository)]
    commit = output_of(*git, "rev-parse", "--short=10", "HEAD")[0]
    return commit, bool(output_of(*git, "status", "--porcelain", "--untracked-files=no"))


def copy_head(repository, target):
    """Makes the target what is committed, but for build/. A file that is the same already keeps its time."""
    archive = subprocess.run(["git", "-c", f"safe.directory={repository}", "-C", repository, "archive", "HEAD"],
                             check=True, stdout=subprocess.PIPE).stdout
    target.mkdir(exist_ok=True)
    wanted = set()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile():
                wanted.add(member.name)
                write_if_changed(target / member.name, tar.extractfile(member).read(), member.mode)
            elif member.issym():
                raise Problem(f"{member.name} is a symbolic link, which is not copied")
    for folder, folders, files in os.walk(target):
        if Path(folder) == target and "build" in folders:
            folders.remove("build")
        for name in files:
            path = Path(folder) / name
            if path.relative_to(target).as_posix() not in wanted:
                path.unlink()


def write_if_changed(path, content, mode):
    if not (path.is_file() and path.read_bytes() == content):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    path.chmod(mode)
