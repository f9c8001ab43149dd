#!/usr/bin/env python3
"""The list of uncovered branches is in step with the sources, and coverage.py notices when it is not."""

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

import coverage
from coverage import Justified, Measured, Problem, Uncovered

LIBRARY = Path("/library")


def function(branches, files=("lock/a.cpp",)):
    """Branches of a function: (line, column, last line, column behind, true, false, file)."""
    return {"filenames": [str(LIBRARY / file) for file in files], "branches": [[*each, 0, 4] for each in branches]}


def measure(*exports):
    measured = {}
    for functions, files in exports:
        data = {"functions": functions, "files": [{"filename": str(LIBRARY / name), "segments": segments}
                                                  for name, segments in files.items()]}
        coverage.add_export(measured, {"data": [data]}, LIBRARY)
    return measured


class Reading(unittest.TestCase):
    def test_a_branch_is_covered_if_any_program_or_instantiation_takes_it(self):
        one = function([(3, 5, 3, 9, 4, 0, 0)])
        other = function([(3, 5, 3, 9, 0, 2, 0)])
        self.assertEqual(measure(([one, other], {}))["lock/a.cpp"].branches, {(3, 5, 3, 9): [4, 2]})
        self.assertEqual(measure(([one], {}), ([other], {}))["lock/a.cpp"].branches, {(3, 5, 3, 9): [4, 2]})
        self.assertEqual(measure(([one], {}), ([one], {}))["lock/a.cpp"].branches, {(3, 5, 3, 9): [4, 0]})

    def test_a_branch_belongs_to_the_file_that_it_is_written_in(self):
        both = function([(3, 5, 3, 9, 1, 0, 1), (7, 5, 7, 9, 1, 0, 0)], files=("lock/a.cpp", "base/b.h"))
        both["filenames"][0] = "/library/build/../lock/a.cpp"
        outside = {"filenames": ["/usr/include/c.h"], "branches": [[1, 1, 1, 2, 0, 0, 0, 0, 4]]}
        measured = measure(([both, outside], {}))
        self.assertEqual({file: list(each.branches) for file, each in measured.items()},
                         {"base/b.h": [(3, 5, 3, 9)], "lock/a.cpp": [(7, 5, 7, 9)]})

    def test_lines_count_what_begins_in_them_or_before(self):
        segments = [(2, 10, 5, True, True, False),   # a function begins
                    (3, 7, 0, True, True, False),    # what an `if` would do
                    (3, 20, 5, True, False, False),  # behind it
                    (5, 1, 0, True, True, True),     # a gap begins, which is nobody's
                    (6, 3, 0, True, True, False),    # never done
                    (8, 1, 0, False, False, False)]  # behind the function
        self.assertEqual(coverage.line_counts(segments), {2: 5, 3: 5, 4: 5, 5: 5, 6: 0, 7: 0, 8: 0})

    def test_lines_that_are_compiled_only_elsewhere_do_not_count(self):
        segments = [(1, 1, 5, True, True, False), (2, 1, 0, False, True, False), (4, 9, 5, True, False, False),
                    (5, 1, 0, False, False, False)]
        self.assertEqual(coverage.line_counts(segments), {1: 5, 5: 5})

    def test_a_line_is_covered_if_any_program_comes_to_it(self):
        def with_count(count):
            return [], {"lock/a.cpp": [(1, 1, count, True, True, False), (2, 1, 0, False, False, False)]}
        self.assertEqual(measure(with_count(0), with_count(3), with_count(0))["lock/a.cpp"].lines, {1: 3, 2: 3})


TEXT = "int f(int a, int b) {\n  if (a > 1 &&\n      b > 2) return 1;\n  return 0;\n}\n"


class Telling(unittest.TestCase):
    def test_each_way_that_was_not_taken_is_told_with_its_condition(self):
        of_file = Measured(branches={(2, 7, 2, 12): [1, 0], (3, 7, 3, 12): [0, 0], (2, 7, 3, 12): [0, 4],
                                     (4, 3, 4, 9): [1, 1]})
        told = [str(each) for each in coverage.uncovered_branches("lock/a.cpp", of_file, TEXT)]
        self.assertEqual(told, ["lock/a.cpp:2:7: a > 1 was never false",
                                "lock/a.cpp:2:7: a > 1 && b > 2 was never true",
                                "lock/a.cpp:3:7: b > 2 was not come to"])

    def test_a_switch_over_all_there_is_and_what_the_compiler_writes_have_no_branches(self):
        text = "switch (kind) {\n}\nswitch (other) {\n}\nbool operator==(A, A) = default;\nif (kind) {\n"
        of_file = Measured(branches={(1, 9, 1, 13): [0, 4], (3, 9, 3, 14): [1, 4], (5, 6, 5, 14): [0, 4],
                                     (6, 5, 6, 9): [0, 4]})
        coverage.drop_what_is_no_branch(of_file, text)
        self.assertEqual(list(of_file.branches), [(3, 9, 3, 14), (6, 5, 6, 9)])

    def test_lines_are_told_as_ranges(self):
        of_file = Measured(lines={1: 0, 2: 0, 3: 1, 4: 0, 6: 0, 7: 0})
        self.assertEqual(coverage.uncovered_lines(of_file), [(1, 2), (4, 4), (6, 7)])

    def test_figures_are_by_folder_and_a_branch_has_two_ways(self):
        measured = {"lock/a.cpp": Measured({1: 1, 2: 0}, {(1, 1, 1, 2): [1, 0]}),
                    "lock/ring/b.cpp": Measured({1: 1}, {(1, 1, 1, 2): [1, 3]}),
                    "base/c.h": Measured({1: 0}, {})}
        self.assertEqual(coverage.figures(measured),
                         [("base", 0, 1, 0, 0), ("lock", 2, 3, 3, 4), ("all", 2, 4, 3, 4)])
        self.assertIn("2 of      3   66.7 %", coverage.table(measured))


