"""What `make bench-check` makes of ratios; needs no benchmark: `python3 -m unittest` in this directory."""

import contextlib
import io
import json
import pathlib
import tempfile
import types
import unittest

import ratios


def records(*pairs, part="sync"):
    return [{"part": part, "row": row, "ratio": ratio} for row, ratio in pairs]


def measured(*pairs, part="sync", passed_over=()):
    found = ratios.Measured()
    for row, ratio in pairs:
        found.add(part, row, ratio)
    for row in passed_over:
        found.pass_over(part, row, "not here")
    return found


class Turns:
    """Gives one set of ratios after another, and notes which parts were asked for."""

    def __init__(self, *sets):
        self.sets, self.asked = list(sets), []

    def __call__(self, parts):
        self.asked.append(list(parts))
        return self.sets.pop(0)


class RatioTests(unittest.TestCase):
    def states(self, records, found, parts=("sync",)):
        return {each.row: each.state for each in ratios.judge(records, found, parts)}

    def test_a_row_is_worse_from_more_than_15_percent_on(self):
        known = records(("a", 1.0), ("b", 2.0))
        for ratio, state in [(0.5, "better"), (0.86, "same"), (1.0, "same"), (1.14, "same"), (1.15, "same"),
                             (1.16, "worse"), (3.0, "worse")]:
            self.assertEqual(self.states(known, measured(("a", ratio), ("b", 2 * ratio))), {"a": state, "b": state})

    def test_a_row_that_is_not_recorded_is_new_and_no_fault(self):
        verdicts = ratios.judge(records(("a", 1.0)), measured(("a", 1.0), ("b", 9.0)), ["sync"])
        self.assertEqual([(each.row, each.state, each.is_fault) for each in verdicts],
                         [("a", "same", False), ("b", "new", False)])

    def test_a_recorded_row_that_was_not_measured_is_a_fault_unless_it_was_passed_over_or_its_part_was(self):
        known = records(("a", 1.0), ("b", 1.0)) + records(("c", 1.0), part="usage")
        self.assertEqual(self.states(known, measured(("a", 1.0))), {"a": "same", "b": "missing"})
        self.assertEqual(self.states(known, measured(("a", 1.0), passed_over=["b"])), {"a": "same"})
        self.assertTrue(ratios.Verdict("sync", "b", 1.0, None, "missing").is_fault)

    def test_a_row_is_held_against_the_median_of_its_last_five_records(self):
        known = records(*(("a", ratio) for ratio in (9, 9, 1.0, 1.1, 5.0, 1.2, 0.2)))
        self.assertEqual(ratios.recorded(known), {("sync", "a"): 1.1})
        steps = records(*(("a", 1.14 ** step) for step in range(3)))
        self.assertEqual(self.states(steps, measured(("a", 1.14 ** 3))), {"a": "worse"}, "small steps add up")

    def test_two_rows_of_one_name_are_refused(self):
        with self.assertRaisesRegex(ValueError, "two rows of sync are named a"):
            measured(("a", 1.0), ("a", 1.0))

    def checked(self, known, turns, parts=("sync",)):
        with contextlib.redirect_stdout(io.StringIO()):
            return {(each.part, each.row): (each.state, each.ratio) for each in ratios.check(known, turns, list(parts))}

    def test_what_is_well_is_measured_once(self):
        turns = Turns(measured(("a", 1.1)))
        self.assertEqual(self.checked(records(("a", 1.0)), turns), {("sync", "a"): ("same", 1.1)})
        self.assertEqual(turns.asked, [["sync"]])

    def test_a_part_with_a_fault_is_measured_once_more_and_no_other(self):
        known = records(("a", 1.0), ("b", 1.0)) + records(("c", 1.0), part="usage")
        first = measured(("a", 1.3), ("b", 1.0))
        first.add("usage", "c", 1.0)
        # A row that was well stays so, whatever the second time says.
        turns = Turns(first, measured(("a", 1.1), ("b", 2.0)))
        self.assertEqual(self.checked(known, turns, ("sync", "usage")), {
            ("sync", "a"): ("same", 1.1), ("sync", "b"): ("same", 1.0), ("usage", "c"): ("same", 1.0)})
        self.assertEqual(turns.asked, [["sync", "usage"], ["sync"]])

    def test_a_row_that_is_worse_twice_is_at_fault_by_the_better_figure(self):
        for second, shown in [(1.4, 1.3), (1.2, 1.2)]:
            turns = Turns(measured(("a", 1.3)), measured(("a", second)))
            self.assertEqual(self.checked(records(("a", 1.0)), turns), {("sync", "a"): ("worse", shown)})

    def test_a_row_that_is_missing_twice_is_at_fault_and_one_that_came_back_is_not(self):
        known = records(("a", 1.0), ("b", 1.0))
        gone = Turns(measured(("a", 1.0)), measured(("a", 1.0)))
        self.assertEqual(self.checked(known, gone)["sync", "b"], ("missing", None))
        back = Turns(measured(("a", 1.0)), measured(("a", 1.0), ("b", 1.0)))
        self.assertEqual(self.checked(known, back)["sync", "b"], ("same", 1.0))

    def run_program(self, measure, *words, parts=("sync",)):
        """What it prints, and what it ends with."""
        options = types.SimpleNamespace(check="--check" in words, record="--record" in words, file=self.file)
        output, code = io.StringIO(), 0
        with contextlib.redirect_stdout(output):
            try:
                ratios.run(options, measure, list(parts))
            except SystemExit as end:
                code = end.code
        return output.getvalue(), code

    def test_what_was_recorded_is_what_the_next_check_is_held_against(self):
        with tempfile.TemporaryDirectory() as directory:
            self.file = pathlib.Path(directory) / "ratios.jsonl"
            self.assertIn("holds no ratios yet", self.run_program(Turns(), "--check")[1])
            self.run_program(Turns(measured(("400 MB, 1 ms", 1.25), ("b", 0.5))), "--record")
            lines = [json.loads(line) for line in self.file.read_text().splitlines()]
            self.assertEqual([set(line) for line in lines], [{"date", "commit", "load", "part", "row", "ratio"}] * 2)
            before = self.file.read_text()
            output, code = self.run_program(Turns(measured(("400 MB, 1 ms", 1.4), ("b", 0.57))), "--check")
            self.assertEqual(code, 0)
            self.assertIn("No ratio is more than 15% worse than recorded (2 rows).", output)
            bad = measured(("400 MB, 1 ms", 1.5), ("b", 0.5))
            output, code = self.run_program(Turns(bad, bad), "--check")
            self.assertEqual(code, 1)
            self.assertIn("More than 15% worse than recorded: sync, 400 MB, 1 ms: 1.250 recorded, 1.500 now (+20%)", output)
            self.assertEqual(self.file.read_text(), before, "a check records nothing")
            self.run_program(Turns(measured(("b", 0.5))), "--record")
            self.assertEqual(self.file.read_text()[:len(before)], before, "a record is appended")
            output, code = self.run_program(Turns(measured(), measured()), "--check")
            self.assertEqual(code, 1)
            self.assertIn("Not measured: sync, b: 0.500 recorded, not measured", output)


if __name__ == "__main__":
    unittest.main()
