"""Lets every file call of a sync, an ingest and a cleanup fail in turn, and holds what is left against its claims.

strace counts the calls of a clean run, thread by thread, then makes the n-th of a kind fail or kills the program there:
in every thread that comes so far, so now and then two calls fail in one run. Programs it starts (rsync, ssh) are let go.
"""

import collections
import os
import pathlib
import queue
import random
import re
import shutil
import signal
import tempfile
import threading
import time

import claims
import collector as source

# What knows neither a full disk nor a broken one, by strace's name for the descriptor.
NO_FILE = re.compile(r"<(pipe|socket|anon_inode|TCP|UNIX)")
CALLS = [
    "rename", "renameat", "renameat2", "fsync", "fdatasync", "syncfs", "write", "pwrite64", "open", "openat", "unlink",
    "unlinkat", "link", "linkat", "mkdir", "mkdirat", "ftruncate", "fallocate"]
FAULTS = ["error=EIO", "error=ENOSPC", "signal=KILL"]
JOBS = {
    "first sync": ("empty", ["sync", "klines"]),
    "sync": ("before", ["sync", "klines"]),
    "ingest": ("fetched", ["ingest", "klines"]),
    "cleanup": ("fetched", ["cleanup", "klines", "--yes"]),
}
HEAD = ["job", "call", "points", "success", "partial", "failed", "other", "killed", "broken"]
DEADLINE = 60
# A walk of all points takes an hour: how far it has come is said meanwhile.
TOLD_EVERY = 200


