"""Cuts the power at random moments of a sync, an ingest and a cleanup, and holds what is left against its claims."""

import collections
import os
import pathlib
import random
import shutil
import time

import claims
import collector as source
import disk

# What runs, and the state it starts from: `before` the night, or with the night's files there and not yet ingested.
JOBS = {
    "first sync": ("empty", ["sync", "klines"]),
    "sync": ("before", ["sync", "klines"]),
    "ingest": ("fetched", ["ingest", "klines"]),
    "cleanup": ("fetched", ["cleanup", "klines", "--yes"]),
}
CUTS_PER_RUN = 4


class FileSystem:
    """One kind of file system: its prepared images, the clean result, how long each job takes."""

    def __init__(self, kind, store, collector, directory):
        self.kind, self.store, self.directory = kind, store, directory
        self.lake = collector.lake(directory / "lake", kind)
        self.home = directory.parent / f"known-{kind}"
        self.images = {"empty": store.make(kind, f"{kind}-empty"), "before": store.make(kind, f"{kind}-before")}
        with self.mounted("before"):
            self.lake.prepare()
            self.base_run = claims.State(self.lake).checkpoint["run_id"]
        source.copy_tree(self.lake.home, self.home)
        self.images["fetched"] = store.copy(self.images["before"], f"{kind}-fetched")
        with self.mounted("fetched"):
            self.lake.demand("sync", "klines", "--no-ingest", "--no-cleanup")
        self.seconds = {job: self.measure(job) for job in JOBS}

    def mounted(self, image):
        return disk.Mounted(self.kind, self.images.get(image, image), self.directory)

    def begin(self, job):
        """The image a job starts from, copied; the machine knows of the lake what it knew then."""
        base, words = JOBS[job]
        if base == "empty":
            self.lake.forget()
        else:
            self.lake.remember(self.home)
        return self.store.copy(self.images[base], f"{self.kind}-run"), words

    def measure(self, job):
        image, words = self.begin(job)
        with self.mounted(image):
            begin = time.monotonic()
            self.lake.demand(*words)
            seconds = time.monotonic() - begin
            if job == "sync":
                self.clean = claims.State(self.lake).summary()
        image.unlink()
        return seconds


def press(draw, lake):
    """Now and then the kernel writes something back by itself: any file, a directory, or all of it."""
    # os.walk, for the run goes on meanwhile: what it has taken away by then is passed over.
    choices = [os.path.join(place, name) for place, below, names in os.walk(lake.directory) for name in below + names]
    if not choices or draw.random() < 0.4:
        return
    if draw.random() < 0.2:
        os.sync()
        return
    try:
        descriptor = os.open(draw.choice(choices), os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return
    os.fsync(descriptor)
    os.close(descriptor)


def cut_run(system, job, draw, count):
    """Runs a job once and copies the image at that many moments; gives (image, home, exit code or None) of each."""
    image, words = system.begin(job)
    copies = []
    # Past the end as well: what is claimed when all is said and done.
    moments = sorted(draw.uniform(0, system.seconds[job] * 1.15) for _ in range(count))
    with system.mounted(image):
        begin = time.monotonic()
        process = system.lake.start(*words)
        for number, moment in enumerate(moments):
            while (left := begin + moment - time.monotonic()) > 0:
                time.sleep(min(left, 0.05))
                if left > 0.1:
                    press(draw, system.lake)
            code = process.poll()
            # The machine's own notes first: they must not know more than the lake does.
            home = system.home.with_name(f"known-{number}")
            source.copy_tree(system.lake.home, home)
            copies.append((system.store.copy(image, f"{system.kind}-cut-{number}"), home, code))
        process.communicate()
    image.unlink()
    return copies


def judge(system, job, image, home):
    """What is wrong with what a cut left: broken claims, then a next run that does not mend it."""
    told = []
    system.lake.remember(home)
    with system.mounted(image):
        told += claims.broken(system.lake, system.base_run)
        if JOBS[job][0] != "empty":
            told += [f"deleted without a plan: {path}" for path in claims.deleted_unplanned(system.lake)]
        code, output = system.lake.run("sync", "klines")
        if code != 0:
            told.append(f"the next sync ends with {code}: {output.strip()[-300:]}")
        else:
            told += [f"after the next sync {line}" for line in claims.differences(
                claims.State(system.lake).summary(), system.clean)]
    return told


def run(collector, seed, cuts, kinds, report, keep=None):
    """Makes the cuts, a share of them on each file system and job; returns the broken promises."""
    draw = random.Random(seed)
    store = disk.Store(collector.root)
    mount = collector.root / "disk"
    mount.mkdir()
    counts, promises = collections.Counter(), []
    try:
        for place, kind in enumerate(kinds):
            system = FileSystem(kind, store, collector, mount)
            share = cuts // len(kinds) + (place < cuts % len(kinds))
            jobs = []
            while len(jobs) < share:
                jobs.append(("sync", "first sync", "ingest", "sync", "cleanup")[len(jobs) // CUTS_PER_RUN % 5])
            for first in range(0, share, CUTS_PER_RUN):
                group = jobs[first:first + CUTS_PER_RUN]
                for image, home, code in cut_run(system, group[0], draw, len(group)):
                    told = judge(system, group[0], image, home)
                    when = "after the end" if code is not None else "before the end"
                    counts[kind, group[0], when] += 1
                    if told:
                        counts[kind, group[0], "broken"] += 1
                        promises += [f"{kind}, {group[0]}, cut {when}: {line}" for line in told]
                        report(promises[-len(told):])
                        if keep:
                            shutil.copy(image, pathlib.Path(keep, f"{kind}-{len(promises)}.img"))
                    image.unlink()
            for image in system.images.values():
                image.unlink()
    finally:
        store.close()
    rows = []
    for kind in kinds:
        for job in JOBS:
            running, ended = counts[kind, job, "before the end"], counts[kind, job, "after the end"]
            if running + ended:
                rows.append([kind, job, running + ended, running, ended, counts[kind, job, "broken"]])
    return rows, promises
