"""The ratios a benchmark has shown, kept in a file, and what has become of them: `make bench-check`.

A line of `ratios.jsonl` is one row of one day: date, commit, load of the machine, part, row, ratio. A ratio is ours
through another's, measured in turn on the same machine; less is better.
"""

import dataclasses
import datetime
import json
import os
import pathlib
import statistics
import subprocess

FILE = pathlib.Path(__file__).resolve().parent / "ratios.jsonl"
# So much worse than what was recorded a ratio may be.
ALLOWED = 0.15
# What a row is held against is the median of so many records: neither one lucky day nor many small steps move it far.
REMEMBERED = 5


@dataclasses.dataclass
class Verdict:
    """What has become of one row; `state` is better, same, worse, new or missing."""

    part: str
    row: str
    recorded: float | None
    ratio: float | None
    state: str

    @property
    def is_fault(self):
        return self.state in ("worse", "missing")

    def __str__(self):
        figures = {
            "new": f"{self.ratio:.3f}, nothing recorded" if self.ratio is not None else "",
            "missing": f"{self.recorded:.3f} recorded, not measured" if self.recorded is not None else "",
        }.get(self.state)
        if figures is None:
            figures = f"{self.recorded:.3f} recorded, {self.ratio:.3f} now ({self.ratio / self.recorded - 1:+.0%})"
        return f"{self.part}, {self.row}: {figures}"


class Measured:
    """The ratios of one run of parts, by part and row, and what could not be measured here, with the reason."""

    def __init__(self):
        self.ratios, self.passed_over = {}, {}

    def add(self, part, row, ratio):
        if (part, row) in self.ratios:
            raise ValueError(f"two rows of {part} are named {row}")
        self.ratios[part, row] = ratio

    def pass_over(self, part, row, reason):
        self.passed_over[part, row] = reason


def read(path=FILE):
    """The records in the order of the file; none when there is no file yet."""
    try:
        lines = pathlib.Path(path).read_text().splitlines()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines if line.strip()]


def recorded(records):
    """What each row is held against."""
    rows = {}
    for record in records:
        rows.setdefault((record["part"], record["row"]), []).append(record["ratio"])
    return {key: statistics.median(values[-REMEMBERED:]) for key, values in rows.items()}


def append(measured, path=FILE):
    """Adds what was measured to the file."""
    start = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "commit": commit(),
        "load": round(os.getloadavg()[0], 1)}
    with open(path, "a") as file:
        for (part, row), ratio in measured.ratios.items():
            file.write(json.dumps({**start, "part": part, "row": row, "ratio": round(ratio, 4)}, ensure_ascii=False) + "\n")


def commit():
    """The commit that is measured, with a mark where files differ from it."""
    def git(*words):
        command = ["git", "-C", str(FILE.parent), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        # The records themselves are what changes first.
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ":/", f":!{FILE.name}")
        return git("rev-parse", "--short=8", "HEAD") + ("-dirty" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def judge(records, measured, parts):
    """A verdict for every row that was measured, and for every recorded row of those parts that should have been."""
    known = recorded(records)
    verdicts = []
    for (part, row), ratio in measured.ratios.items():
        before = known.get((part, row))
        verdicts.append(Verdict(part, row, before, ratio, state(before, ratio)))
    for (part, row), before in known.items():
        if part in parts and (part, row) not in measured.ratios and (part, row) not in measured.passed_over:
            verdicts.append(Verdict(part, row, before, None, "missing"))
    return verdicts


def state(before, ratio):
    if before is None:
        return "new"
    if ratio > before * (1 + ALLOWED):
        return "worse"
    return "better" if ratio < before * (1 - ALLOWED) else "same"


def check(records, measure, parts):
    """Measures parts, and once more those in which a row is at fault; such a row counts by the better of both.

    `measure` takes the names of parts and returns a `Measured`.
    """
    verdicts = judge(records, measure(parts), parts)
    again = [part for part in parts if any(each.is_fault and each.part == part for each in verdicts)]
    if not again:
        return verdicts
    print(f"\nOnce more, for a row is at fault: {', '.join(again)}", flush=True)
    second = {(each.part, each.row): each for each in judge(records, measure(again), again)}
    return [better(each, second.get((each.part, each.row))) if each.is_fault else each for each in verdicts]


def better(first, second):
    """The better verdict on a row; one that was only now passed over has none."""
    if second is None or second.ratio is None:
        return first
    return second if first.ratio is None or second.ratio < first.ratio else first


def report(verdicts):
    """Prints what has become of the rows; whether none is at fault."""
    print("\n## What has become of the ratios\n\n| part | row | recorded | now | |\n|---|---|---|---|---|")
    for each in verdicts:
        figures = [f"{figure:.3f}" if figure is not None else "–" for figure in (each.recorded, each.ratio)]
        print(f"| {each.part} | {each.row} | {figures[0]} | {figures[1]} | {each.state} |")
    faults = [each for each in verdicts if each.is_fault]
    for each in faults:
        print(f"More than {ALLOWED:.0%} worse than recorded: {each}" if each.state == "worse" else f"Not measured: {each}")
    if not faults:
        print(f"\nNo ratio is more than {ALLOWED:.0%} worse than recorded ({len(verdicts)} rows).")
    return not faults


def arguments(parser):
    """The options every benchmark with ratios has."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--record", action="store_true", help="append the ratios to the file")
    ways.add_argument("--check", action="store_true", help="hold the ratios against the file; ends with 1 when one is worse")
    parser.add_argument(
        "--file", type=pathlib.Path, default=FILE, help=f"the file (default: {FILE.name} beside this program)")


def run(options, measure, parts):
    """Measures parts as the options say; ends the program with 1 when a ratio is worse than recorded."""
    if not options.check:
        measured = measure(parts)
        if options.record:
            append(measured, options.file)
            print(f"\n{len(measured.ratios)} ratios are in {options.file}.")
        return
    records = read(options.file)
    if not records:
        raise SystemExit(f"{options.file} holds no ratios yet: `make bench` writes them.")
    if not report(check(records, measure, parts)):
        raise SystemExit(1)
