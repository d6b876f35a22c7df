"""What a lake claims, held against what is there.

Nothing of the program is asked but `check` and its metrics: files are compared with what the source showed, rows with what
the archives were made from, both known from their making.
"""

import collections
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import tempfile

from collector import PROFILE, RETENTION_DAYS, day

COLUMNS = (
    "open_time, close_time, open_price, high_price, low_price, close_price, volume, quote_volume, trades_count,"
    " taker_buy_volume, taker_buy_quote_volume")
OWN = {".sluice", "_ingested", ".checkpoints", ".rsync-partial"}
# Reasons that are given only where holes are asked for.
HOLES = {"missing-days", "short-days"}


def payload(directory):
    """Contents by path, the lake's own files left out."""
    found = {}
    for parent, names, files in os.walk(directory):
        names[:] = [name for name in names if name not in OWN]
        for name in files:
            path = pathlib.Path(parent, name)
            found[str(path.relative_to(directory))] = path.read_bytes()
    return found


def read_database(path, query):
    """Rows of a query, from a copy: reading a write-ahead log writes beside it."""
    if not path.exists():
        return []
    with tempfile.TemporaryDirectory() as scratch:
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copy(source, pathlib.Path(scratch, "copy" + suffix))
        with sqlite3.connect(pathlib.Path(scratch, "copy")) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            wanted = "klines" if "FROM klines" in query else "files"
            return list(database.execute(query)) if wanted in tables else []


class State:
    """Everything a lake holds and says, read once."""

    def __init__(self, lake):
        self.lake = lake
        self.files = payload(lake.directory)
        self.rows = collections.defaultdict(dict)
        for symbol, *row in read_database(
                lake.root / ".sluice/warehouse.sqlite", f"SELECT symbol, {COLUMNS} FROM klines"):
            self.rows[symbol][row[0]] = tuple(row)
        self.ledger = read_database(
            lake.root / ".sluice/ledger.sqlite", "SELECT path, sha256, size FROM files WHERE state = 'verified'")
        self.entries = {path: (state, digest, rows) for path, state, digest, rows in read_database(
            lake.root / ".sluice/ledger.sqlite", "SELECT path, state, sha256, rows FROM files")}
        self.manifests = {}
        records = lake.directory / "_ingested"
        if records.is_dir():
            self.manifests = {
                path.name: path.read_bytes() for path in records.iterdir() if path.name.startswith("_SUCCESS__")}
        self.checkpoint = load(lake.root / f".checkpoints/{PROFILE}.json") or {}

    def summary(self):
        """What two equal lakes have in common."""
        manifests = {}
        for name, data in self.manifests.items():
            record = json.loads(data)
            manifests[name] = sorted((file["path"], file["sha256"], file["rows"]) for file in record["files"])
        return {
            "files": {path: hashlib.sha256(data).hexdigest() for path, data in self.files.items()},
            "rows": {symbol: rows for symbol, rows in self.rows.items() if rows},
            "records": manifests,
            "ledger": sorted(self.ledger),
        }


def load(path):
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def differences(found, wanted):
    """What one summary has and the other has not, in a few words each."""
    told = []
    for part in wanted:
        if found[part] == wanted[part]:
            continue
        if isinstance(wanted[part], dict):
            keys = [key for key in {*found[part], *wanted[part]} if found[part].get(key) != wanted[part].get(key)]
            told.append(f"{part} differ: {', '.join(sorted(keys)[:4])}")
        else:
            told.append(f"{part} differ")
    return told


def reasons(lake):
    """What `check` has against the lake, holes included, by the words for machines; None when it does not say."""
    _, output = lake.run("check", "--max-holes", "0", "--json")
    try:
        answer = json.loads(output)
    except ValueError:
        return None
    profiles = answer if isinstance(answer, list) else [answer]
    return {reason["code"] for profile in profiles for reason in profile["reasons"]}


def series_days(files):
    """The days of each series that hold a file with data, by their dates alone."""
    days = collections.defaultdict(set)
    for path, data in files.items():
        if dated := re.match(r"(.+)_(\d{8})/.+\.parquet$", path):
            date = datetime.datetime.strptime(dated[2], "%Y%m%d").date()
            shortest = 12
        elif archive := re.search(r"/([^/]+)-1h-(\d{4}-\d\d-\d\d)\.zip$", path):
            dated, date, shortest = archive, datetime.date.fromisoformat(archive[2]), 22
        else:
            continue
        if len(data) >= shortest:
            days[dated[1]].add(date)
    return days


def holes(files):
    """Days missing from a series' own first to the newest of all; what retention takes is none."""
    days = series_days(files)
    newest = max((max(known) for known in days.values()), default=None)
    told = []
    for series, known in sorted(days.items()):
        date = min(known)
        while date <= newest:
            is_kept = "_" not in series or date >= day(RETENTION_DAYS)
            if is_kept and date not in known:
                told.append(f"{series} of {date}")
            date += datetime.timedelta(days=1)
    return told


