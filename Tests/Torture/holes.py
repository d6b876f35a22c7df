"""Takes each file, day and series of a lake away in turn, and empties each: whatever is gone has to be named.

By `check` and `coverage`, before an ingest of the files and after it.
"""

import json
import pathlib
import shutil
import tempfile

import claims
import collector as source

HEAD = ["state", "what is gone", "cases", "named by check", "named by coverage", "broken"]
SYMBOLS = ["AAAUSDT", "BBBUSDT", "1000CCCUSDT"]
# A directory is due when its day is over, as an archive is.
EXPECTED = [
    "expect:",
    f"  - {{series: ['gate_io_*'], from: {source.day(4)}, by: '24:00'}}",
    f"  - {{symbols: {json.dumps(SYMBOLS)}, intervals: [1h], market: um, from: {source.day(4)}, by: '00:00'}}",
]


def cases(files):
    """What is taken away together: kind, paths."""
    data = sorted(path for path in files if path.endswith((".zip", ".parquet")))
    archives = [path for path in data if path.endswith(".zip")]
    dates = sorted({date for days in claims.series_days(files).values() for date in days})
    yield from (("an archive", [path]) for path in archives)
    yield from (("a part", [path]) for path in data if path.endswith(".parquet"))
    for date in dates:
        yield "a day's directory", [path for path in data if f"_{date:%Y%m%d}/" in path]
        yield "a day", [path for path in data if f"{date}.zip" in path or f"_{date:%Y%m%d}/" in path]
    yield from (("a series", [path for path in archives if f"/{symbol}/" in path]) for symbol in SYMBOLS)
    yield "a series", [path for path in data if path.endswith(".parquet")]
    yield "all", data


def wanted(paths):
    """The series and days these files stand for."""
    return {(series, str(date)) for series, days in claims.series_days(dict.fromkeys(paths, bytes(64))).items()
            for date in days}


def named(lake):
    """The series and days that coverage calls missing, short or in the warehouse only; None when it fails."""
    code, output = lake.run("coverage", source.PROFILE, "--json")
    try:
        table = json.loads(output)["table"]
    except (ValueError, KeyError):
        return None
    first = source.datetime.date.fromisoformat(table["first_day"])
    found = set()
    for row in table["series"]:
        for place, cell in enumerate(row["cells"]):
            if cell in ("missing", "short", "quarantined", "warehouse-only"):
                name = row["name"].split(" ")[1] if " " in row["name"] else row["name"]
                found.add((name, str(first + source.datetime.timedelta(days=place))))
    return found if code == 3 or not found else None


def judge(lake, paths, are_empty):
    """Whether check and coverage name that these are gone, or empty."""
    against = claims.reasons(lake) or set()
    by_check = bool(against & claims.HOLES) and (not are_empty or "empty-files" in against)
    return by_check, named(lake) == wanted(paths)


def run(collector, report):
    """Goes through all cases; returns table rows and broken promises."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="sluice-torture-"))
    promises, rows = [], {}
    try:
        lake = collector.lake(root / "lake", "holes", options="-a --partial", lines=EXPECTED)
        for state, words in (("fetched", ["--no-ingest"]), ("ingested", [])):
            lake.demand("sync", source.PROFILE, *words)
            told = claims.reasons(lake)
            if told != set():
                promises.append(f"holes, {state}: check is not green of a whole lake: {sorted(told or ['no answer'])}")
            files = claims.payload(lake.directory)
            todo = [(kind, "gone", paths) for kind, paths in cases(files)]
            todo += [("a file, emptied", "empty", [path]) for path in sorted(files) if files[path]]
            for kind, how, paths in todo:
                row = rows.setdefault((state, kind), [0, 0, 0, 0])
                for path in paths:
                    if how == "gone":
                        (lake.directory / path).rename(root / path.replace("/", "%"))
                    else:
                        shutil.copy2(lake.directory / path, root / path.replace("/", "%"))
                        with open(lake.directory / path, "r+b") as file:
                            file.truncate(0)
                by_check, by_coverage = judge(lake, paths, how == "empty")
                row[0], row[1], row[2] = row[0] + 1, row[1] + by_check, row[2] + by_coverage
                if not (by_check and by_coverage):
                    row[3] += 1
                    who = " and ".join(["check"] * (not by_check) + ["coverage"] * (not by_coverage))
                    promises.append(f"holes, {state}: not named by {who}: {kind}, {paths[0]}")
                for path in paths:
                    # In place, as it was emptied: the directory tells nothing of either.
                    kept = root / path.replace("/", "%")
                    if how == "gone":
                        kept.rename(lake.directory / path)
                    else:
                        (lake.directory / path).write_bytes(kept.read_bytes())
                        shutil.copystat(kept, lake.directory / path)
        report(promises)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return [[state, kind, *row] for (state, kind), row in rows.items()], promises
