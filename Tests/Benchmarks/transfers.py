"""A sync beside plain rsync, and the usage scan beside du."""

import os
import shutil
import subprocess

from workbench import SLUICE, alternate, run, table


def clear(*paths):
    def remove():
        for path in paths:
            shutil.rmtree(path, ignore_errors=True)

    return remove


def transfers(bench, rounds):
    rows = []
    for name, count, size, bar in [("400 MB in 16 files", 16, 25_000_000, 1.05), ("20,000 small files", 20_000, 2_000, 1.5)]:
        source = bench.files(f"source-{count}", count, size)
        lake = bench.lake(f"sync-{count}", {"ticks": source})
        plain = bench.root / f"plain-{count}"
        environment = bench.environment()
        ours, theirs = alternate(
            rounds,
            (clear(lake.parent / "lake/ticks"), [SLUICE, "sync", "ticks", "--config", lake], environment),
            (clear(plain), bench.rsync(source, plain), environment),
        )
        check(source, lake.parent / "lake/ticks")
        rows.append(row(bench, name, ours, theirs, bar))
        shutil.rmtree(source)
        shutil.rmtree(plain)
        shutil.rmtree(lake.parent)
    source = bench.files("source-noop", 50_000, 50)
    lake, plain = bench.lake("sync-noop", {"ticks": source}), bench.root / "plain-noop"
    commands = [[SLUICE, "sync", "ticks", "--config", lake], bench.rsync(source, plain)]
    for command in commands:
        run(command, bench.environment())
    ours, theirs = alternate(rounds, *((lambda: None, command, bench.environment()) for command in commands))
    rows.append(row(bench, "nothing new in 50,000 files", ours, theirs, 2.2))
    head = ["sync", "sluice s", "rsync s", "ratio", "bar", "sluice CPU s", "rsync CPU s"]
    table("Sync beside plain rsync with the same options, over the same sshd", head, rows)


def check(source, copy):
    """A copy that is not one would be very fast."""
    names = [sorted(str(path.relative_to(tree)) for path in tree.rglob("*.parquet")) for tree in (source, copy)]
    if names[0] != names[1]:
        raise RuntimeError(f"{copy} lacks files of {source}")


def row(bench, name, ours, theirs, bar):
    ratio = ours[0] / theirs[0]
    bench.ratio(f"{name}, to rsync", ratio)
    return [
        name, f"{ours[0]:.2f}", f"{theirs[0]:.2f}", f"{ratio:.2f}", f"≤ {bar}{' ✓' if ratio <= bar else ' ✗'}",
        f"{ours[1]:.2f}", f"{theirs[1]:.2f}",
    ]


def usage(bench, rounds):
    lake = bench.lake("usage", {"ticks": "/nowhere"})
    data = bench.files("usage/lake/ticks", 200_000, 20)
    cache = lake.parent / "lake/.sluice/usage"
    environment = bench.environment()
    ours = [SLUICE, "stats", "ticks", "--config", lake]
    rows = []

    def add(name, bar, prepare_ours, prepare_theirs):
        mine, theirs = alternate(
            rounds, (prepare_ours, ours, environment), (prepare_theirs, ["du", "-s", data], environment))
        ratio = mine[0] / theirs[0]
        bench.ratio(f"{name}, to du", ratio)
        mark = "✓" if ratio <= bar else "✗"
        rows.append([name, f"{mine[0]:.3f}", f"{theirs[0]:.3f}", f"{ratio:.2f}", f"≤ {bar} {mark}"])

    run(["du", "-s", data], environment)
    add("warm", 1.0, clear(cache), lambda: None)
    if drop_caches():
        add("cold", 0.7, lambda: (clear(cache)(), drop_caches()), drop_caches)
    else:
        bench.measured.pass_over(bench.part, "cold, to du", "only root can let the kernel forget what it has read")
    add("again, closed dates cached", 0.1, lambda: None, lambda: None)
    table("Usage scan of 200,000 files beside `du -s`", ["scan", "sluice s", "du s", "ratio", "bar"], rows)


def drop_caches():
    """Lets the kernel forget what it has read; only root of a real machine may."""
    try:
        subprocess.run(["sync"], check=True)
        with open("/proc/sys/vm/drop_caches", "w") as switch:
            switch.write("3\n")
        return True
    except OSError:
        return False