def broken(lake, base_run):
    """The claims of a lake that do not hold, a line each.

    `base_run` is the run whose success the lake started from; a later one in the checkpoint vouches for the new day.
    """
    state = State(lake)
    collector = lake.collector
    before, after = collector.before.files, collector.after.files
    told = []

    def whole(path, versions, claim):
        data = state.files.get(path)
        if data is None:
            if None not in versions:
                told.append(f"{claim}: {path} is missing")
        elif data not in versions:
            told.append(f"{claim}: {path} has {len(data)} bytes, not what the source had")

    succeeded = state.checkpoint.get("last_sync_status") == "success"
    if succeeded and state.checkpoint.get("run_id") != base_run:
        for path, data in after.items():
            whole(path, [data], "checkpoint")
    against = reasons(lake)
    if against == set():
        told += [f"check is green without {hole}" for hole in holes(state.files)]
    if against is not None and against <= HOLES:
        if not state.checkpoint.get("last_success_time"):
            told.append("check is green without a success in the checkpoint")
        for path, data in before.items():
            whole(path, [data, after.get(path)], "check")
        for path, data in state.files.items():
            if path not in before and path in after and data != after[path]:
                told.append(f"check: {path} has {len(data)} bytes, not what the source had")
    for name in state.files:
        if name.startswith("_SUCCESS__"):
            date = name.split("__")[1]
            versions = collections.defaultdict(list)
            for tree in (before, after):
                for path, data in tree.items():
                    if path.endswith(f"-1h-{date}.zip"):
                        versions[path].append(data)
            for path, known in versions.items():
                whole(path, known, "marker")
    told += broken_rows(state)
    told += broken_records(state)
    return told


def broken_records(state):
    """Records that say something else than the ledger, or leave out a file that is there."""
    told = []
    counts = {digest: len(rows) for tree in (state.lake.collector.before, state.lake.collector.after)
              for digest, (_, rows) in tree.rows.items()}
    for path, (status, digest, rows) in state.entries.items():
        if status == "verified" and digest in counts and rows != counts[digest]:
            told.append(f"ledger: {rows} rows of {path}, which has {counts[digest]}")
    for name, data in sorted(state.manifests.items()):
        try:
            record = json.loads(data)
        except ValueError:
            continue
        date = name.split("__")[1]
        named = {file["path"]: file for file in record["files"]}
        if record["rows"] != sum(file["rows"] for file in named.values()):
            told.append(f"record: {name} has {record['rows']} rows in all, its files have others")
        for path in state.files:
            if path.endswith(f"-1h-{date}.zip") and path not in named:
                told.append(f"record: {name} is closed without {path}")
        for path, file in named.items():
            status, digest, rows = state.entries.get(path, (None, None, None))
            if status is None:
                told.append(f"record: {name} vouches for {path}, which the ledger does not know")
            elif status == "verified" and (digest, rows) != (file["sha256"], file["rows"]):
                told.append(f"record: {name} vouches for another {path} than the ledger")
            elif file["sha256"] in counts and file["rows"] != counts[file["sha256"]]:
                told.append(f"record: {name} has {file['rows']} rows of {path}, which has {counts[file['sha256']]}")
    return told


def broken_rows(state):
    """Records and ledger entries whose rows are not in the warehouse as they say."""
    told = []
    known = {**state.lake.collector.before.rows, **state.lake.collector.after.rows}

    def stored(digest, claim, path):
        if digest not in known:
            told.append(f"{claim}: {path} is recorded with a hash no version had")
            return
        symbol, rows = known[digest]
        present = state.rows.get(symbol, {})
        missing = sum(present.get(row[0]) != row for row in rows)
        if missing:
            told.append(f"{claim}: {missing} rows of {path} are not in the warehouse")

    ledger = {path: digest for path, digest, _ in state.ledger}
    for path, digest, _ in state.ledger:
        stored(digest, "ledger", path)
    for name, data in state.manifests.items():
        try:
            files = json.loads(data)["files"]
        except ValueError:
            told.append(f"record: {name} is torn ({len(data)} bytes)")
            continue
        for file in files:
            # The file of a closed marker that was published anew is the ledger's to vouch for until it is closed again.
            if ledger.get(file["path"], file["sha256"]) == file["sha256"] and file["path"] in ledger:
                stored(file["sha256"], "record", file["path"])
    return told


def deleted_unplanned(lake):
    """Files of the night before that neither the source nor retention let go, and that are gone."""
    present = payload(lake.directory)
    before, after = lake.collector.before.files, lake.collector.after.files
    return [path for path in before if path in after and path not in present]