def uncovered(number, line="if (a) {", never="true"):
    return Uncovered("lock/a.cpp", line, "a", never, number, 7)


def justified(line="if (a) {", never="true", times=1):
    return Justified("lock/a.cpp", line, "a", never, "because", times)


class Judging(unittest.TestCase):
    def test_what_stands_in_the_list_wherever_it_moved_is_well(self):
        self.assertEqual(coverage.judge([justified()], [uncovered(3)]), [])
        self.assertEqual(coverage.judge([justified()], [uncovered(300)]), [])
        self.assertEqual(coverage.judge([justified(times=2)], [uncovered(3), uncovered(9)]), [])

    def test_what_is_not_in_the_list_is_told(self):
        for entries in [], [justified(line="if (a)")], [justified(never="false")], [justified(never="either")]:
            wrong = coverage.judge(entries, [uncovered(3)])
            self.assertIn("not covered, and not in the list: lock/a.cpp:3:7: a was never true", wrong[0])

    def test_a_second_place_with_the_same_text_is_told(self):
        wrong = coverage.judge([justified()], [uncovered(3), uncovered(9)])
        self.assertEqual([text.split(": a ")[0] for text in wrong],
                         ["not covered, and not in the list: lock/a.cpp:3:7",
                          "not covered, and not in the list: lock/a.cpp:9:7"])

    def test_an_entry_that_is_covered_now_is_told(self):
        self.assertEqual(len(coverage.judge([justified()], [])), 1)
        self.assertEqual(len(coverage.judge([justified(times=2)], [uncovered(3)])), 1)
        self.assertIn("in the list, but covered", coverage.judge([justified()], [])[0])


class List(unittest.TestCase):
    ENTRY = '[[uncovered]]\nfile = "lock/a.cpp"\nline = "if (a) {"\ncondition = "a"\nnever = "true"\nwhy = "because"\n'

    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "justified.toml"
            path.write_text(text)
            return coverage.read_list(path)

    def test_every_entry_has_its_line_in_the_sources(self):
        entries = coverage.read_list(coverage.HERE / "justified.toml")
        self.assertEqual(coverage.rotten(entries, coverage.LIBRARY), [])
        self.assertEqual({entry.file for entry in entries if coverage.folder_of(entry.file) not in coverage.JUDGED},
                         set())

    def test_an_entry_whose_line_is_gone_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            library = Path(folder)
            self.assertEqual(len(coverage.rotten([justified()], library)), 1)
            (library / "lock").mkdir()
            (library / "lock" / "a.cpp").write_text("  if (a) {\n")
            self.assertEqual(coverage.rotten([justified()], library), [])
            self.assertEqual(len(coverage.rotten([justified(times=2)], library)), 1)

    def test_entries_are_read(self):
        self.assertEqual(self.read(self.ENTRY), [justified()])
        self.assertEqual(self.read(self.ENTRY + "times = 2\n"), [justified(times=2)])

    def test_what_is_wrong_with_an_entry_is_told(self):
        for text, told in [
                (self.ENTRY.replace('why = "because"\n', ""), "a lacks why"),
                (self.ENTRY.replace("because", " "), "a does not say why"),
                (self.ENTRY.replace('"true"', '"sometimes"'), "is never 'sometimes'; known: true, false, either"),
                (self.ENTRY + 'colour = "red"\n', "a has the unknown colour"),
                (self.ENTRY + self.ENTRY, "a is in the list 2 times"),
                ("[[uncovered", "justified.toml: ")]:
            with self.assertRaisesRegex(Problem, told):
                self.read(text)


class Program(unittest.TestCase):
    def answer(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = coverage.main([str(each) for each in arguments])
        return code, out.getvalue(), err.getvalue()

    def test_without_measurements_it_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            code, _, err = self.answer(folder)
        self.assertEqual((code, err), (2, f"coverage: nothing was measured: no exports/*.json in {folder}\n"))

    def test_a_source_that_no_program_has_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "exports").mkdir()
            nothing = json.dumps({"data": [{"files": [], "functions": []}]})
            (Path(folder) / "exports" / "program.json").write_text(nothing)
            code, _, err = self.answer(folder)
        self.assertEqual(code, 2)
        self.assertIn("no program that was measured has base/", err)


if __name__ == "__main__":
    unittest.main()