class Bench:
    """A place of its own where one run after another is made to fail."""

    def __init__(self, collector, number):
        memory = os.statvfs("/dev/shm") if os.path.isdir("/dev/shm") else None
        roomy = memory is not None and memory.f_bavail * memory.f_frsize > 1 << 30
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="sluice-torture-", dir="/dev/shm" if roomy else None))
        self.lake = collector.lake(self.root / "lake", f"bench-{number}")
        self.bases = {"empty": self.root / "empty"}
        self.bases["empty"].mkdir()
        self.lake.prepare()
        self.base_run = claims.State(self.lake).checkpoint["run_id"]
        self.keep("before")
        self.lake.demand("sync", source.PROFILE, "--no-ingest", "--no-cleanup")
        self.keep("fetched")
        self.restore("before")
        self.lake.demand("sync", source.PROFILE)
        self.clean = claims.State(self.lake).summary()

    def keep(self, name):
        self.bases[name] = self.root / name
        source.copy_tree(self.lake.root, self.bases[name])
        # What the machine knows of the lake is the same for all states but the first.
        source.copy_tree(self.lake.home, self.root / "home")

    def restore(self, name):
        source.copy_tree(self.bases[name], self.lake.root)
        if name == "empty":
            self.lake.forget()
        else:
            self.lake.remember(self.root / "home")

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def count(self, job):
        """How often a thread of a clean run makes each call, and which of these concern files."""
        base, words = JOBS[job]
        self.restore(base)
        log = self.root / "calls"
        code, output = self.lake.run(*words, before=strace(log, f"trace={','.join(CALLS)}"))
        if code != 0:
            raise RuntimeError(f"{job} under strace ended with {code}: {output}")
        numbers, points = collections.Counter(), collections.defaultdict(dict)
        for line in log.read_text(errors="replace").splitlines():
            if not (match := re.match(r"(\d+) +(\w+)\(([^,)]*)", line)):
                continue
            thread, call, first = match.groups()
            numbers[thread, call] += 1
            number = numbers[thread, call]
            # The n-th call of every thread fails: that none of them speaks to a pipe must be true of all.
            is_file = not NO_FILE.search(first)
            points[call][number] = points[call].get(number, True) and is_file
        return points

    def hurt(self, job, call, fault, number):
        """One run with one fault; its exit code, what is broken, and what it printed.

        None when the fault met a pipe after all, for threads do not always share the work alike.
        """
        base, words = JOBS[job]
        self.restore(base)
        log = self.root / "fault"
        code, output = self.lake.run(
            *words, before=strace(log, f"trace={call}", f"inject={call}:{fault}:when={number}"), deadline=DEADLINE)
        hits = [line for line in log.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
        if fault.startswith("error") and any(NO_FILE.search(line.split(",")[0]) for line in hits):
            return None
        told = [] if code != -999 else [f"does not end within {DEADLINE} s"]
        self.await_quiet()
        told += claims.broken(self.lake, self.base_run)
        if base != "empty":
            told += [f"deleted without a plan: {path}" for path in claims.deleted_unplanned(self.lake)]
        if code == 0:
            told += [f"a false success: {line}" for line in self.lacking(job)]
        again, more = self.lake.run("sync", source.PROFILE, deadline=DEADLINE)
        if again != 0:
            told.append(f"the next sync ends with {again}: {more.strip()[-400:]}")
        else:
            told += [f"after the next sync {line}" for line in claims.differences(
                claims.State(self.lake).summary(), self.clean)]
        return code, told, output

    def lacking(self, job):
        """What a run that ended well should have done and has not."""
        state = claims.State(self.lake)
        told = claims.differences(state.summary(), self.clean)
        if job == "ingest":
            return [line for line in told if not line.startswith("files")]
        if job == "cleanup":
            left = {path.split("/")[0] for path in self.lake.collector.expired.files}
            return [f"{name} is still there" for name in sorted(left) if (self.lake.directory / name).exists()]
        return told

    def await_quiet(self):
        """Waits until no program works in the lake any more, as the next run by a timer would find it."""
        mark = str(self.lake.root).encode()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if not any(mark in line for line in commands()):
                return
            time.sleep(0.02)


def commands():
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes()
        except OSError:
            continue


def strace(log, *expressions):
    words = ["strace", "-f", "-b", "execve", "-q", "-q", "--seccomp-bpf", "-yy", "-s", "0", "-o", str(log)]
    for expression in expressions:
        words += ["-e", expression]
    return words


def points_of(bench):
    """Every point: job, call, fault, number."""
    points = []
    for job in JOBS:
        for call, numbers in bench.count(job).items():
            for number, is_file in sorted(numbers.items()):
                points += [
                    (job, call, fault, number) for fault in FAULTS if is_file or fault.startswith("signal")]
    return points


def run(collector, seed, wanted, report, workers=2):
    """Walks through the points, or that many drawn at random; returns table rows and broken promises.

    SIGTERM ends the walk where it is; what has been walked is returned all the same.
    """
    benches = [Bench(collector, number) for number in range(workers)]
    todo, counts, promises, lock = queue.SimpleQueue(), collections.Counter(), [], threading.Lock()
    try:
        points = points_of(benches[0])
        print(f"{len(points)} points", flush=True)
        random.Random(seed).shuffle(points)
        if 0 <= wanted < len(points):
            points = points[:wanted]
        for point in points:
            todo.put(point)
        is_stopped = threading.Event()
        earlier = signal.signal(signal.SIGTERM, lambda *_: is_stopped.set())

        def work(bench):
            while not is_stopped.is_set():
                try:
                    job, call, fault, number = todo.get_nowait()
                except queue.Empty:
                    return
                if (found := bench.hurt(job, call, fault, number)) is None:
                    continue
                code, told, output = found
                outcome = {0: "success", 3: "partial", 1: "failed", -signal.SIGKILL: "killed"}.get(code, "other")
                with lock:
                    counts["walked"] += 1
                    if counts["walked"] % TOLD_EVERY == 0:
                        print(f"{counts['walked']} of {len(points)} walked, {len(promises)} broken", flush=True)
                    counts[job, call, "points"] += 1
                    counts[job, call, outcome] += 1
                    if told:
                        counts[job, call, "broken"] += 1
                        lines = [f"{job}, {call} number {number}, {fault}, exit {code}: {line}" for line in told]
                        promises.extend(lines)
                        report(lines + [f"  it said: {output.strip()[-300:]!r}"])

        threads = [threading.Thread(target=work, args=(bench,)) for bench in benches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        signal.signal(signal.SIGTERM, earlier)
        if is_stopped.is_set():
            print(f"stopped after {counts['walked']} of {len(points)} points", flush=True)
    finally:
        for bench in benches:
            bench.close()
    rows = []
    for job in JOBS:
        for call in CALLS:
            if counts[job, call, "points"]:
                rows.append([job, call, *(counts[job, call, column] for column in HEAD[2:])])
    rows.append(["all", "", *(sum(row[place] for row in rows) for place in range(2, len(HEAD)))])
    return rows, promises
