"""A sync over long links beside its peers: a relay (`relay.c`) makes them of the loopback interface."""

import filecmp
import os
import shlex
import shutil

from transfers import clear
from workbench import SLUICE, alternate, table

ROUND_TRIPS = (1, 50, 200)
# 8 files of so many bytes: enough for the window to count at each length, few enough for a bench.
BIG = {1: 20_000_000, 50: 20_000_000, 200: 10_000_000}
# Seconds over plain rsync that are allowed where there is little to do.
ALLOWED = {1: 0.1, 50: 0.2, 200: 0.5}


def distance(bench, rounds):
    small = bench.files("source-small", 5_000, 1_500)
    for round_trip in ROUND_TRIPS:
        big = bench.files(f"source-big-{round_trip}", 8, BIG[round_trip], per_directory=1)
        with bench.relay(round_trip) as relay:
            far = Far(bench, relay.port, rounds)
            far.best(f"{8 * BIG[round_trip] // 1_000_000} MB in 8 files, {round_trip} ms", big, 1.1)
            far.beside_rsync(f"5,000 files of 1.5 KB, {round_trip} ms", small, ALLOWED[round_trip])
        shutil.rmtree(big)


class Far:
    """The collector as seen over one relay."""

    def __init__(self, bench, port, rounds):
        self.bench, self.port, self.rounds = bench, port, rounds
        self.environment = bench.environment()
        self.target = bench.root / f"far-{port}"
        self.user = os.environ.get("USER", "root")

    def best(self, name, source, bar):
        """Everything fetched anew, beside the best of all that can fetch it."""
        lake = self.lake(source, "b", "      lanes: auto\n")
        rows = {
            "sluice": (lake.parent / "lake/ticks", [SLUICE, "sync", "ticks", "--config", lake]),
            "rsync": (self.target / "rsync", self.rsync(source, "rsync")),
            "rsync × 8": (self.target / "rsync-8", self.rsyncs(source, "rsync-8")),
            "tar over ssh": (self.target / "tar", self.tar(source, "tar")),
        }
        if shutil.which("rclone"):
            rows["rclone, 8 transfers"] = (self.target / "rclone", self.rclone(source, "rclone"))
        figures = alternate(self.rounds, *(
            (fresh(target), command, self.environment) for target, command in rows.values()))
        for target, _ in rows.values():
            same(source, target)
        times = {key: wall for key, (wall, _) in zip(rows, figures)}
        best = min(value for key, value in times.items() if key != "sluice")
        ratio = times["sluice"] / best
        self.bench.ratio(f"{name}, to the best", ratio)
        table(
            name, [*times, "ratio to the best", "bar"],
            [[*(f"{value:.2f}" for value in times.values()), f"{ratio:.2f}", f"≤ {bar} {mark(ratio <= bar)}"]])
        for target, _ in rows.values():
            shutil.rmtree(target)

    def beside_rsync(self, name, source, allowed):
        """Many small files, then three new ones, then none, beside plain rsync."""
        lake, copy = self.lake(source, "s"), self.target / "plain"
        targets = [lake.parent / "lake/ticks", copy]
        commands = [[SLUICE, "sync", "ticks", "--config", lake], self.rsync(source, "plain")]
        few = [f"{target}/series_20150101/part_00000{number}.parquet" for target in targets for number in (1, 2, 3)]

        def lose(index):
            for path in few[3 * index:3 * index + 3]:
                os.unlink(path)

        cases = [
            ("all", [fresh(target) for target in targets], lambda ours, theirs: (ours <= 1.2 * theirs, "≤ 1.2 ×")),
            ("three", [lambda: lose(0), lambda: lose(1)],
             lambda ours, theirs: (ours <= theirs + allowed, f"≤ + {allowed} s")),
            ("none", [lambda: None] * 2, lambda ours, theirs: (ours <= 1.1 * theirs, "≤ 1.1 ×")),
        ]
        rows = []
        for what, prepare, judge in cases:
            (ours, _), (theirs, _) = alternate(
                self.rounds, *((before, command, self.environment) for before, command in zip(prepare, commands)))
            met, bar = judge(ours, theirs)
            self.bench.ratio(f"{name}, {what} to fetch, to rsync", ours / theirs)
            rows.append([
                what, f"{ours:.2f}", f"{theirs:.2f}", f"{ours - theirs:+.2f}", f"{ours / theirs:.2f}",
                f"{bar} {mark(met)}"])
        for target in targets:
            same(source, target)
            shutil.rmtree(target)
        table(name, ["to fetch", "sluice s", "rsync s", "difference", "ratio", "bar"], rows)

    def lake(self, source, name, more=""):
        return self.bench.lake(f"{name}{self.port}", {"ticks": source}, port=self.port, more=more)

    def rsync(self, source, name):
        return self.bench.rsync(source, self.target / name, port=self.port)

    def rsyncs(self, source, name):
        """Eight rsyncs with a login and a list of files each."""
        lists = [[] for _ in range(8)]
        for index, path in enumerate(sorted(path for path in source.rglob("*") if path.is_file())):
            lists[index % 8].append(str(path.relative_to(source)))
        script = ""
        for number, names in enumerate(lists):
            file = self.bench.root / f"list-{source.name}-{number}"
            file.write_text("".join(f"{line}\n" for line in names))
            command = self.rsync(source, name)
            script += shlex.join([str(word) for word in [command[0], f"--files-from={file}", *command[1:]]]) + " &\n"
        return ["sh", "-c", script + "wait"]

    def tar(self, source, name):
        target = self.target / name
        remote = shlex.quote(f"tar -C {shlex.quote(str(source))} -cf - .")
        ssh = f"{self.bench.ssh(self.port)} {self.user}@127.0.0.1"
        return ["sh", "-c", f"mkdir -p {target} && {ssh} {remote} | tar -C {target} -xf -"]

    def rclone(self, source, name):
        return [
            "rclone", "copy", "--config", "/dev/null", "--transfers", "8", "--checkers", "8",
            "--sftp-host", "127.0.0.1", "--sftp-port", str(self.port), "--sftp-user", self.user,
            "--sftp-key-file", self.bench.root / "user", "--sftp-known-hosts-file", self.bench.root / "known_hosts",
            f":sftp:{source}", self.target / name]


def mark(is_met):
    return "✓" if is_met else "✗"


def fresh(target):
    """Takes a copy away and leaves its directory, which plain rsync does not make."""
    remove = clear(target)

    def prepare():
        remove()
        os.makedirs(target)

    return prepare


def same(source, copy):
    """A copy that is not one would be very fast."""
    names = [sorted(str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()) for tree in (source, copy)]
    if names[0] != names[1] or filecmp.cmpfiles(source, copy, names[0], shallow=False)[0] != names[0]:
        raise RuntimeError(f"{copy} is not what {source} is")
