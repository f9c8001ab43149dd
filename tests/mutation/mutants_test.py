#!/usr/bin/env python3
"""The list of mutants is in step with the sources, and mutants.py notices when it is not."""

import subprocess
import tempfile
import unittest
from pathlib import Path

import mutants
from mutants import Mutant, Problem


def mutant(name, before, after, file="lock/a.cpp"):
    return Mutant(name, file, before, after, "because")


class Weaving(unittest.TestCase):
    def run_woven(self, text, those, number):
        """What a program prints whose main consists of the woven text, with that mutant."""
        with tempfile.TemporaryDirectory() as folder:
            source, program = Path(folder) / "main.cpp", Path(folder) / "main"
            header = (mutants.HERE / "mutant.h").as_posix()
            woven = mutants.weave(text, those)
            source.write_text(f'#include "{header}"\n#include <cstdio>\nint main() {{\n{woven}\n}}\n')
            subprocess.run(["c++", "-std=c++20", source, "-o", program], check=True)
            return subprocess.run([program], env={"ACTORSIM_MUTANT": str(number)}, check=True, text=True,
                                  capture_output=True).stdout

    def test_each_mutant_does_its_own_thing_and_none_without_one(self):
        text = 'int a = 1 + 2;\nif (a == 3) a *= 10; else a = 7;\nstd::printf("%d", a);'
        those = [mutant("sum", "1 + 2", "1 - 2"), mutant("other-sum", "1 + 2", "2 + 2"),
                 mutant("no-product", "a *= 10;", ""), mutant("whole", "if (a == 3) a *= 10; else a = 7;", "a = 5;"),
                 mutant("compared", "a == 3", "a != 3")]
        seen = {each.name: self.run_woven(text, those, each.number) for each in those}
        self.assertEqual(self.run_woven(text, those, 0), "30")
        self.assertEqual(seen, {"sum": "7", "other-sum": "7", "no-product": "3", "whole": "5", "compared": "7"})

    def test_a_place_that_is_gone_is_noticed(self):
        with self.assertRaisesRegex(Problem, "mutant m has rotted: its `before` is not there any more"):
            mutants.weave("a + b", [mutant("m", "a - b", "a")])

    def test_a_place_that_is_not_the_only_one_is_noticed(self):
        with self.assertRaisesRegex(Problem, "m has rotted: its `before` is there 2 times"):
            mutants.weave("a + b; a + b;", [mutant("m", "a + b", "a")])

    def test_places_that_overlap_are_noticed(self):
        with self.assertRaisesRegex(Problem, "mutants m and n overlap"):
            mutants.weave("a + b + c", [mutant("m", "a + b", "a"), mutant("n", "b + c", "c")])


class List(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mutants.toml"
            path.write_text(text)
            return mutants.read_list(path)

    def test_every_mutant_has_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            mutants.write_woven(mutants.read_list(mutants.HERE / "mutants.toml"), Path(folder))
            self.assertTrue((Path(folder) / "lock" / "lock_table_ring.cpp").exists())

    def test_a_name_that_is_there_twice_is_noticed(self):
        entry = '[[mutant]]\nname = "m"\nfile = "a.cpp"\nbefore = "a"\nafter = "b"\nwhy = "c"\n'
        self.assertEqual([each.name for each in self.read(entry)], ["m"])
        with self.assertRaisesRegex(Problem, "mutants m and m have the same name"):
            self.read(entry + entry)

    def test_a_key_that_lacks_or_is_unknown_is_noticed(self):
        with self.assertRaisesRegex(Problem, "mutant m lacks after, before, file, why"):
            self.read('[[mutant]]\nname = "m"\n')
        with self.assertRaisesRegex(Problem, "mutant m has the unknown colour"):
            self.read('[[mutant]]\nname = "m"\nfile = "a"\nbefore = "a"\nafter = "b"\nwhy = "c"\ncolour = "red"\n')


class Running(unittest.TestCase):
    def end_of(self, script, processor_seconds=5, wall_seconds=60):
        with tempfile.TemporaryDirectory() as folder:
            run = mutants.run_limited(["sh", "-c", script], 7, processor_seconds, wall_seconds, Path(folder) / "out")
        return mutants.how_it_ended(run) if run.code != 0 else "passes"

    def test_every_end_of_a_test_program_is_told_apart(self):
        self.assertEqual(self.end_of('test "$ACTORSIM_MUTANT" = 7'), "passes")
        self.assertEqual(self.end_of("exit 1"), "fails")
        self.assertEqual(self.end_of("echo tests/unit/lock/x_test.cpp:7: failed: a == b; exit 1"), "unit/lock/x_test")
        self.assertEqual(self.end_of("kill -SEGV $$"), "crashes: SIGSEGV")
        self.assertEqual(self.end_of("sleep 100", wall_seconds=0.2), "hangs")
        self.assertEqual(self.end_of("while :; do :; done", processor_seconds=1), "hangs")

    def test_what_survives_is_told_from_what_nobody_can_notice(self):
        plain = mutant("m", "a", "b")
        equivalent = Mutant("m", "a", "b", "c", "d", equivalent="nobody reads it")
        killed, survived = {"suite": "unit"}, {"suite": None}
        self.assertEqual([mutants.verdict(plain, killed), mutants.verdict(plain, survived)], ["killed", "SURVIVED"])
        self.assertEqual([mutants.verdict(equivalent, killed), mutants.verdict(equivalent, survived)],
                         ["NOTICED", "equivalent"])


class Table(unittest.TestCase):
    def test_the_table_tells_who_noticed_what_nobody_can_and_what_was_not_tested(self):
        those = [mutant("a", "a", "b"), mutant("b", "a", "b"), mutant("c", "a", "b"),
                 Mutant("d", "lock/a.cpp", "a", "b", "a | b", equivalent="nobody reads it")]
        results = {"a": {"suite": "unit", "how": "unit/x_test", "seconds": 1.26},
                   "b": {"suite": None, "how": "", "seconds": 9}, "d": {"suite": None, "how": "", "seconds": 2}}
        lines = mutants.table(those, results).splitlines()
        self.assertEqual(lines[0], "Of 4 mutants 3 were tested: 1 are killed (1 by unit), 2 are not.")
        self.assertEqual(lines[4:], ["| a | lock/a | because | unit: unit/x_test | 1.3 |",
                                     "| b | lock/a | because | **nobody** | 9.0 |",
                                     "| c | lock/a | because | not tested yet |  |",
                                     "| d | lock/a | a \\| b | nobody can: nobody reads it | 2.0 |"])

    def test_the_summary_counts_by_source(self):
        those = [mutant("a", "a", "b"), mutant("b", "a", "b"), mutant("c", "a", "b"),
                 Mutant("d", "model/b.cpp", "a", "b", "why", equivalent="nobody reads it")]
        results = {"a": {"suite": "unit"}, "b": {"suite": "laws"}, "d": {"suite": None}}
        self.assertEqual(mutants.summary(those, results).splitlines()[2:],
                         ["| lock/a | 3 | 2 | laws 1, unit 1 | 0 |", "| model/b | 1 | 0 |  | 1 |"])


if __name__ == "__main__":
    unittest.main()
