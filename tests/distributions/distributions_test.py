#!/usr/bin/env python3
"""What tries the distributions, without a distribution: what it tries, what it reads from what commands print."""

import itertools
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import distributions
import results
import roots
from configurations import SUITES, configurations
from results import Result
from roots import Mirror, Problem

PASSED = """
The following tests did not run:
\t 15 - shells (Skipped)

100% tests passed, 0 tests failed out of 16

Total Test time (real) =  31.48 sec
"""
FAILED = """
88% tests passed, 2 tests failed out of 16

The following tests FAILED:
\t  1 - unit (Failed)
\t  5 - golden (Timeout)
Errors while running CTest
"""


def result(name="gcc-debug"):
    return Result("trixie", name, "g++, Debug", "0123456789")


class Configurations(unittest.TestCase):
    known = configurations(jobs=2)

    def test_names_are_unique(self):
        names = [each.name for each in self.known]
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_compilers_build_types_and_sanitizers_are_tried_in_all_combinations(self):
        tested = {(each.compiler, each.build_type, each.sanitizers) for each in self.known
                  if each.steps[-1][0].startswith(("test", "./dev test"))}
        self.assertEqual(tested, set(itertools.product(("g++", "clang++"), ("Debug", "Release"), (True, False))))

    def test_warnings_are_errors_wherever_cmake_is_called(self):
        for each in self.known:
            for what, command in each.steps:
                if what == "configure":
                    self.assertIn("-DACTORSIM_WERROR=ON", command)

    def test_what_begins_bare_prepares_nothing_for_the_build(self):
        for each in self.known:
            self.assertEqual(each.bare, "prepare" not in each.before, each.name)


class Names(unittest.TestCase):
    def select(self, *names):
        return [f"{suite}/{each.name}" for suite, each in distributions.selected(list(names), configurations(2))]

    def test_a_distribution_a_configuration_or_both(self):
        self.assertEqual(self.select("bookworm/test"), ["bookworm/test"])
        self.assertEqual(self.select("user"), [f"{suite}/user" for suite in SUITES])
        self.assertEqual(len(self.select("trixie")), len(configurations(2)))
        self.assertEqual(len(self.select()), len(SUITES) * len(configurations(2)))

    def test_an_unknown_name_is_an_error(self):
        with self.assertRaisesRegex(Problem, "nothing is called 'sarge'"):
            self.select("trixie", "sarge")


class Results(unittest.TestCase):
    def test_a_step_that_passes(self):
        passed = result()
        passed.take("build", 0, 61.4, "[1/2] Building\n[2/2] Linking\n")
        passed.take("test", 0, 300, PASSED)
        self.assertTrue(passed.passed)
        self.assertEqual(results.table_row(passed), "| trixie | `gcc-debug` | g++, Debug | passed, 15 of 16 tests; "
                                                    "not run: shells | build 61 s, test 5 min | 0123456789 |")

    def test_tests_that_fail_are_named(self):
        failed = result()
        failed.take("test", 8, 12, FAILED)
        self.assertEqual(results.table_row(failed), "| trixie | `gcc-debug` | g++, Debug | test: exit code 8, "
                                                    "14 of 16 tests; failed: unit, golden | test 12 s | 0123456789 |")

    def test_a_warning_is_a_failure(self):
        for text in ("a.cpp:1:2: warning: unused", "/usr/bin/ld: warning: x", "CMake Warning at CMakeLists.txt:3",
                     "CMake Deprecation Warning at x", "CMake Warning (dev) at x", "warning: y"):
            warned = result()
            warned.take("build", 0, 1, f"first\n{text}\n")
            self.assertEqual(warned.outcome, "build: warns", text)

    def test_the_first_failure_is_told(self):
        failed = result()
        failed.take("build", 1, 1, "")
        failed.take("test", 8, 1, FAILED)
        self.assertEqual(failed.outcome, "build: exit code 1")

    def test_they_are_kept(self):
        with tempfile.TemporaryDirectory() as folder:
            first = result()
            first.take("test", 0, 2, PASSED)
            first.save(Path(folder))
            self.assertEqual(results.read_results(folder), {"gcc-debug": first})


class TheMirror(unittest.TestCase):
    def test_its_lines(self):
        mirror = Mirror("http://mirror.test/debian/", "http://mirror.test/security/", ())
        self.assertEqual(mirror.sources("trixie"), ["deb http://mirror.test/debian/ trixie main",
                                                    "deb http://mirror.test/debian/ trixie-updates main",
                                                    "deb http://mirror.test/security/ trixie-security main"])

    def test_security_is_left_out_where_apt_does_not_know_it(self):
        self.assertEqual(len(Mirror("http://mirror.test/debian/", "", ()).sources("trixie")), 2)


@unittest.skipUnless(shutil.which("git"), "git is not installed")
class Sources(unittest.TestCase):
    def git(self, *arguments):
        subprocess.run(["git", "-C", self.repository, "-c", "user.name=n", "-c", "user.email=e@mail.test", *arguments],
                       check=True, capture_output=True)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.repository, self.target = Path(folder.name) / "repository", Path(folder.name) / "target"
        self.repository.mkdir()
        self.git("init", "--quiet")
        self.write("kept", "1")
        self.write("folder/changed", "1")
        self.write("removed", "1")
        self.commit()

    def write(self, name, text):
        path = self.repository / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")

    def test_only_what_changed_is_written_again(self):
        roots.copy_head(self.repository, self.target)
        (self.target / "build").mkdir()
        (self.target / "build/made").write_text("2")
        before = (self.target / "kept").stat().st_mtime_ns
        self.write("folder/changed", "2")
        (self.repository / "removed").unlink()
        self.commit()
        self.write("folder/changed", "not committed")
        roots.copy_head(self.repository, self.target)
        self.assertEqual((self.target / "kept").stat().st_mtime_ns, before)
        self.assertEqual((self.target / "folder/changed").read_text(), "2")
        self.assertFalse((self.target / "removed").exists())
        self.assertTrue((self.target / "build/made").exists())

    def test_what_is_not_committed_is_noticed(self):
        self.assertFalse(roots.head_of(self.repository)[1])
        self.write("kept", "2")
        self.assertTrue(roots.head_of(self.repository)[1])


if __name__ == "__main__":
    unittest.main()
